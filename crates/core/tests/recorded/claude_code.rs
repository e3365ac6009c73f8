use agent_tracer_core::adapter::Agent::ClaudeCode;

use crate::session::Line;
use crate::support::{check_shuffled, check_stories, check_twice};

#[test]
fn each_session_becomes_what_it_was() {
    let sessions = [
        "continue",
        "explore-subagent",
        "first-edit",
        "http-hooks",
        "interactive-permission",
        "task-list",
        "tool-failures",
    ];
    check_stories(ClaudeCode, &sessions);
}

/// Nothing in a notification tells a second delivery from a second notification.
#[test]
fn a_delivery_that_comes_twice_changes_nothing() {
    check_twice(ClaudeCode, |_| true);
}

#[test]
fn overlapping_deliveries_may_come_in_any_order() {
    check_shuffled(ClaudeCode, may_swap);
}

/// The hooks of calls that run side by side, and those of an agent and its subagent, are separate
/// processes. A batch is told when its calls have ended, by yet another one.
fn may_swap(a: &Line, b: &Line) -> bool {
    let said = |line: &Line, key: &str| line.payload[key].as_str().map(str::to_owned);
    let batch = |a: &Line, b: &Line| {
        a.registered_for.starts_with("PostToolUse") && b.registered_for == "PostToolBatch"
    };
    let calls = (said(a, "tool_use_id"), said(b, "tool_use_id"));
    let calls = calls.0.is_some() && calls.1.is_some() && calls.0 != calls.1;
    calls || batch(a, b) || batch(b, a) || said(a, "agent_id") != said(b, "agent_id")
}
