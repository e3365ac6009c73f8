use agent_tracer_core::command::Command;
use agent_tracer_core::ids::TaskId;
use rusqlite::Connection;

use super::meter::Cost;
use super::workload::{Workload, answer, call, log, start};
use crate::model::Cursor;
use crate::traits::Read as _;

/// What growth in `few` to `many` is still "the same": a fifth.
fn assert_same(few: Cost, many: Cost) {
    assert!(few.steps > 0 && few.statements > 0, "nothing was counted");
    assert!(
        many.steps * 5 <= few.steps * 6,
        "{} steps became {}",
        few.steps,
        many.steps
    );
    assert!(many.statements <= few.statements, "{few:?} {many:?}");
}

#[test]
fn the_ten_thousandth_event_costs_what_the_hundredth_did() {
    let mut store = Workload::new();
    store.prepare([start(0)].into_iter().chain((0..100).map(log)));
    let hundredth = store.cost((100..110).map(log));
    // Each of these is two events: itself, and a file that it changed.
    store.prepare((110..5_000).map(log));
    let ten_thousandth = store.cost((5_000..5_010).map(log));
    assert_same(hundredth, ten_thousandth);
    assert_eq!(ten_thousandth.scans, 0);
    pages_cost_the_same_wherever_they_are(&store);
    nothing_beside_the_task_grows(&store);
}

fn pages_cost_the_same_wherever_they_are(store: &Workload) {
    let task = TaskId::new("t-0");
    let page = |before: Option<Cursor>| {
        let page = store.reader.timeline(&task, 100, before.as_ref()).unwrap();
        let page = page.unwrap().2;
        assert_eq!(page.events.len(), 100);
        (page.before, store.reads.take())
    };
    store.reads.take();
    let (before, _) = page(None);
    let (mut before, second) = page(before);
    for _ in 0..50 {
        let (next, cost) = page(before);
        assert_same(second, cost);
        before = next;
    }
}

/// The row of the task is written with each event, so it must stay small.
fn nothing_beside_the_task_grows(store: &Workload) {
    let connection = Connection::open(store.folder.path().join("db.sqlite")).unwrap();
    let sql =
        "SELECT length(figures) + length(candidates), (SELECT count(*) FROM events) FROM tasks";
    let (bytes, events): (i64, i64) = connection
        .query_row(sql, (), |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert!(
        events >= 10_000 && bytes < 2_000,
        "{events} events, {bytes} bytes"
    );
}

#[test]
fn the_five_thousandth_call_costs_what_the_hundredth_did() {
    let mut store = Workload::new();
    store.prepare((0..100).flat_map(call));
    let hundredth = store.cost((100..110).flat_map(call));
    store.prepare((110..2_500).flat_map(call));
    let later = store.cost((2_500..2_510).flat_map(call));
    assert_same(hundredth, later);
    assert_eq!(later.scans, 0);
}

#[test]
fn the_two_thousandth_answer_costs_what_the_hundredth_did() {
    let mut store = Workload::new();
    store.prepare(call(0).into_iter());
    store.prepare((0..100).flat_map(answer));
    let hundredth = store.cost((100..110).flat_map(answer));
    store.prepare((110..2_000).flat_map(answer));
    let later = store.cost((2_000..2_010).flat_map(answer));
    assert_same(hundredth, later);
    assert_eq!(later.scans, 0);
}

/// Starts tasks a minute apart, each with an event or two.
fn grow(store: &mut Workload, tasks: std::ops::Range<usize>) {
    for task in tasks {
        store.now += 60_000;
        store.prepare([start(task)].into_iter());
    }
}

fn overview(store: &Workload) -> Cost {
    store.reads.take();
    store.reader.overview(store.now()).unwrap();
    store.reads.take()
}

fn first_page(store: &Workload) -> Cost {
    store.reads.take();
    let (_, page) = store.reader.tasks(Some(20), None).unwrap();
    assert_eq!(page.tasks.len(), 20);
    store.reads.take()
}

/// All of them at the same time.
#[test]
fn pages_of_tasks_cost_the_same_wherever_they_are() {
    let mut store = Workload::new();
    store.prepare((0..400).map(start));
    let newest = first_page(&store);
    let mut before = None;
    for _ in 0..20 {
        let (_, page) = store.reader.tasks(Some(20), before.as_ref()).unwrap();
        assert_same(newest, store.reads.take());
        before = page.before;
    }
    assert_eq!(before, None);
}

#[test]
fn the_overview_costs_the_same_whatever_is_stored() {
    let mut store = Workload::new();
    grow(&mut store, 0..40);
    let few = (
        overview(&store),
        first_page(&store),
        store.cost([log(0)].into_iter()),
    );
    grow(&mut store, 40..400);
    store.prepare((1..2_000).map(log));
    let many = (
        overview(&store),
        first_page(&store),
        store.cost([log(2_000)].into_iter()),
    );
    assert_same(few.0, many.0);
    assert_same(few.1, many.1);
    assert_same(few.2, many.2);
}

/// What deleting a task with so many events costs, and each of the first steps of removing them.
fn removal(events: usize) -> (Cost, Cost) {
    let mut store = Workload::new();
    store.prepare([start(0)].into_iter().chain((0..events).map(log)));
    let deletion = store.cost([Command::DeleteTask(TaskId::new("t-0"))].into_iter());
    store.empty_trash();
    store.writes.take();
    assert!(store.sweep(50), "some are left");
    (deletion, store.writes.take())
}

#[test]
fn deleting_a_huge_task_is_one_small_step_and_many_small_ones_after() {
    let (few, many) = (removal(200), removal(3_000));
    assert_same(few.0, many.0);
    assert_same(few.1, many.1);
    assert_eq!((many.0.scans, many.1.scans), (0, 0));
}
