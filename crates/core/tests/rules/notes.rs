//! Notes, which have no id: delivered twice, and told twice.

use agent_tracer_core::entity::Event;

use crate::support::World;
use crate::support::agent::agent;

/// The notes, and how often each was delivered as far as it says so.
fn notes(world: &World) -> Vec<(&str, Option<i64>)> {
    let events = world
        .rows
        .event_order
        .iter()
        .map(|id| &world.rows.events[id].event);
    let notes = events.filter(|event| event.kind.as_str() == "context.saved");
    let deliveries = |event: &Event| event.metadata.get("deliveries")?.as_i64();
    notes
        .map(|event| (event.title.as_str(), deliveries(event)))
        .collect()
}

#[test]
fn the_same_words_at_the_same_time_are_one_note() {
    let mut world = World::after([agent("s").starts(), agent("s").notes("a")]);
    world.pass(500);
    world.check(
        agent("s").notes("a"),
        &["event.updated context.saved \"a\""],
    );
    world.run(agent("s").notes("a"));
    assert_eq!(notes(&world), [("a", Some(3))]);
}

#[test]
fn the_same_words_later_or_in_another_turn_are_another_note() {
    let mut world = World::after([agent("s").starts(), agent("s").notes("a")]);
    world.run(agent("s").notes("b"));
    world.run(agent("s").turn(Some("p2")).notes("a"));
    world.run(agent("s").subagent("x").notes("a"));
    world.pass(501);
    world.run(agent("s").notes("a"));
    let expected = ["a", "b", "a", "a", "a"].map(|title| (title, None));
    assert_eq!(notes(&world), expected);
}
