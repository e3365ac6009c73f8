use agent_tracer_core::adapter::Agent::CopilotCli;

use crate::session::Line;
use crate::support::{check_reports, check_shuffled, check_stories, check_twice};

const SESSIONS: &[&str] = &["continue", "first-edit", "tool-failures"];

#[test]
fn each_session_is_understood() {
    check_reports(CopilotCli, SESSIONS);
}

#[test]
fn each_session_becomes_what_it_was() {
    check_stories(CopilotCli, SESSIONS);
}

/// Calls and prompts have no ids, but each payload has its time to the millisecond.
#[test]
fn a_delivery_that_comes_twice_changes_nothing() {
    check_twice(CopilotCli, |_| true);
}

#[test]
fn overlapping_deliveries_may_come_in_any_order() {
    check_shuffled(CopilotCli, may_swap);
}

/// Copilot waits for the hooks of one call, one after the other. Those of calls that run side by
/// side overlap, and so do those of a session's beginning and its first prompt.
fn may_swap(a: &Line, b: &Line) -> bool {
    let hooks = (&*a.registered_for, &*b.registered_for);
    let begins = matches!(
        hooks,
        ("sessionStart", "userPromptSubmitted") | ("userPromptSubmitted", "sessionStart")
    );
    let (a, b) = (call(a), call(b));
    begins || a.is_some() && b.is_some() && a != b
}

/// What a line's call is about: a command, or a file.
fn call(line: &Line) -> Option<&str> {
    let input = ["toolArgs", "toolInput"].map(|key| &line.payload[key]);
    let said = |key: &str| input.iter().find_map(|input| input[key].as_str());
    ["command", "path", "file_path"].into_iter().find_map(said)
}
