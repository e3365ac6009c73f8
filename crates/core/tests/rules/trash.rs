//! Deleted tasks come back as they were, for ten minutes.

use agent_tracer_core::command::{Command, Reply, SaveEvaluation, StartTask};
use agent_tracer_core::figures::Totals;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::memory::Memory;
use agent_tracer_core::trash::TRASH_KEPT_MILLIS;
use agent_tracer_core::vocabulary::{EventKind, Rating};

use serde_json::json;

use crate::support::World;
use crate::support::build::{
    bookmark, complete, end_session, ending, ensure, log, log_event, metadata, rename, start,
    start_child, start_task, update,
};

fn delete(id: &str) -> Command {
    Command::DeleteTask(TaskId::new(id))
}

fn restore(ids: &[&str]) -> Command {
    Command::RestoreTasks(ids.iter().map(|id| TaskId::new(*id)).collect())
}

fn thought(id: &str) -> Command {
    log(log_event(id, EventKind::ThoughtLogged))
}

fn evaluate(id: &str) -> Command {
    Command::SaveEvaluation(Box::new(SaveEvaluation {
        task_id: TaskId::new(id),
        rating: Rating::Good,
        use_case: None,
        workflow_tags: Vec::new(),
        outcome_note: None,
        approach_note: None,
        reuse_when: None,
        watchouts: None,
        workflow_snapshot: None,
        workflow_context: None,
    }))
}

/// The rows without sums of nothing.
fn rows(world: &World) -> Memory {
    let mut rows = world.rows.clone();
    rows.totals.retain(|_, totals| *totals != Totals::default());
    rows.active_minutes.retain(|_, tasks| *tasks != 0);
    rows
}

fn tasks(world: &World) -> Vec<&str> {
    world.rows.tasks.keys().map(TaskId::as_str).collect()
}

#[test]
fn a_restored_family_is_as_it_was() {
    let family = [
        start("a"),
        start_child("b", "a"),
        thought("a"),
        thought("b"),
    ];
    let mut world = World::after(family.into_iter().chain([ensure("r", Some("b"))]));
    let event = world.rows.event_order[0].clone();
    world.run(bookmark("a", Some(event.as_str()), None));
    world.run(bookmark("b", None, None));
    world.run(evaluate("b"));
    let before = rows(&world);
    world.run(delete("a"));
    assert_eq!(tasks(&world), [""; 0]);
    assert!(world.rows.bookmarks.is_empty() && world.rows.evaluations.is_empty());
    world.pass(TRASH_KEPT_MILLIS - 1);
    world.check(Command::EmptyTrash, &[]);
    let reply = world.check(
        restore(&["a"]),
        &[
            "task.started a running",
            "bookmark.saved n-10 \"Task a\"",
            "task.started b running",
            "bookmark.saved n-11 \"Task b\"",
            "task.started n-7 running",
        ],
    );
    let ids = ["a", "b", "n-7"].map(TaskId::new).to_vec();
    let task_ids = ids;
    assert_eq!(reply, Reply::Restored { ok: true, task_ids });
    assert!(rows(&world) == before, "{:?}", world.rows);
}

#[test]
fn what_is_not_in_the_trash_is_not_restored() {
    let mut world = World::after([start("a"), start("b"), delete("b")]);
    world.check_refused(restore(&["a"]), "not_in_trash");
    world.check_refused(restore(&["nowhere"]), "not_in_trash");
    world.run(restore(&["b", "a", "nowhere", "b"]));
    world.check_refused(restore(&["b"]), "not_in_trash");
    world.run(delete("b"));
    world.pass(TRASH_KEPT_MILLIS);
    world.check_refused(restore(&["b"]), "not_in_trash");
    world.run(Command::EmptyTrash);
    assert!(world.rows.trash.is_empty());
    world.check_refused(restore(&["b"]), "not_in_trash");
}

#[test]
fn a_purge_is_taken_back_at_once() {
    let family = [start("a"), start_child("b", "a"), start("c"), start("d")];
    let mut world = World::after(family.into_iter().chain([complete("a"), complete("c")]));
    let (reply, _) = world.run(Command::DeleteFinishedTasks(None));
    let Reply::Purged { task_ids, .. } = reply else {
        panic!("{reply:?}")
    };
    assert_eq!(tasks(&world), ["d"]);
    world.run(Command::RestoreTasks(task_ids));
    assert_eq!(tasks(&world), ["a", "b", "c", "d"]);
    assert_eq!(world.task("b").parent_task_id, Some(TaskId::new("a")));
}

#[test]
fn what_was_deleted_before_stays_deleted() {
    let family = [start("a"), start_child("b", "a"), start_child("c", "a")];
    let mut world = World::after(family.into_iter().chain([delete("b"), delete("a")]));
    world.run(restore(&["a"]));
    assert_eq!(tasks(&world), ["a", "c"]);
    world.run(restore(&["b"]));
    assert_eq!(world.task("b").parent_task_id, Some(TaskId::new("a")));
}

#[test]
fn a_task_without_its_parent_stands_by_itself() {
    let family = [start("a"), start_child("b", "a"), start_child("c", "b")];
    let mut world = World::after(family.into_iter().chain([delete("a")]));
    world.run(restore(&["b"]));
    assert_eq!(tasks(&world), ["b", "c"]);
    assert_eq!(world.task("b").parent_task_id, None);
    assert_eq!(world.task("c").parent_task_id, Some(TaskId::new("b")));
}

#[test]
fn a_deleted_task_is_not_there() {
    let mut world = World::after([start("a"), thought("a"), start("b"), delete("a")]);
    let event = world.rows.event_order[0].to_string();
    let session = world.rows.sessions.keys().next().map(ToString::to_string);
    for command in [
        delete("a"),
        complete("a"),
        thought("a"),
        update("a", Some("new"), None),
        bookmark("a", None, None),
        start_child("c", "a"),
    ] {
        world.check_refused(command, "task_not_found");
    }
    world.check_refused(rename(&event, Some("new")), "event_not_found");
    world.check_refused(bookmark("b", Some(&event), None), "event_not_found");
    let end = end_session("b", session.as_deref(), ending(false, None));
    world.check_refused(end, "session_not_found");
}

#[test]
fn a_task_that_is_made_again_knows_nothing_of_the_deleted_one() {
    let mut world = World::after([start("a"), thought("a"), bookmark("a", None, None)]);
    world.run(delete("a"));
    world.run(start("a"));
    assert_eq!(world.timeline("a"), ["task.start \"Task a\""]);
    assert_eq!(world.running_sessions("a"), 1);
    assert_eq!(world.task("a").title, "Task a");
    world.check_refused(restore(&["a"]), "not_in_trash");
    assert!(world.rows.bookmarks.is_empty() && world.rows.trash.is_empty());
}

#[test]
fn what_a_deleted_task_counted_does_not_count_for_the_one_that_is_made_again() {
    let started = || {
        let metadata = metadata(json!({ "filePaths": ["a.rs"] }));
        Command::StartTask(StartTask {
            metadata,
            ..start_task("a")
        })
    };
    let mut world = World::after([started()]);
    let figures = world.rows.tasks[&TaskId::new("a")].figures.clone();
    assert_eq!(figures.paths, 1);
    world.run(delete("a"));
    world.run(started());
    assert_eq!(world.rows.tasks[&TaskId::new("a")].figures, figures);
}

#[test]
fn an_agents_session_that_is_ensured_begins_anew() {
    let mut world = World::after([ensure("r", None), delete("n-1")]);
    let (reply, _) = world.run(ensure("r", None));
    let Reply::Ensured {
        task_id,
        task_created: true,
        ..
    } = reply
    else {
        panic!("{reply:?}")
    };
    world.run(restore(&["n-1"]));
    let (again, _) = world.run(ensure("r", None));
    assert!(matches!(again, Reply::Ensured { task_id: id, .. } if id == task_id));
}

#[test]
fn the_trash_is_emptied_of_a_few_tasks_at_a_time() {
    let all: Vec<_> = (0..60).map(|task| format!("t-{task}")).collect();
    let starts = all.iter().map(|id| start(id)).collect::<Vec<_>>();
    let mut world = World::after(starts.into_iter().chain(all.iter().map(|id| delete(id))));
    world.pass(TRASH_KEPT_MILLIS);
    world.run(Command::EmptyTrash);
    assert_eq!(world.rows.trash.len(), 10);
    world.run(Command::EmptyTrash);
    assert!(world.rows.trash.is_empty() && world.rows.events.is_empty());
}
