use agent_tracer_core::adapter::Agent::GeminiCli;

use crate::session::Line;
use crate::support::{check_reports, check_shuffled, check_stories, check_twice};

const SESSIONS: &[&str] = &["first-edit", "tool-failures"];

#[test]
fn each_session_is_understood() {
    check_reports(GeminiCli, SESSIONS);
}

#[test]
fn each_session_becomes_what_it_was() {
    check_stories(GeminiCli, SESSIONS);
}

/// Nothing has an id, but everything has its time to the millisecond.
#[test]
fn a_delivery_that_comes_twice_changes_nothing() {
    check_twice(GeminiCli, |_| true);
}

#[test]
fn overlapping_deliveries_may_come_in_any_order() {
    check_shuffled(GeminiCli, may_swap);
}

/// Calls may run side by side, and the hooks of the model's stream are many at once.
fn may_swap(a: &Line, b: &Line) -> bool {
    let is = |line: &Line, hooks: &[&str]| hooks.contains(&line.registered_for.as_str());
    let calls = |line| is(line, &["BeforeTool", "AfterTool"]);
    let of_model = |line| {
        let model = [
            "BeforeModel",
            "AfterModel",
            "BeforeToolSelection",
            "PreCompress",
        ];
        is(line, &model)
    };
    (calls(a) && calls(b)) || of_model(a) || of_model(b)
}
