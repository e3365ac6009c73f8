//! The display title, and that a change of it is announced.

use agent_tracer_core::command::{Command, LogEvent, StartTask};
use agent_tracer_core::vocabulary::EventKind;

use crate::support::World;
use crate::support::build::{log, log_event, start_task, update};

fn generic(summary: Option<&str>, folder: Option<&str>) -> Command {
    Command::StartTask(StartTask {
        title: "Claude Code — app".to_owned(),
        workspace_path: folder.map(str::to_owned),
        summary: summary.map(str::to_owned),
        ..start_task("t")
    })
}

fn said(kind: EventKind, body: &str) -> Command {
    log(LogEvent {
        body: Some(body.to_owned()),
        ..log_event("t", kind)
    })
}

#[test]
fn the_first_message_names_a_generic_task_after_its_event() {
    let mut world = World::after([generic(None, Some("/w/app"))]);
    let expected = [
        "event.logged user.message \"an event\"",
        "task.updated t running",
    ];
    world.check(said(EventKind::UserMessage, "Fix the  build"), &expected);
    assert_eq!(world.task("t").display_title, "Fix the build");
    let second = said(EventKind::UserMessage, "And the docs");
    world.check(second, &["event.logged user.message \"an event\""]);
}

#[test]
fn a_better_text_replaces_a_worse_one() {
    let mut world = World::after([generic(Some("From the summary"), Some("/w/app"))]);
    assert_eq!(world.task("t").display_title, "From the summary");
    world.check(
        said(EventKind::ThoughtLogged, "Hm"),
        &["event.logged thought.logged \"an event\""],
    );
    world.run(said(EventKind::UserMessage, "Fix it"));
    assert_eq!(world.task("t").display_title, "Fix it");
}

#[test]
fn a_title_that_says_something_stays() {
    let mut world = World::after([Command::StartTask(start_task("t"))]);
    let expected = ["event.logged user.message \"an event\""];
    world.check(said(EventKind::UserMessage, "Fix it"), &expected);
    assert_eq!(world.task("t").display_title, "Task t");
    world.run(update("t", Some("Claude Code — task-t"), None));
    assert_eq!(world.task("t").slug, "claude-code-task-t");
    assert_eq!(world.task("t").display_title, "Claude Code — task-t");
}

#[test]
fn a_title_that_becomes_generic_shows_what_was_said() {
    let first = StartTask {
        workspace_path: Some("/w/app".to_owned()),
        ..start_task("t")
    };
    let mut world = World::after([Command::StartTask(first)]);
    world.run(said(EventKind::UserMessage, "Fix it"));
    world.run(update("t", Some("Claude - app"), None));
    assert_eq!(world.task("t").display_title, "Fix it");
}

#[test]
fn a_folder_that_makes_the_title_generic_changes_what_is_shown() {
    let mut world = World::after([generic(None, Some("/w/other"))]);
    world.run(said(EventKind::UserMessage, "Fix it"));
    assert_eq!(world.task("t").display_title, "Claude Code — app");
    world.run(generic(None, Some("/w/app")));
    assert_eq!(world.task("t").display_title, "Fix it");
}

#[test]
fn a_start_that_is_logged_like_any_event_is_announced_like_any() {
    let mut world = World::after([generic(None, Some("/w/app"))]);
    let expected = [
        "event.logged task.start \"an event\"",
        "task.updated t running",
    ];
    world.check(said(EventKind::TaskStart, "Begin here"), &expected);
}
