//! Reports that come late, and what is believed of the times that they say.

use agent_tracer_core::command::Command;
use agent_tracer_core::memory::Memory;
use agent_tracer_core::time::Timestamp;
use proptest::prelude::*;

use crate::shuffled::shuffled;
use crate::support::agent::agent;
use crate::support::{BEGINNING, World};

const HOUR: i64 = 3_600_000;

/// The report with the times that its payload and its sender say.
fn said(mut command: Command, payload: Option<i64>, sender: Option<i64>) -> Command {
    if let Command::Report(delivery) = &mut command {
        delivery.sent_at = sender.map(Timestamp::from_millis);
        for report in &mut delivery.reports {
            report.happened_at = payload.map(Timestamp::from_millis);
        }
    }
    command
}

/// When the newest event happened, and when it says that it arrived.
fn newest(world: &World) -> (i64, Option<String>) {
    let last = world.rows.event_order.last().expect("an event");
    let event = &world.rows.events[last].event;
    let received = event.metadata.get("receivedAt");
    let received = received.map(|at| at.as_str().expect("a text").to_owned());
    (event.created_at.as_millis(), received)
}

/// A note that says these times comes an hour into a session.
#[track_caller]
fn check(payload: Option<i64>, sender: Option<i64>, expected: i64) {
    let mut world = World::after([agent("s").starts()]);
    world.pass(HOUR);
    world.run(said(agent("s").notes("note"), payload, sender));
    assert_eq!(newest(&world).0, expected, "{payload:?} {sender:?}");
}

#[test]
fn the_payload_knows_best_then_the_sender_then_the_clock() {
    let (start, arrival) = (BEGINNING, BEGINNING + HOUR);
    check(None, None, arrival);
    check(None, Some(start + 5), start + 5);
    check(Some(start + 4), Some(start + 5), start + 4);
    check(Some(start + 4), None, start + 4);
}

#[test]
fn nothing_happens_in_the_future_or_long_before_its_session() {
    let (start, arrival) = (BEGINNING, BEGINNING + HOUR);
    check(Some(arrival + 2_000), None, arrival);
    check(Some(arrival + 2_001), Some(start + 5), start + 5);
    check(Some(arrival + HOUR), Some(i64::MAX), arrival);
    check(Some(start - 60_000), None, start - 60_000);
    check(Some(start - 60_001), Some(start + 5), start + 5);
    check(Some(0), Some(start - 60_001), arrival);
}

#[test]
fn a_clock_that_was_never_set_is_not_believed() {
    for (says, expected) in [(0, BEGINNING), (1_704_067_200_000, 1_704_067_200_000)] {
        let mut world = World::new();
        world.run(said(agent("s").notes("note"), Some(says), None));
        assert_eq!(newest(&world).0, expected);
    }
}

#[test]
fn what_comes_late_says_when_it_came() {
    let mut world = World::after([agent("s").starts()]);
    world.pass(HOUR);
    let at = |late: i64| Some(BEGINNING + HOUR - late);
    world.run(said(agent("s").notes("in time"), None, at(1_000)));
    assert_eq!(newest(&world).1, None);
    world.run(said(agent("s").notes("late"), None, at(1_001)));
    let arrival = Timestamp::from_millis(BEGINNING + HOUR).to_string();
    assert_eq!(newest(&world).1, Some(arrival));
}

#[test]
fn a_run_that_comes_late_lasted_as_long_as_it_did() {
    let mut world = World::new();
    world.pass(HOUR);
    let (start, end) = (Some(BEGINNING), Some(BEGINNING + 60_000));
    world.run(said(agent("s").starts(), None, start));
    world.run(said(agent("s").ends(), None, end));
    let task = world.task("n-1");
    assert_eq!(task.created_at.as_millis(), BEGINNING);
    assert_eq!(task.last_activity_at.as_millis(), BEGINNING + 60_000);
    let session = world.rows.sessions.values().next().expect("a session");
    let ended = session.session.ended_at.expect("an end");
    assert_eq!(ended.millis_since(session.session.started_at), 60_000);
}

/// The rows, but for when their events arrived.
fn told(mut rows: Memory) -> Memory {
    for row in rows.events.values_mut() {
        row.event.metadata.remove("receivedAt");
    }
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_run_that_was_kept_and_sent_later_is_told_as_if_it_had_come_at_once(
        picks in prop::collection::vec((0..100_usize, 0..100_usize), 24),
        gaps in prop::collection::vec(prop::sample::select(vec![1, 40, 3_000, 6_000, 90_000]), 60),
        waits in prop::collection::vec(prop::sample::select(vec![0, 1, 7_000]), 60),
    ) {
        let reports: Vec<_> = shuffled(&picks).into_iter().map(|(_, report)| report).collect();
        let (mut at_once, mut later) = (World::new(), World::new());
        later.pass(30 * HOUR);
        for (place, report) in reports.into_iter().enumerate() {
            at_once.pass(gaps[place % gaps.len()]);
            later.pass(waits[place % waits.len()]);
            let happened = at_once.now.as_millis();
            at_once.run(report.clone());
            later.run(said(report, None, Some(happened)));
        }
        let late = later.rows.events.values().filter(|row| {
            row.event.metadata.contains_key("receivedAt")
        });
        prop_assert_eq!(late.count(), later.rows.events.len());
        prop_assert_eq!(told(later.rows), told(at_once.rows));
    }
}
