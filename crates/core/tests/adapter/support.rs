//! What the tests share: recorded reports, payloads, and what they come to.

use agent_tracer_core::adapter::claude_code;
use agent_tracer_core::report::{AgentReport, CallEnd, ToolCall, What};
use agent_tracer_core::vocabulary::{EventKind, Lane};
use serde_json::{Value, json};

pub(crate) fn recorded(name: &str) -> Vec<AgentReport> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/claude-code");
    let text = std::fs::read_to_string(format!("{folder}/{name}.jsonl")).unwrap();
    text.split('\n')
        .filter(|line| !line.is_empty())
        .map(understood)
        .collect()
}

pub(crate) fn understood(line: &str) -> AgentReport {
    let mut line: Value = serde_json::from_str(line).unwrap();
    claude_code::report(None, line["payload"].take()).unwrap()
}
/// A payload of a hook with the fields that every payload has.
pub(crate) fn payload(hook: &str, fields: Value) -> Value {
    let mut payload = json!({
        "session_id": "s-1", "transcript_path": "/t.jsonl", "cwd": "/p", "hook_event_name": hook,
        "prompt_id": "p-1", "permission_mode": "default",
    });
    let Value::Object(fields) = fields else {
        panic!("fields are an object")
    };
    payload.as_object_mut().unwrap().extend(fields);
    payload
}

pub(crate) fn what(hook: &str, fields: Value) -> What {
    claude_code::report(None, payload(hook, fields))
        .unwrap()
        .what
}

pub(crate) fn noted(hook: &str, fields: Value) -> (EventKind, Lane, String, Option<String>, Value) {
    match what(hook, fields) {
        What::Noted {
            kind,
            lane,
            title,
            body,
            metadata,
        } => (kind, lane, title, body, Value::Object(metadata)),
        other => panic!("{hook} is not noted: {other:?}"),
    }
}

pub(crate) fn started(tool: &str, input: &Value) -> ToolCall {
    let fields = json!({"tool_name": tool, "tool_input": input, "tool_use_id": "t-1"});
    match what("PreToolUse", fields) {
        What::CallStarted(call) => call,
        other => panic!("no call: {other:?}"),
    }
}

pub(crate) fn ended(hook: &str, fields: Value) -> (ToolCall, CallEnd) {
    match what(hook, fields) {
        What::CallEnded { call, end } => (call, end),
        other => panic!("no end: {other:?}"),
    }
}

pub(crate) fn returned(tool: &str, input: &Value, response: &Value) -> CallEnd {
    let fields = json!({
        "tool_name": tool, "tool_input": input, "tool_use_id": "t-1", "tool_response": response,
    });
    ended("PostToolUse", fields).1
}

pub(crate) fn batched(tool: &str, response: &Value) -> CallEnd {
    let call = json!({"tool_name": tool, "tool_input": {}, "tool_use_id": "t-1",
        "tool_response": response});
    match what("PostToolBatch", json!({"tool_calls": [call]})) {
        What::BatchEnded { mut calls } => calls.remove(0).1,
        other => panic!("no batch: {other:?}"),
    }
}
/// The rows of a table, each cut into `N` cells.
pub(crate) fn rows<const N: usize>(table: &str) -> Vec<[&str; N]> {
    let cells = |line| str::split(line, " | ").map(str::trim).collect::<Vec<_>>();
    table
        .trim()
        .lines()
        .map(|line| cells(line).try_into().unwrap())
        .collect()
}
