//! Counters and cut texts.

use agent_tracer_core::wire::follow::Topic;

use super::stage::{Stage, log, start, task};

// spec: F11
#[test]
fn figures_are_told_at_most_four_times_a_second_and_the_last_always() {
    let mut stage = Stage::new();
    stage.tell(vec![start("a")]);
    let topic = Topic::Task(task("a"));
    let id = stage.follow(&[&topic]);
    stage.answer_all();
    stage.wait(0);
    stage.answer_all();
    stage.wait(1_000);
    assert_eq!(stage.types(id), ["subscribed", "figures"]);
    let mut told = Vec::new();
    for number in 0..100 {
        stage.tell(vec![log("a", format!("{number}"))]);
        stage.wait(10);
        stage.answer_all();
        told.extend(stage.texts(id));
    }
    stage.wait(250);
    stage.answer_all();
    // They wait a little for a commit to go out with.
    stage.wait(150);
    told.extend(stage.texts(id));
    let figures: Vec<_> = told.iter().filter(|it| it["type"] == "figures").collect();
    assert!(
        (3..=5).contains(&figures.len()),
        "{} in 1.4 s",
        figures.len()
    );
    let last = figures.last().unwrap();
    assert_eq!(last["seq"], 101);
    assert_eq!(last["payload"]["observability"]["totalEvents"], 101);
    stage.wait(1_000);
    assert!(stage.process.asks.is_empty(), "nothing changed");
}

/// Everybody left the topic and somebody came back, while its figures were on their way.
// spec: F11
#[test]
fn figures_that_were_overtaken_do_not_take_the_place_of_newer_ones() {
    let mut stage = Stage::new();
    stage.tell(vec![start("a")]);
    let first = stage.follow(&[&Topic::Overview]);
    stage.wait(0);
    stage.read_store();
    stage.process.disconnect(first);
    stage.tell(vec![start("b")]);
    let second = stage.follow(&[&Topic::Overview]);
    stage.wait(0);
    stage.read_store();
    // The second answer, and then the first.
    stage.process.answers.reverse();
    for _ in 0..2 {
        let answer = stage.process.answers.remove(0);
        stage.process.take(answer, stage.now);
    }
    stage.wait(200);
    let told = stage.texts(second);
    assert_eq!(told.last().unwrap()["type"], "figures");
    assert_eq!(told.last().unwrap()["seq"], 2);
}

// spec: F12
#[test]
fn texts_are_cut_and_say_so() {
    let mut stage = Stage::new();
    stage.tell(vec![start("a")]);
    let topic = Topic::Task(task("a"));
    let id = stage.follow(&[&topic]);
    stage.answer_all();
    stage.got(id);
    stage.tell(vec![log("a", "x".repeat(2_049))]);
    stage.tell(vec![log("a", "y".repeat(2_048))]);
    let told = stage.texts(id);
    let epoch = stage.process.epoch.clone();
    // A page of one row begins after the ring.
    let wants = vec![super::stage::subscribe(&topic, Some((&epoch, 0)))];
    let late = stage
        .process
        .connect(Some(wants), super::stage::wire(usize::MAX), stage.now);
    stage.answer_all();
    let caught_up = stage.texts(late);
    assert_eq!(caught_up[0]["type"], "catchup");
    for texts in [told, caught_up] {
        let rows = texts
            .iter()
            .filter_map(|text| text["payload"]["rows"].as_array());
        let events = rows.flatten().filter(|row| row["kind"] == "event");
        let bodies: Vec<_> = events
            .map(|row| {
                (
                    row["row"]["body"].as_str().map(str::len),
                    &row["row"]["metadata"]["cutAt"],
                )
            })
            .filter(|(length, _)| length.is_some_and(|length| length > 100))
            .collect();
        assert_eq!(bodies.len(), 2, "{texts:?}");
        assert_eq!(bodies[0].0, Some(2_048));
        assert_eq!(*bodies[0].1, 2_048);
        assert_eq!(bodies[1].0, Some(2_048));
        assert!(bodies[1].1.is_null());
    }
}
