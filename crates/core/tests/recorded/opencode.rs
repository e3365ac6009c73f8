use agent_tracer_core::adapter::Agent::OpenCode;
use serde_json::Value;

use crate::session::{Line, names, recorded};
use crate::support::{check_reports, check_shuffled, check_stories, check_twice, delivered};
use crate::told::unordered;

const SESSIONS: &[&str] = &["first-edit", "server-sse", "tool-failures"];

#[test]
fn each_session_is_understood() {
    check_reports(OpenCode, SESSIONS);
}

#[test]
fn each_session_becomes_what_it_was() {
    check_stories(OpenCode, SESSIONS);
}

#[test]
fn a_delivery_that_comes_twice_changes_nothing() {
    check_twice(OpenCode, |_| true);
}

#[test]
fn overlapping_deliveries_may_come_in_any_order() {
    check_shuffled(OpenCode, may_swap);
}

/// The plugin's hooks and its events overlap, and so do the events of what goes on side by side. A
/// turn begins before and ends after what happens in it, and of a summary it is known that it is
/// one before it is written.
fn may_swap(a: &Line, b: &Line) -> bool {
    within_a_turn(a) && within_a_turn(b) && !(is_about_a_summary(a) || is_about_a_summary(b))
}

fn kind(line: &Line) -> &str {
    let event = line.payload["event"]["type"].as_str();
    event.or(line.payload["hook"].as_str()).unwrap()
}

fn within_a_turn(line: &Line) -> bool {
    ["tool.", "message.", "todo.", "file.", "session.diff"]
        .iter()
        .any(|family| kind(line).starts_with(family))
}

fn is_about_a_summary(line: &Line) -> bool {
    line.payload["event"]["properties"]["info"]["summary"] == Value::Bool(true)
}

/// A plugin may leave out what is said again when it is whole.
#[test]
fn pieces_and_repetitions_may_be_left_out() {
    for name in names(OpenCode) {
        let lines = recorded(OpenCode, &name);
        let whole = lines.iter().filter(|line| !is_a_piece(line));
        let (all, whole) = (delivered(OpenCode, &lines), delivered(OpenCode, whole));
        assert_eq!(unordered(&whole), unordered(&all), "{name}");
    }
}

fn is_a_piece(line: &Line) -> bool {
    let properties = &line.payload["event"]["properties"];
    let part = &properties["part"];
    match kind(line) {
        "message.part.delta" | "session.updated" | "session.diff" | "tool.execute.after" => true,
        "message.part.updated" => {
            let status = part["state"]["status"].as_str();
            matches!(status, Some("pending" | "running"))
                || part["text"].is_string() && part["time"]["end"].is_null()
        }
        "message.updated" => {
            let info = &properties["info"];
            info["summary"] != Value::Bool(true) && info["time"]["completed"].is_null()
        }
        _ => false,
    }
}
