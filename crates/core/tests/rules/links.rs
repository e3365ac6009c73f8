//! Trace links between events: counted once, and only within a task.

use agent_tracer_core::figures::TaskFigures;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::report::{CallEnd, What};
use agent_tracer_core::vocabulary::{EventKind, ToolStatus};
use serde_json::{Value, json};

use crate::support::World;
use crate::support::agent::{agent, command, end};
use crate::support::build::{log_with, metadata, start};

fn figures<'a>(world: &'a World, task: &str) -> &'a TaskFigures {
    &world.rows.tasks[&TaskId::new(task)].figures
}

/// Logs one event after another in task `t` (from `n-3` on) and compares links and linked events.
#[track_caller]
fn check(events: &[Value], expected: (i64, i64)) -> World {
    let mut world = World::after([start("t")]);
    for event in events {
        world.run(log_with("t", EventKind::PlanLogged, event.clone()));
    }
    let figures = figures(&world, "t");
    assert_eq!((figures.links, figures.linked_events), expected);
    world
}

#[test]
fn a_link_joins_two_events_of_a_task() {
    check(&[json!({}), json!({"parentEventId": "n-3"})], (1, 2));
    check(
        &[json!({}), json!({"relatedEventIds": ["n-3", "n-2"]})],
        (2, 3),
    );
}

#[test]
fn a_link_counts_once() {
    let twice = json!({"relatedEventIds": ["n-3", "n-3"]});
    check(&[json!({}), twice], (1, 2));
    let both_ways = json!({"parentEventId": "n-3", "relatedEventIds": ["n-3"]});
    check(&[json!({}), both_ways], (2, 2));
    check(&[json!({"relatedEventIds": ["n-3"]})], (0, 0));
}

#[test]
fn a_link_waits_for_an_event_that_is_not_there_yet() {
    let ahead = json!({"relatedEventIds": ["n-4"], "parentEventId": "n-4"});
    let world = check(&[ahead, json!({})], (2, 2));
    assert_eq!(figures(&world, "t").pending_links, 0);
    let world = check(&[json!({"parentEventId": "never"})], (0, 0));
    assert_eq!(figures(&world, "t").pending_links, 1);
}

#[test]
fn a_link_does_not_leave_its_task() {
    let mut world = World::after([start("t"), start("u")]);
    world.run(log_with(
        "t",
        EventKind::PlanLogged,
        json!({"parentEventId": "n-4"}),
    ));
    assert_eq!(figures(&world, "t").links, 0);
}

#[test]
fn fifty_related_events_are_looked_at_and_fifty_links_wait_for_one() {
    let related: Vec<String> = (0..60).map(|number| format!("x{number}")).collect();
    let world = check(&[json!({ "relatedEventIds": related })], (0, 0));
    assert_eq!(figures(&world, "t").pending_links, 50);
    let waiting = vec![json!({"parentEventId": "never"}); 60];
    let world = check(&waiting, (0, 0));
    assert_eq!(figures(&world, "t").pending_links, 50);
}

#[test]
fn a_link_that_the_end_of_a_call_brings_counts_too() {
    let linked = What::CallEnded {
        call: command("c"),
        end: CallEnd {
            metadata: metadata(json!({"parentEventId": "n-3"})),
            ..end(ToolStatus::Completed)
        },
    };
    let world = World::after([agent("s").begins("c"), agent("s").report(linked)]);
    let figures = figures(&world, "n-1");
    assert_eq!((figures.links, figures.linked_events), (1, 2));
}
