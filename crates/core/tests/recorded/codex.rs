use agent_tracer_core::adapter::Agent::Codex;

use crate::session::Line;
use crate::support::{check_reports, check_shuffled, check_stories, check_twice};

const SESSIONS: &[&str] = &["first-edit", "resume", "tool-failures"];

#[test]
fn each_session_is_understood() {
    check_reports(Codex, SESSIONS);
}

#[test]
fn each_session_becomes_what_it_was() {
    check_stories(Codex, SESSIONS);
}

#[test]
fn a_delivery_that_comes_twice_changes_nothing() {
    check_twice(Codex, |_| true);
}

#[test]
fn overlapping_deliveries_may_come_in_any_order() {
    check_shuffled(Codex, may_swap);
}

/// The hooks of calls that run side by side are separate processes, and so is the notify program.
/// A hook holds its call up, so a call's own two do not overtake each other, but for the spool.
fn may_swap(a: &Line, b: &Line) -> bool {
    let call = |line: &Line| line.payload["tool_use_id"].as_str().map(str::to_owned);
    let notify = [a, b].iter().any(|line| line.registered_for == "notify");
    notify || (call(a).is_some() && call(b).is_some())
}
