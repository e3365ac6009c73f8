//! A tool call's end.
//!
//! Codex tells the end of a call that gave something back. A call that failed before (a patch that
//! does not fit, an unknown tool, an MCP server's error) has none; it stays open until what comes
//! later closes it. Of a shell command it tells what it wrote, never how it exited.

use serde_json::{Value, json};

use super::{call, patch};
use crate::adapter::payload::Payload;
use crate::adapter::tools::{agents, talk};
use crate::adapter::{diff, output, read};
use crate::entity::Metadata;
use crate::report::{CallEnd, StartedSubagent, ToolCall, What};
use crate::vocabulary::{EventKind, ToolStatus};

pub(super) fn returned(mut payload: Payload) -> What {
    let call = call::take(&mut payload);
    let response = payload.take("tool_response");
    let end = end(&call, response, payload.rest());
    What::CallEnded { call, end }
}

fn end(call: &ToolCall, response: Value, mut metadata: Metadata) -> CallEnd {
    let (exit_code, mut response) = exit(response);
    let failed = exit_code.is_some_and(|code| code != 0) || read::flag(&response, "isError");
    if let Some(code) = exit_code {
        metadata.insert("exitCode".to_owned(), code.into());
    } else if call.kind == EventKind::TerminalCommand {
        metadata.insert("exitCodeUnknown".to_owned(), true.into());
    }
    if failed {
        metadata.insert("failed".to_owned(), true.into());
        let error = response.get_mut("error").map(Value::take);
        let error = error.and_then(read::into_text);
        metadata.extend(error.map(|error| ("error".to_owned(), error.into())));
    }
    talk::conclude(call, &mut metadata);
    let started_subagent = started_subagent(call, &response);
    if !failed {
        diff::keep(changed(call), &mut metadata);
    }
    output::keep(call, response, &mut metadata);
    CallEnd {
        status: if failed {
            ToolStatus::Failed
        } else {
            ToolStatus::Completed
        },
        metadata,
        title: None,
        started_subagent,
    }
}

/// The exit code at the head of a response, and the response without that head:
/// `Exit code: 0`, `Wall time: …`, `Output:`, and what was written.
fn exit(response: Value) -> (Option<i64>, Value) {
    match response.as_str().and_then(headed) {
        Some((code, written)) => (Some(code), json!(written)),
        None => (None, response),
    }
}

fn headed(text: &str) -> Option<(i64, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let code = first.strip_prefix("Exit code: ")?.trim().parse().ok()?;
    let (head, written) = rest.split_once("Output:\n")?;
    head.starts_with("Wall time: ").then_some((code, written))
}

fn changed(call: &ToolCall) -> Option<String> {
    let patch = read::text(&call.input, "command").filter(|_| call.changes_files)?;
    Some(patch::diff(patch))
}

/// What started a subagent answers with its id, as JSON inside a text.
fn started_subagent(call: &ToolCall, response: &Value) -> Option<StartedSubagent> {
    if !call.tool_name.ends_with("spawn_agent") {
        return None;
    }
    let parsed = response
        .as_str()
        .and_then(|text| serde_json::from_str(text).ok());
    let id = read::word(parsed.as_ref().unwrap_or(response), "agent_id")?;
    Some(StartedSubagent {
        has_session: false,
        id,
        description: agents::description(&call.input),
    })
}

#[cfg(test)]
mod tests {
    use super::headed;

    #[test]
    fn an_exit_code_stands_in_a_head_of_its_own() {
        let text = "Exit code: 3\nWall time: 0.1 seconds\nOutput:\na\nOutput:\nb\n";
        assert_eq!(headed(text), Some((3, "a\nOutput:\nb\n")));
        for other in [
            "Exit code: 3\n",
            "Exit code: 3\nOutput:\n",
            "a\nExit code: 3\nWall time: 1\nOutput:\n",
        ] {
            assert_eq!(headed(other), None, "{other}");
        }
    }
}
