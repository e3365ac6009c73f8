//! Deleting tasks, with everything that hangs on them.

use agent_tracer_core::command::Command;
use agent_tracer_core::entity::FinishedPreview;
use agent_tracer_core::figures::{History, Totals};
use agent_tracer_core::finished::preview_finished;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::memory::Memory;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::trash::TRASH_KEPT_MILLIS;

use crate::support::World;
use crate::support::build::{bookmark, complete, ensure, fail, start, start_child};

fn delete(id: &str) -> Command {
    Command::DeleteTask(TaskId::new(id))
}

/// Whether nothing is left but totals of zero.
fn is_empty(rows: &Memory) -> bool {
    let mut left = rows.clone();
    left.totals.retain(|_, totals| *totals != Totals::default());
    left.active_minutes.retain(|_, tasks| *tasks != 0);
    // What was done was done.
    left.history = History::default();
    left == Memory::default()
}

/// Waits until nothing can be restored.
fn empty_trash(world: &mut World) {
    world.pass(TRASH_KEPT_MILLIS);
    world.check(Command::EmptyTrash, &[]);
}

#[test]
fn a_task_goes_with_all_it_delegated() {
    let family = [start("a"), start_child("b", "a"), start_child("c", "b")];
    let mut world = World::after(family.into_iter().chain([start("other")]));
    let expected = ["task.deleted a", "task.deleted b", "task.deleted c"];
    world.check(delete("a"), &expected);
    assert_eq!(world.rows.tasks.len(), 1);
    world.check_refused(delete("a"), "task_not_found");
}

#[test]
fn nothing_of_a_deleted_task_is_left() {
    let mut world = World::after([ensure("r", None), bookmark("n-1", None, None)]);
    world.check(delete("n-1"), &["task.deleted n-1"]);
    empty_trash(&mut world);
    assert!(is_empty(&world.rows), "{:?}", world.rows);
}

#[test]
fn finished_tasks_go_with_all_they_delegated() {
    let family = [start("a"), start_child("b", "a"), start("c"), start("d")];
    let mut world = World::after(family.into_iter().chain([complete("a"), fail("c")]));
    world.check(
        Command::DeleteFinishedTasks(None),
        &["tasks.purged 3 [a b c]"],
    );
    assert_eq!(world.rows.tasks.len(), 1);
}

#[test]
fn a_finished_family_is_counted_once() {
    let family = [
        start("a"),
        start_child("b", "a"),
        complete("a"),
        complete("b"),
    ];
    let mut world = World::after(family);
    world.check(
        Command::DeleteFinishedTasks(None),
        &["tasks.purged 2 [a b]"],
    );
    empty_trash(&mut world);
    assert!(is_empty(&world.rows));
}

#[test]
fn a_time_leaves_what_was_active_since_and_what_others_delegated() {
    let family = [start("a"), complete("a"), start("b"), start_child("c", "b")];
    let mut world = World::after(family.into_iter().chain([complete("c")]));
    world.pass(1_000);
    let before = world.now;
    world.run(start("d"));
    world.run(complete("d"));
    let purge = |time| Command::DeleteFinishedTasks(Some(time));
    world.check(purge(before), &["tasks.purged 1 [a]"]);
    let later = Timestamp::from_millis(before.as_millis() + 1);
    world.check(purge(later), &["tasks.purged 1 [d]"]);
}

#[test]
fn a_preview_names_what_a_deletion_deletes() {
    let family = [start("a"), start_child("b", "a"), complete("a"), start("c")];
    let mut world = World::after(family.into_iter().chain([fail("c"), start("d")]));
    let preview = preview_finished(&world.rows, None).expect("memory is always there");
    let named: Vec<_> = preview
        .tasks
        .iter()
        .map(|task| {
            (
                task.id.as_str(),
                task.goes_with.as_ref().map(TaskId::as_str),
            )
        })
        .collect();
    assert_eq!(named, [("c", None), ("b", Some("a")), ("a", None)]);
    assert_eq!((preview.total, preview.events), (3, 5));
    world.check(
        Command::DeleteFinishedTasks(None),
        &["tasks.purged 3 [a b c]"],
    );
    let preview = preview_finished(&world.rows, None).expect("memory is always there");
    assert_eq!(preview, FinishedPreview::default());
}

#[test]
fn a_purge_of_nothing_is_announced_too() {
    World::after([start("t")]).check(Command::DeleteFinishedTasks(None), &["tasks.purged 0 []"]);
}
