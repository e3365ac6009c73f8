//! Delivering recorded sessions, in the order they came or in another.

use std::cell::Cell;

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::decide::decide;
use agent_tracer_core::ids::CountingIds;
use agent_tracer_core::memory::Memory;
use agent_tracer_core::report::AgentReport;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::session::{Line, names, recorded};
use crate::told::{story, unordered};

/// The rows after these lines, each at the time it was received.
pub(crate) fn delivered<'a>(agent: Agent, lines: impl IntoIterator<Item = &'a Line>) -> Memory {
    let (mut rows, mut ids) = (Memory::default(), CountingIds::new("n"));
    let mut now = None;
    for line in lines {
        // The server's clock goes on, whatever order the lines are delivered in.
        let time = now.map_or(line.time(), |now| line.time().max(now));
        now = Some(time);
        let decision = decide(&rows, line.delivery(agent), time, &mut ids).unwrap();
        rows.apply(decision.writes);
    }
    rows
}

/// Checks what every recorded session of an agent becomes against its reviewed snapshot.
pub(crate) fn check_stories(agent: Agent, sessions: &[&str]) {
    assert_eq!(names(agent), sessions, "each has its snapshot");
    for name in sessions {
        let rows = delivered(agent, &recorded(agent, name));
        insta::with_settings!({prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(format!("{}__{name}", agent.source()), story(&rows));
        });
    }
}

/// Checks how every recorded session of an agent is understood against its reviewed snapshot.
pub(crate) fn check_reports(agent: Agent, sessions: &[&str]) {
    for name in sessions {
        let lines = recorded(agent, name);
        let reports: Vec<AgentReport> = lines.iter().flat_map(|line| line.reports(agent)).collect();
        insta::with_settings!({prepend_module_to_snapshot => false}, {
            insta::assert_json_snapshot!(format!("{}__{name}__reports", agent.source()), reports);
        });
    }
}

/// Checks that nothing changes when each line that `may_repeat` is delivered twice in a row.
pub(crate) fn check_twice(agent: Agent, may_repeat: impl Fn(&Line) -> bool) {
    for name in names(agent) {
        let lines = recorded(agent, &name);
        let twice = lines.iter().flat_map(|line| {
            let again = may_repeat(line).then_some(line);
            std::iter::once(line).chain(again)
        });
        let (once, twice) = (delivered(agent, &lines), delivered(agent, twice));
        assert_eq!(unordered(&twice), unordered(&once), "{name}, twice");
    }
}

/// Hook calls that are further apart were not delivered in another order: a hook's process starts
/// within this time.
const DELAY_MILLIS_MAX: i64 = 1_000;

/// Checks that the order of what overlaps makes no difference: neighbours that `may_swap` do so,
/// again and again.
pub(crate) fn check_shuffled(agent: Agent, may_swap: impl Fn(&Line, &Line) -> bool) {
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(64)
    });
    let moved = Cell::new(0);
    for name in names(agent) {
        let lines = recorded(agent, &name);
        let straight = unordered(&delivered(agent, &lines));
        let swaps = prop::collection::vec(1..lines.len(), 40);
        let checked = runner.run(&swaps, |swaps| {
            let order = shuffled(&lines, &swaps, &may_swap);
            let told = unordered(&delivered(agent, order.iter().copied()));
            let stays = order.iter().zip(&lines).all(|(a, b)| std::ptr::eq(*a, b));
            moved.set(moved.get() + usize::from(!stays));
            let hooks: Vec<&str> = order.iter().map(|line| &*line.registered_for).collect();
            prop_assert_eq!(told, straight.clone(), "{}: {:?}", name, hooks);
            Ok(())
        });
        checked.unwrap_or_else(|failure| panic!("{failure}"));
    }
    assert!(moved.get() > 0, "something overlaps in what was recorded");
}

fn shuffled<'a>(
    lines: &'a [Line],
    swaps: &[usize],
    may_swap: impl Fn(&Line, &Line) -> bool,
) -> Vec<&'a Line> {
    let mut order: Vec<&Line> = lines.iter().collect();
    for &place in swaps {
        let (first, second) = (order[place - 1], order[place]);
        let apart = first.time().as_millis() - second.time().as_millis();
        if apart.abs() <= DELAY_MILLIS_MAX && may_swap(first, second) {
            order.swap(place - 1, place);
        }
    }
    order
}
