//! Permissions that come back with an id, or that do not say what they are for; and changes that are
//! shown before they are made.

use agent_tracer_core::command::Command;
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::report::{ToolCall, What};
use serde_json::{Value, json};

use crate::support::World;
use crate::support::agent::{agent, edit};

fn requested(id: &str) -> Command {
    agent("s").report(What::PermissionRequested {
        request_id: id.to_owned(),
        title: "May I?".to_owned(),
        metadata: Metadata::new(),
    })
}

fn answered(id: &str, granted: bool) -> Command {
    agent("s").report(What::PermissionAnswered {
        request_id: id.to_owned(),
        granted,
        metadata: Metadata::new(),
    })
}

/// A permission that does not say what it is for.
fn asks() -> Command {
    agent("s").report(What::PermissionAsked {
        tool_name: String::new(),
        input: Value::Null,
        title: "May I?".to_owned(),
        metadata: Metadata::new(),
    })
}

fn shown(path: &str, diff: &str) -> Command {
    agent("s").report(What::ChangeShown {
        path: path.to_owned(),
        diff: diff.to_owned(),
    })
}

/// A call that says of itself which tool it is of.
fn named(call: ToolCall) -> Command {
    let mut call = call;
    call.metadata
        .insert("toolName".to_owned(), call.tool_name.clone().into());
    call.metadata
        .insert("toolInput".to_owned(), call.input.clone());
    agent("s").report(What::CallStarted(call))
}

fn after(reports: impl IntoIterator<Item = Command>) -> World {
    World::after(std::iter::once(agent("s").prompted("go")).chain(reports))
}

/// What the events of a kind say under a key.
fn said(world: &World, kind: &str, key: &str) -> Vec<Value> {
    let rows = world.rows.timeline(&TaskId::new("n-1"));
    let events = rows.iter().map(|row| &row.event);
    events
        .filter(|event| event.kind.as_str() == kind)
        .map(|event| event.metadata.get(key).cloned().unwrap_or_default())
        .collect()
}

#[test]
fn an_answer_settles_its_own_request() {
    let mut world = after([requested("r"), requested("q")]);
    assert_eq!(world.status("n-1"), "waiting");
    world.run(answered("r", true));
    assert_eq!(world.status("n-1"), "waiting", "the other is open");
    world.run(answered("q", false));
    assert_eq!(world.status("n-1"), "running");
    let answers = said(&world, "question.logged", "answer");
    assert_eq!(answers, ["granted", "refused"]);
    world.check(answered("q", true), &[]);
    world.check(answered("unknown", true), &[]);
}

#[test]
fn a_request_that_nobody_answers_ends_with_its_turn() {
    let world = after([requested("r"), agent("s").answers("done")]);
    assert_eq!(said(&world, "question.logged", "answer"), ["not granted"]);
    assert_eq!(said(&world, "question.logged", "guess"), [true]);
}

#[test]
fn an_unnamed_permission_is_about_the_call_that_began_last() {
    let mut world = after([named(edit("c1"))]);
    world.pass(10);
    world.run(named(edit("c2")));
    world.run(asks());
    assert_eq!(said(&world, "question.logged", "toolGuessed"), [true]);
    let input = said(&world, "question.logged", "toolInput");
    assert_eq!(input, [json!({"command": "c2"})]);
    world.run(agent("s").completes("c1"));
    assert_eq!(world.status("n-1"), "waiting");
    world.run(agent("s").completes("c2"));
    assert_eq!(world.status("n-1"), "running");
    assert_eq!(said(&world, "question.logged", "answer"), ["granted"]);
}

#[test]
fn an_unnamed_permission_without_a_call_waits_for_nothing() {
    let world = after([asks()]);
    assert_eq!(world.status("n-1"), "running");
    assert_eq!(world.timeline("n-1")[2..], ["context.saved \"May I?\""]);
}

#[test]
fn a_change_is_shown_in_the_open_call_that_makes_it() {
    let mut world = after([
        agent("s").begins("other"),
        named(edit("c1")),
        named(edit("c2")),
        shown("a.rs", "first"),
        shown("a.rs", "second"),
    ]);
    world.check(shown("a.rs", "third"), &[]);
    world.check(shown("unknown.rs", "none"), &[]);
    assert_eq!(said(&world, "tool.used", "diff"), ["first", "second"]);
    assert_eq!(said(&world, "terminal.command", "diff"), [Value::Null]);
}
