//! How a tool call ended.

use serde_json::{Map, Value, json};

use crate::adapter::tools::{agents, talk};
use crate::adapter::{diff, read, text};
use crate::entity::Metadata;
use crate::report::{CallEnd, StartedSubagent, ToolCall};
use crate::vocabulary::ToolStatus;

/// How `OpenCode` begins what it tells the model of a call that a person, or a rule of theirs, did
/// not let run.
const REFUSALS: &[&str] = &[
    "The user rejected permission",
    "The user has specified a rule which prevents",
    "The user dismissed this question",
];

/// What it says of a call that was stopped while it ran.
const ABORTS: &[&str] = &["Tool execution aborted", "User aborted the command"];

/// The element in which the shell adds its own words to a command's output.
const SHELL_WORDS: &str = "shell_metadata";

/// What of a result is told elsewhere: by the event's own fields, or by the call's input.
const TOLD: &[&str] = &[
    "output",
    "exit",
    "diff",
    "filediff",
    "preview",
    "display",
    "todos",
    "sessionId",
    "model",
    "answers",
];

/// Reads the state of a call that is over. A call that was never made (there is no such tool) is
/// over too, and not in error.
pub(super) fn ended(call: &ToolCall, was_made: bool, failed: bool, mut state: Value) -> CallEnd {
    let mut end = CallEnd {
        status: ToolStatus::Completed,
        metadata: Metadata::new(),
        title: None,
        started_subagent: None,
    };
    note_duration(&state, &mut end);
    let result = state
        .get_mut("metadata")
        .map(Value::take)
        .unwrap_or_default();
    let mut text = |key: &str| {
        state
            .get_mut(key)
            .map(Value::take)
            .and_then(read::into_text)
    };
    if failed {
        let error = text("error");
        let status = error.as_deref().map_or(ToolStatus::Failed, failure);
        fail(status, error, &mut end);
    } else if was_made {
        returned(text("output"), &result, &mut end);
    } else {
        let said = read::text(&call.input, "error").map(str::to_owned);
        fail(
            ToolStatus::Refused,
            said.or_else(|| text("output")),
            &mut end,
        );
    }
    end.started_subagent = started(call, &result);
    conclude(call, &result, &mut end);
    diff::keep(
        read::text(&result, "diff").map(diff::from_text),
        &mut end.metadata,
    );
    keep_rest(result, &mut end);
    end
}

fn note_duration(state: &Value, end: &mut CallEnd) {
    let time = |place| state.pointer(place).and_then(Value::as_i64);
    if let (Some(from), Some(to)) = (time("/time/start"), time("/time/end")) {
        set(end, "durationMs", to.saturating_sub(from).max(0).into());
    }
}

fn failure(error: &str) -> ToolStatus {
    let begins = |with: &[&str]| with.iter().any(|words| error.starts_with(words));
    if begins(REFUSALS) {
        ToolStatus::Refused
    } else if begins(ABORTS) {
        ToolStatus::Interrupted
    } else {
        ToolStatus::Failed
    }
}

fn fail(status: ToolStatus, error: Option<String>, end: &mut CallEnd) {
    end.status = status;
    if status != ToolStatus::Refused {
        set(end, "failed", true.into());
    }
    if status == ToolStatus::Interrupted {
        set(end, "interrupted", true.into());
    }
    if let Some(error) = error {
        set(end, "error", error.into());
    }
}

/// A call that returned may have failed all the same: a command by its exit code, or because the
/// shell cut it short.
fn returned(output: Option<String>, result: &Value, end: &mut CallEnd) {
    let exit = result.get("exit");
    let code = exit.and_then(Value::as_i64);
    if let Some(code) = code {
        set(end, "exitCode", code.into());
    }
    let cut_short = exit.is_some_and(Value::is_null);
    if cut_short {
        let said = output
            .as_deref()
            .and_then(|text| text::element(text, SHELL_WORDS));
        let status = said.map_or(ToolStatus::Failed, failure);
        let said = said.unwrap_or("the command ended without an exit code");
        fail(status, Some(said.to_owned()), end);
    } else if code.is_some_and(|code| code != 0) {
        fail(ToolStatus::Failed, None, end);
    }
    if let Some(output) = output {
        set(end, "output", output.into());
    }
}

fn started(call: &ToolCall, result: &Value) -> Option<StartedSubagent> {
    (call.tool_name == "task").then_some(())?;
    Some(StartedSubagent {
        id: read::word(result, "sessionId")?,
        has_session: true,
        description: agents::description(&call.input),
    })
}

/// A question is settled by any end; its answers are lists of what was chosen.
fn conclude(call: &ToolCall, result: &Value, end: &mut CallEnd) {
    talk::conclude(call, &mut end.metadata);
    let answers = read::list(result, "answers").iter();
    let answers = answers.flat_map(|answer| answer.as_array().into_iter().flatten());
    let answers: Vec<&str> = answers.filter_map(Value::as_str).collect();
    if !answers.is_empty() {
        set(end, "answer", answers.join("\n").into());
    }
}

/// Keeps what a result says beyond what is told: where its whole output lies, what a language
/// server found.
fn keep_rest(result: Value, end: &mut CallEnd) {
    let Value::Object(fields) = result else {
        return;
    };
    let rest: Map<String, Value> = fields
        .into_iter()
        .filter(|(key, value)| !TOLD.contains(&key.as_str()) && read::says_something(value))
        .collect();
    if !rest.is_empty() {
        set(end, "toolResponse", json!(rest));
    }
}

fn set(end: &mut CallEnd, key: &str, value: Value) {
    end.metadata.insert(key.to_owned(), value);
}
