//! Agents' own sessions through the contract's routes: ensure and end.

use agent_tracer_core::command::Reply;
use agent_tracer_core::vocabulary::CompletionReason::{AssistantTurnComplete, Idle};
use agent_tracer_core::vocabulary::{TaskKind, TaskStatus};

use crate::support::World;
use crate::support::build::{
    complete, end_runtime, ending, ensure, fail, start, start_child, update,
};

#[track_caller]
fn check_ensured(reply: &Reply, ids: (&str, &str), created: (bool, bool)) {
    let Reply::Ensured {
        task_id,
        session_id,
        task_created,
        session_created,
    } = reply
    else {
        panic!("ensured");
    };
    assert_eq!((task_id.as_str(), session_id.as_str()), ids);
    assert_eq!((*task_created, *session_created), created);
}

#[test]
fn an_unknown_session_makes_a_task() {
    let expected = [
        "task.started n-1 running",
        "session.started n-2",
        "event.logged task.start \"Claude Code — app\"",
    ];
    let mut world = World::new();
    let reply = world.check(ensure("r", None), &expected);
    check_ensured(&reply, ("n-1", "n-2"), (true, true));
    assert_eq!(world.task("n-1").task_kind, TaskKind::Primary);
    assert_eq!(
        world.task("n-1").runtime_source.as_deref(),
        Some("claude-hook")
    );
}

#[test]
fn a_live_session_is_found_again() {
    let mut world = World::after([ensure("r", None)]);
    let reply = world.check(ensure("r", None), &[]);
    check_ensured(&reply, ("n-1", "n-2"), (false, false));
}

#[test]
fn a_task_with_a_parent_is_a_background_task() {
    let world = World::after([start("p"), ensure("r", Some("p"))]);
    assert_eq!(world.task("n-3").task_kind, TaskKind::Background);
    World::new().check_refused(ensure("r", Some("x")), "task_not_found");
}

#[test]
fn a_known_session_that_ended_goes_on_with_a_new_one() {
    let mut world = World::after([ensure("r", None), end_runtime("r", ending(false, None))]);
    let reply = world.check(ensure("r", None), &["session.started n-4"]);
    check_ensured(&reply, ("n-1", "n-4"), (false, true));
    let mut world = World::after([
        ensure("r", None),
        end_runtime("r", ending(false, Some(Idle))),
    ]);
    let expected = ["task.updated n-1 running", "session.started n-4"];
    world.check(ensure("r", None), &expected);
    let mut world = World::after([ensure("r", None), complete("n-1")]);
    world.check(
        ensure("r", None),
        &["task.updated n-1 running", "session.started n-5"],
    );
}

#[test]
fn the_announced_task_knows_its_new_session() {
    let mut world = World::after([ensure("r", None), complete("n-1")]);
    world.pass(60_000);
    let (_, messages) = world.run(ensure("r", None));
    let agent_tracer_core::wire::Message::TaskUpdated(task) = &messages[0] else {
        panic!("task.updated first");
    };
    assert_eq!(task, world.task("n-1"));
}

#[test]
fn an_end_without_a_beginning_is_well() {
    World::new().check(end_runtime("r", ending(true, None)), &[]);
}

#[test]
fn an_end_completes_the_task_and_the_next_ensure_finds_it() {
    let mut world = World::after([ensure("r", None)]);
    let expected = [
        "session.ended n-2 completed",
        "task.completed n-1 completed",
        "event.logged task.complete \"Claude Code — app\"",
    ];
    let turn_over = ending(true, Some(AssistantTurnComplete));
    world.check(end_runtime("r", turn_over), &expected);
    world.check(
        ensure("r", None),
        &["task.updated n-1 running", "session.started n-5"],
    );
}

#[test]
fn a_turn_waits_for_what_it_delegated() {
    let mut world = World::after([ensure("r", None), start_child("u", "n-1")]);
    let turn_over = ending(true, Some(AssistantTurnComplete));
    let expected = ["session.ended n-2 completed", "task.updated n-1 waiting"];
    world.check(end_runtime("r", turn_over), &expected);
}

#[test]
fn a_second_end_that_completes_forgets_the_session() {
    let ended = end_runtime("r", ending(false, None));
    let mut world = World::after([ensure("r", None), ended.clone()]);
    world.check(ended, &[]);
    let expected = [
        "task.completed n-1 completed",
        "event.logged task.complete \"Claude Code — app\"",
    ];
    world.check(end_runtime("r", ending(true, None)), &expected);
    let reply = world.run(ensure("r", None)).0;
    check_ensured(&reply, ("n-5", "n-6"), (true, true));
}

#[test]
fn an_end_leaves_a_finished_task_as_it_is() {
    let mut world = World::after([ensure("r", None), fail("n-1")]);
    world.check(end_runtime("r", ending(true, None)), &[]);
    assert_eq!(world.status("n-1"), "errored");
}

#[test]
fn another_agent_takes_the_task_over() {
    let ended = end_runtime("r", ending(false, None));
    let mut world = World::after([ensure("r", None), ended]);
    let task = world.task("n-1").clone();
    let mut other = crate::support::build::start_task("n-1");
    other.runtime_source = Some("other".to_owned());
    world.run(agent_tracer_core::command::Command::StartTask(other));
    assert_eq!(task.status, TaskStatus::Running);
    let expected = ["task.updated n-1 running", "session.started n-5"];
    world.check(ensure("r", None), &expected);
    let waits = update("n-1", None, Some(TaskStatus::Waiting));
    world.check(waits, &["task.updated n-1 waiting"]);
}
