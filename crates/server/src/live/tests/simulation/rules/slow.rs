//! Clients that take little or nothing, and what is kept for those who read anew.

use agent_tracer_core::wire::follow::Topic;

use super::super::super::engine::Limits;
use super::super::wire::Got;
use super::stage::{Stage, log, start, subscribe, task, wire};

pub(super) fn small_ring() -> Limits {
    Limits {
        ring_bytes: 8_000,
        missed_rows: 50,
    }
}

// spec: B2, L12
#[test]
fn who_never_reads_costs_little_and_delays_nobody() {
    let mut stage = Stage::with(small_ring(), 10);
    stage.tell(vec![start("a")]);
    let topics = [&Topic::Overview, &Topic::Task(task("a"))];
    let stalled: Vec<_> = (0..50)
        .map(|_| stage.follow_over(&topics, wire(500)))
        .collect();
    let healthy = stage.follow(&topics);
    stage.answer_all();
    stage.got(healthy);
    for number in 0..200 {
        stage.tell(vec![log("a", format!("{number}{}", "x".repeat(500)))]);
        assert_eq!(stage.types(healthy), ["changes"; 2], "in the same turn");
    }
    let connections = &stage.process.engine.connections;
    for id in stalled {
        let connection = &connections[&id];
        let owed: usize = connection.owed.iter().map(bytes::Bytes::len).sum();
        assert!(owed < 20_000, "{owed} bytes are owed");
        assert!(connection.is_waiting());
    }
}

// spec: B3
#[test]
fn who_takes_nothing_for_half_a_minute_is_closed() {
    let mut stage = Stage::new();
    stage.tell(vec![start("a")]);
    let id = stage.follow_over(&[&Topic::Overview], wire(100));
    stage.wait(29_000);
    stage.process.wires.get_mut(&id).unwrap().blocked = false;
    assert!(stage.process.engine.connections[&id].closing.is_none());
    stage.wait(1_000);
    assert!(stage.process.engine.connections[&id].closing.is_some());
    assert_eq!(stage.got(id).last(), Some(&Got::Close(4408)));
    assert!(stage.process.is_over(id));
}

// spec: B3
#[test]
fn who_has_nothing_to_take_is_not_closed() {
    let mut stage = Stage::new();
    let id = stage.follow(&[&Topic::Bookmarks]);
    for _ in 0..20 {
        stage.wait(10_000);
        for got in stage.got(id) {
            if let Got::Ping(payload) = got {
                stage.process.wires.get_mut(&id).unwrap().pong(&payload);
                stage.process.engine.list(id);
                stage.serve();
            }
        }
    }
    assert!(!stage.process.is_over(id));
}

// spec: B4
#[test]
fn nothing_more_is_read_of_who_is_owed_an_answer() {
    let mut stage = Stage::new();
    stage.tell(vec![start("a")]);
    let id = stage.follow(&[&Topic::Task(task("a"))]);
    for _ in 0..10 {
        stage.send(id, r#"{"type":"ping"}"#);
    }
    assert!(!stage.process.engine.is_listening(id), "the store is asked");
    assert!(!stage.process.wires[&id].up.is_empty());
    stage.answer_all();
    let mut expected = vec!["subscribed"];
    expected.extend(["pong"; 10]);
    assert_eq!(stage.types(id), expected);
    assert!(stage.process.wires[&id].up.is_empty());
}

// spec: F9
#[test]
fn removals_are_kept_for_who_reads_anew() {
    let mut stage = Stage::new();
    stage.tell(vec![start("a")]);
    let wants = vec![subscribe(&Topic::Overview, Some(("another", 1)))];
    let connect = |stage: &mut Stage, wants| {
        let id = stage
            .process
            .connect(Some(wants), wire(usize::MAX), stage.now);
        stage.serve();
        id
    };
    let id = connect(&mut stage, wants.clone());
    assert_eq!(stage.types(id), ["resync"]);
    assert_eq!(stage.process.engine.pinned(stage.now), Some(1));
    stage.tell(vec![start("b")]);
    stage.send(id, r#"{"type":"subscribe","payload":{"topic":"overview"}}"#);
    assert_eq!(stage.process.engine.pinned(stage.now), None);
    let other = connect(&mut stage, wants);
    assert_eq!(stage.process.engine.pinned(stage.now), Some(2));
    for _ in 0..6 {
        stage.wait(10_100);
    }
    assert_eq!(stage.process.engine.pinned(stage.now), None, "for a minute");
    stage.process.disconnect(other);
}

// spec: L7, F8
#[test]
fn who_missed_too_much_is_told_to_read_anew() {
    let mut stage = Stage::with(small_ring(), 10);
    stage.tell(vec![start("a")]);
    stage.tell((0..60).map(|it| log("a", format!("{it}"))).collect());
    let topic = Topic::Task(task("a"));
    let epoch = stage.process.epoch.clone();
    for (after, expected) in [(1, "too_big"), (62, "epoch")] {
        let wants = vec![subscribe(&topic, Some((&epoch, after)))];
        let id = stage
            .process
            .connect(Some(wants), wire(usize::MAX), stage.now);
        stage.answer_all();
        let last = stage.texts(id).pop().unwrap();
        assert_eq!(last["payload"]["reason"], expected, "after {after}");
    }
}
