//! Calls of tools, and what came back.

use serde_json::{Value, json};

use super::super::open_calls::OpenCall;
use super::super::{Told, take};
use super::Reader;
use crate::adapter::{read, text};
use crate::time::Timestamp;

/// How a call is marked that was refused before it ran.
const REFUSED: &str = "tool_use_error";

/// What stands before the id of a subagent, where only the text for the model tells it.
const AGENT_ID: &str = "agentId: ";

impl Reader {
    /// A part of a message that calls a tool.
    pub(super) fn call(&mut self, at: Timestamp, mut part: Value) -> Option<Told> {
        let call = OpenCall {
            id: read::text(&part, "id")?.to_owned(),
            tool: read::text(&part, "name")?.to_owned(),
            input: take(&mut part, "input"),
        };
        let payload = self.of_call(&call);
        self.calls.begin(call);
        Some(Told::hook(at, "PreToolUse", payload))
    }

    /// A part of the user's side that brings a result. `result` is what the program knows of it
    /// beyond what the model is told.
    pub(super) fn result(
        &mut self,
        at: Timestamp,
        mut part: Value,
        result: Value,
        line: &Value,
    ) -> Option<Told> {
        let call = self.calls.end(read::text(&part, "tool_use_id")?)?;
        let content = take(&mut part, "content");
        let mut payload = self.of_call(&call);
        let shown = shown(&content);
        if read::text(line, "toolDenialKind").is_some() || is_refused(&shown) {
            payload["reason"] = text::element(&shown, REFUSED).unwrap_or(&shown).into();
            return Some(Told::hook(at, "PermissionDenied", payload));
        }
        if read::flag(&part, "is_error") {
            payload["error"] = shown.into();
            return Some(Told::hook(at, "PostToolUseFailure", payload));
        }
        payload["tool_response"] = response(&call.tool, content, &shown, result);
        Some(Told::hook(at, "PostToolUse", payload))
    }

    fn of_call(&self, call: &OpenCall) -> Value {
        let mut payload = self.payload();
        payload["tool_name"] = call.tool.clone().into();
        payload["tool_use_id"] = call.id.clone().into();
        payload["tool_input"] = call.input.clone();
        payload
    }
}

fn is_refused(shown: &str) -> bool {
    shown.trim_start().starts_with("<tool_use_error>")
}

/// What the model is told, as text.
fn shown(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let texts = parts.iter().filter_map(|part| read::text(part, "text"));
            texts.collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}

/// What a hook would have been given back: the program's own result; where it is not written (in
/// the transcripts of subagents), what the model was told.
fn response(tool: &str, content: Value, shown: &str, result: Value) -> Value {
    if !result.is_null() {
        return result;
    }
    let names_an_agent = matches!(tool, "Agent" | "Task");
    match agent_id(shown).filter(|_| names_an_agent) {
        Some(id) => json!({ "agentId": id, "content": content }),
        None => content,
    }
}

fn agent_id(shown: &str) -> Option<&str> {
    let (_, rest) = shown.split_once(AGENT_ID)?;
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    Some(&rest[..end]).filter(|id| !id.is_empty())
}
