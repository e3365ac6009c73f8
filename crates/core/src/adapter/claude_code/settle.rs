//! What a tool's end adds to its call.

use serde_json::Value;

use crate::adapter::read;
use crate::adapter::tools::{agents, talk};
use crate::report::{CallEnd, StartedSubagent, ToolCall};
use crate::vocabulary::ToolStatus;

/// Adds to an end what its tool's response means. The response is `null` where there is none.
pub(super) fn settle(call: &ToolCall, response: &Value, end: &mut CallEnd) {
    talk::conclude(call, &mut end.metadata);
    match call.tool_name.as_str() {
        "Agent" | "Task" => end.started_subagent = started(call, response),
        "AskUserQuestion" => note_answer(response, end),
        "TaskCreate" => number(response, end),
        _ => {}
    }
    if matches!(call.tool_name.as_str(), "TaskCreate" | "TaskUpdate") {
        unmove(end);
    }
}

fn started(call: &ToolCall, response: &Value) -> Option<StartedSubagent> {
    let id = read::word(response, "agentId")?;
    Some(StartedSubagent {
        id,
        has_session: false,
        description: agents::description(&call.input),
    })
}

fn note_answer(response: &Value, end: &mut CallEnd) {
    if let Some(answer) = answer(response) {
        end.metadata.insert("answer".to_owned(), answer.into());
    }
}

/// The answers: alone if there is one, each after its question if there are more.
fn answer(response: &Value) -> Option<String> {
    if let Some(text) = response.as_str() {
        return Some(text.to_owned());
    }
    let answers = response.get("answers")?.as_object()?;
    if let (1, Some(only)) = (answers.len(), answers.values().next()) {
        return read::into_text(only.clone());
    }
    let lines = answers.iter().filter_map(|(question, answer)| {
        Some(format!("{question} {}", read::into_text(answer.clone())?))
    });
    Some(lines.collect::<Vec<_>>().join("\n")).filter(|text| !text.is_empty())
}

fn number(response: &Value, end: &mut CallEnd) {
    if let Some(id) = response.get("task").and_then(|task| read::word(task, "id")) {
        end.metadata.insert("todoId".to_owned(), id.into());
    }
}

/// A to-do moves only if its call did what it was to do: otherwise the state that the beginning
/// promised is taken back.
fn unmove(end: &mut CallEnd) {
    if end.status != ToolStatus::Completed {
        end.metadata.insert("todoState".to_owned(), Value::Null);
    }
}
