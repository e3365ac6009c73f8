//! Deleting tasks, with everything that hangs on them.

use agent_tracer_core::command::Command;
use agent_tracer_core::figures::Totals;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::memory::Memory;

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
    left == Memory::default()
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
    assert!(is_empty(&world.rows), "{:?}", world.rows);
}

#[test]
fn finished_tasks_go_with_all_they_delegated() {
    let family = [start("a"), start_child("b", "a"), start("c"), start("d")];
    let mut world = World::after(family.into_iter().chain([complete("a"), fail("c")]));
    world.check(Command::DeleteFinishedTasks, &["tasks.purged 3 [a b c]"]);
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
    world.check(Command::DeleteFinishedTasks, &["tasks.purged 2 [a b]"]);
    assert!(is_empty(&world.rows));
}

#[test]
fn a_purge_of_nothing_is_announced_too() {
    World::after([start("t")]).check(Command::DeleteFinishedTasks, &["tasks.purged 0 []"]);
}
