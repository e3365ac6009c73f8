//! What clients are told and what they may say.

use agent_tracer_core::command::Command;
use agent_tracer_core::wire::follow::Topic;

use super::super::super::engine::Ask;
use super::super::wire::Got;
use super::stage::{Stage, log, start, task, wire};

// spec: C1
#[test]
fn a_plain_client_is_told_a_snapshot_and_then_every_change() {
    let mut stage = Stage::new();
    stage.tell(vec![start("a")]);
    let id = stage.connect_plain();
    stage.serve();
    // In the snapshot or after it, not in both.
    stage.tell(vec![start("b")]);
    stage.answer_all();
    stage.tell(vec![log("b", "x".into()), Command::DeleteTask(task("a"))]);
    let texts = stage.texts(id);
    assert_eq!(texts[0]["type"], "snapshot");
    assert_eq!(texts[0]["payload"]["tasks"].as_array().unwrap().len(), 2);
    let types: Vec<_> = texts[1..]
        .iter()
        .map(|it| it["type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["event.logged", "task.deleted"]);
}

// spec: C1
#[test]
fn a_snapshot_from_before_a_client_came_is_not_for_it() {
    let mut stage = Stage::new();
    let first = stage.connect_plain();
    stage.serve();
    stage.read_store();
    stage.tell(vec![start("a")]);
    let second = stage.connect_plain();
    stage.take_answer();
    assert_eq!(
        stage.texts(first)[0]["payload"]["tasks"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    assert!(stage.texts(second).is_empty());
    stage.answer_all();
    assert_eq!(
        stage.texts(second)[0]["payload"]["tasks"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

// spec: C3
#[test]
fn one_snapshot_is_encoded_for_all() {
    let mut stage = Stage::new();
    stage.tell(vec![start("a")]);
    let ids: Vec<_> = (0..20).map(|_| stage.connect_plain()).collect();
    stage.serve();
    assert_eq!(stage.process.asks, [Ask::Snapshot(1)]);
    stage.answer_all();
    for id in ids {
        assert_eq!(stage.types(id), ["snapshot"]);
    }
}

// spec: C2
#[test]
fn a_plain_client_that_fell_behind_gets_a_snapshot_after_two_seconds() {
    let mut stage = Stage::with(super::slow::small_ring(), 100);
    stage.tell(vec![start("a")]);
    let id = stage.process.connect(None, wire(2_000), stage.now);
    stage.answer_all();
    for number in 0..20 {
        stage.tell(vec![log("a", format!("{number}{}", "x".repeat(1_000)))]);
    }
    let before = stage.types(id);
    assert!(before.len() < 40, "it fell behind");
    assert!(stage.process.asks.is_empty(), "not before two seconds");
    stage.wait(1_900);
    assert!(stage.process.asks.is_empty(), "not before two seconds");
    stage.wait(1_100);
    stage.answer_all();
    assert_eq!(stage.types(id), ["snapshot"]);
    stage.tell(vec![start("b")]);
    assert!(!stage.types(id).is_empty(), "it goes on");
}

// spec: F14
#[test]
fn what_is_no_command_is_answered_and_changes_nothing() {
    let mut stage = Stage::new();
    let topics: Vec<Topic> = (0..63)
        .map(|it| Topic::Task(task(&format!("t{it}"))))
        .collect();
    stage.tell(
        topics
            .iter()
            .filter_map(|topic| match topic {
                Topic::Task(id) => Some(start(id.as_str())),
                _ => None,
            })
            .collect(),
    );
    let id = stage.follow(&topics.iter().collect::<Vec<_>>());
    stage.answer_all();
    stage.send(id, r#"{"type":"subscribe","payload":{"topic":"overview"}}"#);
    stage.got(id);
    for text in [
        r#"{"type":"subscribe","payload":{"topic":"bookmarks"}}"#,
        r#"{"type":"subscribe","payload":{"topic":"weather"}}"#,
        r#"{"type":"subscribe","payload":{"topic":"overview","after":1}}"#,
        r#"{"type":"dance"}"#,
        "not even JSON",
    ] {
        stage.send(id, text);
        assert_eq!(stage.types(id), ["error"], "{text}");
    }
    stage.tell(vec![start("t1"), start("t2")]);
    let types = stage.types(id);
    assert_eq!(types, ["changes"; 4], "it follows what it followed");
    stage.send(id, r#"{"type":"ping"}"#);
    assert_eq!(stage.types(id), ["pong"]);
}

// spec: B5
#[test]
fn a_server_that_stops_says_so() {
    let mut stage = Stage::new();
    let following = stage.follow(&[&Topic::Overview]);
    let plain = stage.connect_plain();
    stage.process.engine.stop(stage.now);
    stage.serve();
    for id in [following, plain] {
        assert_eq!(stage.got(id).last(), Some(&Got::Close(1001)));
    }
}

/// While somebody else follows, nothing of other topics reaches a client.
// spec: L11, F1, F2
#[test]
fn a_topic_is_told_the_same_to_whoever_follows_it() {
    let mut stage = Stage::new();
    stage.tell(vec![start("a"), start("b")]);
    let (a, b) = (Topic::Task(task("a")), Topic::Task(task("b")));
    let alone = stage.follow(&[&a]);
    let many = stage.follow(&[&Topic::Overview, &a, &b, &Topic::Bookmarks]);
    stage.answer_all();
    stage.got(alone);
    stage.got(many);
    for number in 0..6 {
        let commands = vec![log("a", format!("{number}")), log("b", format!("{number}"))];
        stage.tell(commands);
    }
    let alone = stage.texts(alone);
    let many = stage.texts(many).into_iter();
    let filtered: Vec<_> = many.filter(|text| text["topic"] == "task:a").collect();
    assert_eq!(alone.len(), 6);
    assert_eq!(alone, filtered);
    for pair in alone.windows(2) {
        assert_eq!(pair[0]["seq"], pair[1]["prev"]);
    }
}
