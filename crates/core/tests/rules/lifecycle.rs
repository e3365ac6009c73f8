//! Starting, completing, failing and changing tasks: what is announced, in which order.

use agent_tracer_core::command::{Command, LinkTask, Reply, StartTask, TaskLinks};
use agent_tracer_core::ids::{SessionId, TaskId};
use agent_tracer_core::vocabulary::{TaskKind, TaskStatus};

use crate::support::World;
use crate::support::build::{
    complete, fail, finish, link, start, start_child, start_task, under, update,
};

#[test]
fn a_new_task_begins_with_a_session_and_an_event() {
    let expected = [
        "task.started t running",
        "session.started n-1",
        "event.logged task.start \"Task t\"",
    ];
    let reply = World::new().check(start("t"), &expected);
    let Reply::Envelope {
        task,
        session_id,
        events,
    } = reply
    else {
        panic!("an envelope");
    };
    assert_eq!((task.slug.as_str(), events.len()), ("task-t", 1));
    assert_eq!(session_id, Some(SessionId::new("n-1")));
}

#[test]
fn a_task_that_is_started_again_gets_a_session_and_no_event() {
    let mut world = World::after([start("t")]);
    let expected = ["task.started t running", "session.started n-3"];
    world.check(start("t"), &expected);
    assert_eq!(world.timeline("t").len(), 1);
}

#[test]
fn a_finished_task_that_is_started_again_is_updated_first() {
    let mut world = World::after([start("t"), complete("t")]);
    let expected = [
        "task.updated t running",
        "task.started t running",
        "session.started n-4",
    ];
    world.check(start("t"), &expected);
}

#[test]
fn starting_again_keeps_what_is_not_repeated() {
    let first = StartTask {
        workspace_path: Some("/w/app/".to_owned()),
        runtime_source: Some("tester".to_owned()),
        ..start_task("t")
    };
    let world = World::after([Command::StartTask(first), start("t")]);
    let task = world.task("t");
    assert_eq!(task.workspace_path.as_deref(), Some("/w/app"));
    assert_eq!(task.runtime_source.as_deref(), Some("tester"));
}

#[test]
fn completing_ends_the_session_first() {
    let mut world = World::after([start("t")]);
    let expected = [
        "session.ended n-1 completed",
        "task.completed t completed",
        "event.logged task.complete \"Task t\"",
    ];
    world.check(complete("t"), &expected);
}

#[test]
fn completing_twice_says_nothing() {
    let mut world = World::after([start("t"), complete("t")]);
    world.check(complete("t"), &[]);
}

#[test]
fn completing_a_completed_task_still_ends_its_session() {
    let completed = update("t", None, Some(TaskStatus::Completed));
    let mut world = World::after([start("t"), completed]);
    world.check(complete("t"), &["session.ended n-1 completed"]);
}

#[test]
fn failing_ends_the_session_with_an_error() {
    let mut world = World::after([start("t")]);
    let expected = [
        "session.ended n-1 errored",
        "task.updated t errored",
        "event.logged task.error \"Task t\"",
    ];
    world.check(fail("t"), &expected);
    let row = world.rows.timeline(&TaskId::new("t"))[1];
    assert_eq!(row.event.body.as_deref(), Some("it broke"));
    world.check(fail("t"), &[]);
}

#[test]
fn finishing_ends_the_named_session_else_the_newest() {
    let mut named = finish("t");
    named.session_id = Some(SessionId::new("n-1"));
    let mut world = World::after([start("t"), start("t")]);
    let (_, messages) = world.run(Command::CompleteTask(named));
    assert_eq!(
        crate::support::line(&messages[0]),
        "session.ended n-1 completed"
    );
    world.check(complete("t"), &["session.ended n-3 completed"]);
}

#[test]
fn a_change_by_hand_is_one_update() {
    let mut world = World::after([start("t")]);
    let both = update("t", Some("  New name "), Some(TaskStatus::Completed));
    world.check(both, &["task.updated t completed"]);
    let task = world.task("t");
    assert_eq!(
        (
            task.title.as_str(),
            task.slug.as_str(),
            task.display_title.as_str()
        ),
        ("New name", "new-name", "New name")
    );
    assert_eq!(world.running_sessions("t"), 1);
}

#[test]
fn a_change_that_changes_nothing_says_nothing() {
    let mut world = World::after([start("t")]);
    let same = update("t", Some("Task t"), Some(TaskStatus::Running));
    let before = world.rows.clone();
    world.check(same, &[]);
    assert!(world.rows == before);
    world.check_refused(update("t", Some("  "), None), "invalid_request");
    world.check_refused(update("t", None, None), "invalid_request");
}

#[test]
fn linking_is_one_update_and_keeps_what_it_leaves_out() {
    let mut world = World::after([start("p"), start("t")]);
    let links = TaskLinks {
        background_task_id: Some("b".to_owned()),
        ..under("p")
    };
    let linked = LinkTask {
        task_id: TaskId::new("t"),
        title: Some(" Renamed ".to_owned()),
        task_kind: Some(TaskKind::Background),
        links,
    };
    world.check(Command::LinkTask(linked), &["task.updated t running"]);
    world.check(link("t", "p"), &["task.updated t running"]);
    let task = world.task("t");
    assert_eq!(
        (task.title.as_str(), task.task_kind),
        ("Renamed", TaskKind::Background)
    );
    assert_eq!(task.background_task_id.as_deref(), Some("b"));
    assert_eq!(task.parent_task_id, Some(TaskId::new("p")));
}

#[test]
fn unknown_tasks_and_parents_are_refused() {
    let mut world = World::after([start("t")]);
    for command in [
        complete("x"),
        fail("x"),
        update("x", Some("x"), None),
        link("x", "t"),
        link("t", "x"),
        start_child("u", "x"),
        start_child("u", "u"),
        start_child("t", "x"),
    ] {
        world.check_refused(command, "task_not_found");
    }
}

#[test]
fn sessions_of_other_tasks_are_refused() {
    let mut world = World::after([start("t"), start("u")]);
    let (mut other, mut unknown) = (finish("t"), finish("t"));
    other.session_id = Some(SessionId::new("n-3"));
    unknown.session_id = Some(SessionId::new("x"));
    world.check_refused(Command::CompleteTask(other), "invalid_request");
    world.check_refused(
        Command::FailTask(unknown, String::new()),
        "session_not_found",
    );
}

#[test]
fn a_task_is_never_its_own_ancestor() {
    let mut world = World::after([start("a"), start_child("b", "a"), start_child("c", "b")]);
    world.check_refused(link("a", "a"), "invalid_request");
    world.check_refused(link("a", "c"), "invalid_request");
    world.check_refused(start_child("a", "b"), "invalid_request");
    world.check(link("c", "a"), &["task.updated c running"]);
    world.check(link("b", "c"), &["task.updated b running"]);
}
