//! What an agent says within a turn, and what is known of its messages; and what carries an id of
//! its own.

use agent_tracer_core::command::Command;
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::report::What;
use agent_tracer_core::vocabulary::Lane;
use serde_json::{Value, json};

use crate::support::World;
use crate::support::agent::agent;

fn says(part: &str, text: &str) -> Command {
    agent("s").event(part).report(What::Said {
        message_id: "m".to_owned(),
        text: text.to_owned(),
        title: text.to_owned(),
        metadata: Metadata::new(),
    })
}

fn described(is_summary: bool, facts: &Value) -> Command {
    agent("s").report(What::MessageDescribed {
        message_id: "m".to_owned(),
        is_summary,
        metadata: serde_json::from_value(facts.clone()).expect("an object"),
    })
}

fn after(reports: impl IntoIterator<Item = Command>) -> World {
    World::after(std::iter::once(agent("s").prompted("go")).chain(reports))
}

/// The last event's metadata and lane, without what every event has.
fn last(world: &World) -> (Lane, Metadata) {
    let events = world.rows.timeline(&TaskId::new("n-1"));
    let event = &events.last().expect("one").event;
    (event.lane, event.metadata.clone())
}

#[test]
fn what_is_known_of_a_message_is_laid_over_its_words_in_either_order() {
    let facts = json!({"model": "m-1", "costUsd": 0.5});
    for reports in [
        [says("p", "Hello"), described(false, &facts)],
        [described(false, &facts), says("p", "Hello")],
    ] {
        let world = after(reports);
        assert_eq!(world.timeline("n-1")[2..], ["assistant.response \"Hello\""]);
        let (lane, metadata) = last(&world);
        assert_eq!(lane, Lane::User);
        assert_eq!(metadata["model"], "m-1");
        assert_eq!(metadata["messageId"], "m");
    }
}

#[test]
fn a_summary_is_no_answer() {
    let facts = json!({});
    let world = after([described(true, &facts), says("p", "All so far")]);
    let expected = ["context.saved \"Summary of the context\""];
    assert_eq!(world.timeline("n-1")[2..], expected);
    let (lane, metadata) = last(&world);
    assert_eq!(
        (lane, &metadata["compactEvent"]),
        (Lane::Planning, &json!(true))
    );
    let afterwards = after([says("p", "All so far"), described(true, &facts)]);
    assert_eq!(last(&afterwards).1["compactPhase"], "summary");
}

#[test]
fn the_same_again_changes_nothing() {
    let facts = json!({"model": "m-1"});
    let mut world = after([says("p", "Hello"), described(false, &facts)]);
    world.check(described(false, &facts), &[]);
    world.check(says("p", "Hello"), &[]);
    world.check(
        says("q", "Hello"),
        &["event.logged assistant.response \"Hello\""],
    );
}

#[test]
fn what_has_an_id_is_told_once() {
    let named = agent("s").event("e");
    let mut world = after([named.notes("Retry")]);
    world.check(named.notes("Retry"), &[]);
    world.check(
        agent("s").event("f").notes("Retry"),
        &["event.logged context.saved \"Retry\""],
    );
    let nameless = ["event.logged context.saved \"Retry\""];
    world.check(agent("s").notes("Retry"), &nameless);
    world.pass(1_000);
    world.check(agent("s").notes("Retry"), &nameless);
}

#[test]
fn a_beginning_that_comes_again_opens_nothing() {
    let named = agent("s").event("e");
    let mut world = World::after([named.starts(), agent("s").ends()]);
    world.pass(60_000);
    world.check(named.starts(), &[]);
}
