//! Recorded sessions.

use crate::support::recorded;
use agent_tracer_core::report::{ToolCall, What};

macro_rules! recorded {
    ($($test:ident = $name:literal),+ $(,)?) => {
        $(#[test] fn $test() {
            insta::assert_json_snapshot!($name, recorded($name));
        })+

        #[test]
        fn every_recorded_session_has_its_snapshot() {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/claude-code");
            let mut found: Vec<String> = std::fs::read_dir(folder).unwrap()
                .filter_map(|entry| entry.unwrap().file_name().into_string().unwrap()
                    .strip_suffix(".jsonl").map(str::to_owned))
                .collect();
            found.sort();
            assert_eq!(found, [$($name),+]);
        }
    };
}

recorded! {
    two_runs_of_one_session = "continue",
    a_subagent_that_outlives_the_turn = "explore-subagent",
    a_first_edit = "first-edit",
    hooks_over_http = "http-hooks",
    permission_in_the_terminal = "interactive-permission",
    a_task_list = "task-list",
    failing_tools = "tool-failures",
}

#[test]
fn a_calls_beginning_and_end_are_the_same_call() {
    for name in ["continue", "first-edit", "task-list", "tool-failures"] {
        let reports = recorded(name);
        let started: Vec<&ToolCall> = reports.iter().filter_map(|r| as_started(&r.what)).collect();
        let ended: Vec<&ToolCall> = reports.iter().filter_map(|r| as_ended(&r.what)).collect();
        assert!(!ended.is_empty());
        for call in ended {
            assert!(
                started.contains(&call),
                "{name}: {:?} has no equal beginning",
                call.id
            );
        }
    }
}

fn as_started(what: &What) -> Option<&ToolCall> {
    match what {
        What::CallStarted(call) => Some(call),
        _ => None,
    }
}

fn as_ended(what: &What) -> Option<&ToolCall> {
    match what {
        What::CallEnded { call, .. } => Some(call),
        _ => None,
    }
}
