use agent_tracer_core::ids::TaskId;
use agent_tracer_core::wire::follow::Topic;

use super::workload::{Workload, log, start};
use crate::model::Seq;
use crate::traits::{ChangedSince, Read as _};

/// A page for a quiet task beside a busy one: its rows, how far it reached, and what it cost.
fn page(store: &Workload, after: Seq) -> (usize, Seq, i32) {
    store.reads.take();
    let topic = Topic::Task(TaskId::new("t-1"));
    let changes = store.reader.changed_since(&topic, after, 10).unwrap();
    let ChangedSince::Rows { rows, through, .. } = changes else {
        panic!("{changes:?}");
    };
    (rows.len(), through, store.reads.take().steps)
}

#[test]
fn a_page_for_a_quiet_task_looks_at_a_bounded_number_of_events() {
    let mut store = Workload::new();
    store.prepare([start(0), start(1)].into_iter().chain((0..2_000).map(log)));
    let (mut after, mut pages, mut costs) = (Seq(2), 0, Vec::new());
    while after < Seq(2_002) {
        let (rows, through, cost) = page(&store, after);
        assert_eq!(rows, 0, "nothing of it changed");
        assert!(through > after);
        (after, pages) = (through, pages + 1);
        costs.push(cost);
    }
    assert!(pages > 10, "{pages} pages");
    let (least, most) = (costs.iter().rev().nth(1), costs.iter().max());
    assert!(most.unwrap() < &(least.unwrap() * 2), "{costs:?}");
}

#[test]
fn catching_up_costs_what_changed_and_not_what_is_stored() {
    let mut store = Workload::new();
    store.prepare([start(0)].into_iter().chain((0..50).map(log)));
    let topic = Topic::Task(TaskId::new("t-0"));
    let cost = |store: &mut Workload, commits: usize| {
        store.prepare((0..5).map(|number| log(9_000 + commits + number)));
        store.reads.take();
        let after = Seq(1 + commits as u64);
        let changes = store.reader.changed_since(&topic, after, 99).unwrap();
        let ChangedSince::Rows { rows, through, now } = changes else {
            panic!("{changes:?}");
        };
        assert!(through == now && rows.len() >= 12, "{through:?} of {now:?}");
        store.reads.take().steps
    };
    let few = cost(&mut store, 50);
    store.prepare((50..1_500).map(log));
    let many = cost(&mut store, 1_505);
    assert!(many < few * 3 / 2, "{few} steps became {many}");
}
