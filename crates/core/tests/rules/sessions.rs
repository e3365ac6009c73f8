//! Ending a session by its id, and what becomes of its task.

use agent_tracer_core::command::{Command, SessionEnding, StartTask};
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::vocabulary::CompletionReason::{AssistantTurnComplete, ExplicitExit, Idle};
use agent_tracer_core::vocabulary::{TaskKind, TaskStatus};

use crate::support::World;
use crate::support::build::{
    complete, end_session, ending, start, start_child, start_task, update,
};

const ENDED: &str = "session.ended n-1 completed";

#[track_caller]
fn check(before: impl IntoIterator<Item = Command>, ending: SessionEnding, expected: &[&str]) {
    World::after(before).check(end_session("t", Some("n-1"), ending), expected);
}

#[test]
fn a_session_that_completes_its_task_ends_once() {
    let expected = [
        ENDED,
        "task.completed t completed",
        "event.logged task.complete \"Task t\"",
    ];
    check([start("t")], ending(true, None), &expected);
    check(
        [start("t")],
        ending(true, Some(AssistantTurnComplete)),
        &expected,
    );
}

#[test]
fn a_session_that_just_ends_leaves_its_task_running() {
    check([start("t")], ending(false, None), &[ENDED]);
    check([start("t")], ending(false, Some(ExplicitExit)), &[ENDED]);
}

#[test]
fn an_idle_agent_waits() {
    let expected = [ENDED, "task.updated t waiting"];
    check([start("t")], ending(false, Some(Idle)), &expected);
}

#[test]
fn a_turn_waits_for_what_it_delegated() {
    let family = || [start("t"), start_child("u", "t"), start_child("v", "u")];
    let waits = [ENDED, "task.updated t waiting"];
    let turn_over = Some(AssistantTurnComplete);
    check(family(), ending(true, turn_over), &waits);
    check(family(), ending(false, turn_over), &waits);
    let grandchild_runs = family().into_iter().chain([complete("u")]);
    check(grandchild_runs, ending(true, turn_over), &waits);
}

#[test]
fn only_background_tasks_are_waited_for() {
    let primary = StartTask {
        task_kind: Some(TaskKind::Primary),
        links: crate::support::build::under("t"),
        ..start_task("u")
    };
    let expected = [
        ENDED,
        "task.completed t completed",
        "event.logged task.complete \"Task t\"",
    ];
    check(
        [start("t"), Command::StartTask(primary)],
        ending(true, Some(AssistantTurnComplete)),
        &expected,
    );
}

#[test]
fn a_task_with_another_session_goes_on() {
    check([start("t"), start("t")], ending(true, None), &[ENDED]);
}

#[test]
fn a_background_task_ends_with_its_last_session() {
    let mut world = World::after([start("p"), start_child("t", "p")]);
    let expected = [
        "session.ended n-3 completed",
        "task.completed t completed",
        "event.logged task.complete \"Task t\"",
    ];
    world.check(end_session("t", None, ending(false, None)), &expected);
}

#[test]
fn a_waiting_background_task_is_completed_when_asked_to() {
    let waits = update("t", None, Some(TaskStatus::Waiting));
    let before = || World::after([start("p"), start_child("t", "p"), waits.clone()]);
    let ends = |complete| end_session("t", None, ending(complete, None));
    before().check(ends(false), &["session.ended n-3 completed"]);
    let expected = [
        "session.ended n-3 completed",
        "task.completed t completed",
        "event.logged task.complete \"Task t\"",
    ];
    before().check(ends(true), &expected);
}

#[test]
fn background_tasks_named_as_done_are_completed_first() {
    let ending = SessionEnding {
        background_completions: ["u", "x", "p", "u"].map(TaskId::new).to_vec(),
        ..ending(true, Some(AssistantTurnComplete))
    };
    let expected = [
        ENDED,
        "session.ended n-3 completed",
        "task.completed u completed",
        "event.logged task.complete \"Task u\"",
        "task.completed t completed",
        "event.logged task.complete \"Task t\"",
    ];
    check(
        [start("t"), start_child("u", "t"), start("p")],
        ending,
        &expected,
    );
}

#[test]
fn a_finished_task_stays_finished() {
    let failed = update("t", None, Some(TaskStatus::Errored));
    check([start("t"), failed.clone()], ending(true, None), &[ENDED]);
    check([start("t"), failed], ending(false, Some(Idle)), &[ENDED]);
}

#[test]
fn an_unclear_session_is_refused() {
    let ends = || end_session("t", None, ending(false, None));
    World::after([start("t"), start("t")]).check_refused(ends(), "invalid_request");
    World::after([start("t"), complete("t")]).check_refused(ends(), "invalid_request");
    World::new().check_refused(ends(), "task_not_found");
    let mut world = World::after([start("t"), start("u")]);
    let named = |session| end_session("t", Some(session), ending(false, None));
    world.check_refused(named("n-3"), "invalid_request");
    world.check_refused(named("x"), "session_not_found");
}
