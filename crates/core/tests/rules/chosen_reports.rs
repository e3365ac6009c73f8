//! Reports made of random numbers that only some agents make.

use agent_tracer_core::command::Command;
use agent_tracer_core::report::What;
use serde_json::{Value, json};

use crate::support::agent::Agent;
use crate::support::build::metadata;

/// A report of something that agents do not all tell.
pub(crate) fn less_common(agent: &Agent, b: usize, c: usize) -> Command {
    let named = |names: [&str; 2]| names[b % 2].to_owned();
    let facts = metadata(json!({"model": named(["m1", "m2"])}));
    agent.report(match c % 8 {
        0 => What::Said {
            message_id: named(["m", "n"]),
            text: "words".to_owned(),
            title: "words".to_owned(),
            metadata: facts,
        },
        1 => What::MessageDescribed {
            message_id: named(["m", "n"]),
            is_summary: b.is_multiple_of(3),
            metadata: facts,
        },
        2 => What::PermissionRequested {
            request_id: named(["r", "q"]),
            title: "May I?".to_owned(),
            metadata: facts,
        },
        3 => What::PermissionAnswered {
            request_id: named(["r", "q"]),
            granted: b.is_multiple_of(3),
            metadata: facts,
        },
        4 => What::ChangeShown {
            path: named(["a.rs", "b/c.rs"]),
            diff: "--- a".to_owned(),
        },
        5 => What::PermissionAsked {
            tool_name: String::new(),
            input: Value::Null,
            title: "May I?".to_owned(),
            metadata: facts,
        },
        6 => What::RunDescribed { metadata: facts },
        _ => What::Interrupted {
            title: "Interrupted".to_owned(),
            metadata: facts,
        },
    })
}
