//! A tool call's end: what the model is told of it (`llmContent`), what a person is shown
//! (`returnDisplay`), and an error if the tool itself failed.

use serde_json::Value;

use super::{call, shell};
use crate::adapter::payload::Payload;
use crate::adapter::tools::talk;
use crate::adapter::{diff, output, read};
use crate::entity::Metadata;
use crate::report::{CallEnd, ToolCall, What};
use crate::vocabulary::{EventKind, ToolStatus};

/// How an end says that a person stopped the call, at its head.
const CANCELLED: &[&str] = &[
    "command was cancelled by user",
    "operation cancelled by user",
    "tool execution cancelled by user",
    "user cancelled",
    "[operation cancelled]",
];

pub(super) fn returned(mut payload: Payload) -> What {
    let call = call::take(&mut payload);
    let response = payload.take("tool_response");
    let end = end(&call, response, payload.rest());
    What::CallEnded { call, end }
}

fn end(call: &ToolCall, mut response: Value, mut metadata: Metadata) -> CallEnd {
    let content = read::text(&response, "llmContent").map(shell::unwrapped);
    let runs = call.kind == EventKind::TerminalCommand;
    let exit_code = content.filter(|_| runs).and_then(shell::exit_code);
    let interrupted = content.is_some_and(is_cancelled);
    let failed = exit_code.is_some_and(|code| code != 0) || has_error(&response);
    let status = match (interrupted, failed) {
        (true, _) => ToolStatus::Interrupted,
        (false, true) => ToolStatus::Failed,
        (false, false) => ToolStatus::Completed,
    };
    note_outcome(status, exit_code, &mut metadata);
    note_error(&response, &mut metadata);
    talk::conclude(call, &mut metadata);
    let written = written(call, &response);
    diff::keep(take_diff(&mut response), &mut metadata);
    output::keep_text(written, response, &mut metadata);
    CallEnd {
        status,
        metadata,
        title: None,
        started_subagent: None,
    }
}

fn is_cancelled(content: &str) -> bool {
    let head: String = content.chars().take(60).collect();
    let head = head.to_lowercase();
    CANCELLED.iter().any(|words| head.starts_with(words))
}

fn has_error(response: &Value) -> bool {
    response.get("error").is_some_and(|error| !error.is_null())
}

fn note_outcome(status: ToolStatus, exit_code: Option<i64>, metadata: &mut Metadata) {
    let mut set = |key: &str, value: Value| metadata.insert(key.to_owned(), value);
    if let Some(code) = exit_code {
        set("exitCode", code.into());
    }
    if status != ToolStatus::Completed {
        set("failed", true.into());
    }
    if status == ToolStatus::Interrupted {
        set("interrupted", true.into());
    }
}

fn note_error(response: &Value, metadata: &mut Metadata) {
    let Some(error) = response.get("error") else {
        return;
    };
    let message = read::text(error, "message").map(str::to_owned);
    let message = message.or_else(|| read::into_text(error.clone()));
    metadata.extend(message.map(|text| ("error".to_owned(), text.into())));
    let sort = read::word(error, "type");
    metadata.extend(sort.map(|sort| ("errorType".to_owned(), sort.into())));
}

/// The output for a person. What a call wrote into files or into its list is its input already.
fn written(call: &ToolCall, response: &Value) -> Option<String> {
    if call.changes_files || call.kind == EventKind::TodoLogged || has_error(response) {
        return None;
    }
    let shown = read::text(response, "returnDisplay");
    match response.get("llmContent")? {
        Value::String(content) if call.kind == EventKind::TerminalCommand => Some(
            shown
                .unwrap_or(shell::written(shell::unwrapped(content)))
                .to_owned(),
        ),
        Value::String(content) => Some(shell::unwrapped(content).to_owned()),
        content => output::text_of(call, content).map(std::borrow::Cow::into_owned),
    }
}

/// Takes the diff out of what is shown, and the contents before and after: they are all the file.
fn take_diff(response: &mut Value) -> Option<String> {
    let shown = response.get_mut("returnDisplay")?.as_object_mut()?;
    for key in ["originalContent", "newContent"] {
        shown.remove(key);
    }
    let diff = shown.remove("fileDiff")?;
    let diff = diff.as_str()?;
    Some(
        diff.find("--- ")
            .map_or(diff, |start| &diff[start..])
            .to_owned(),
    )
}
