//! How calls end, and what they are called by.

use crate::support::{batched, ended, returned, what};
use agent_tracer_core::report::What;
use agent_tracer_core::vocabulary::ToolStatus;
use serde_json::{Value, json};

#[test]
fn a_call_ends_in_four_ways() {
    let failure = json!({"tool_name": "Bash", "error": "Exit code 3\nout", "duration_ms": 5});
    let (_, end) = ended("PostToolUseFailure", failure);
    assert_eq!(end.status, ToolStatus::Failed);
    assert_eq!(
        Value::Object(end.metadata),
        json!({"failed": true, "exitCode": 3, "error": "Exit code 3\nout", "durationMs": 5})
    );

    let (_, end) = ended("PostToolUseFailure", json!({"is_interrupt": true}));
    assert_eq!(end.status, ToolStatus::Interrupted);

    let (_, end) = ended(
        "PermissionDenied",
        json!({"tool_name": "Bash", "reason": "Too risky"}),
    );
    assert_eq!(
        (end.status, &end.metadata["reason"]),
        (ToolStatus::Refused, &json!("Too risky"))
    );

    let end = returned("Bash", &json!({}), &json!({"stdout": "a", "stderr": "b"}));
    assert_eq!(
        (end.status, &end.metadata["output"]),
        (ToolStatus::Completed, &json!("a\nb"))
    );
    assert_eq!(end.metadata["stderr"], json!("b"));
    let end = returned(
        "Bash",
        &json!({}),
        &json!({"stdout": "", "interrupted": true}),
    );
    assert_eq!(
        (end.status, &end.metadata["interrupted"]),
        (ToolStatus::Interrupted, &json!(true))
    );
}

#[test]
fn a_batch_tells_refusals_and_failures_by_how_its_text_begins() {
    let end = batched("Edit", &json!("<tool_use_error>No match</tool_use_error>"));
    assert_eq!(
        (end.status, &end.metadata["error"]),
        (ToolStatus::Refused, &json!("No match"))
    );
    let end = batched("Edit", &json!("<tool_use_error>cut"));
    assert_eq!(end.status, ToolStatus::Refused);
    let end = batched("Bash", &json!("Exit code 2\nx"));
    assert_eq!(
        (end.status, &end.metadata["exitCode"]),
        (ToolStatus::Failed, &json!(2))
    );
    let end = batched("Read", &json!("1\tit sends <tool_use_error>"));
    assert_eq!(end.status, ToolStatus::Completed);
    let blocks = json!([{"type": "text", "text": "a"}, {"type": "image"}, {"text": "b"}]);
    assert_eq!(batched("Agent", &blocks).metadata["output"], json!("a\nb"));
}

#[test]
fn outputs_are_text_for_a_person() {
    let output = |tool: &str, response: Value| {
        returned(tool, &json!({}), &response)
            .metadata
            .get("output")
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(
        output("Read", json!({"file": {"content": "x\n"}})),
        json!("x\n")
    );
    assert_eq!(
        output("Glob", json!({"filenames": ["a", "b"]})),
        json!("a\nb")
    );
    assert_eq!(
        output("Grep", json!({"content": "", "filenames": ["a"]})),
        json!("a")
    );
    assert_eq!(
        output("WebFetch", json!({"code": 200, "result": "r"})),
        json!("r")
    );
    let found = json!({"results": ["Found:", {"content": [{"title": "T", "url": "u"}]}]});
    assert_eq!(output("WebSearch", found), json!("Found:\nT\nu"));
    assert_eq!(
        output("Write", json!({"content": "what it wrote"})),
        Value::Null
    );
    assert_eq!(output("mcp__a__b", json!([{"text": "m"}])), json!("m"));
}

#[test]
fn a_large_response_is_not_stored_twice() {
    let big = "x".repeat(1 << 20);
    let end = returned("Read", &json!({}), &json!({"file": {"content": big}}));
    assert_eq!(end.metadata["output"], json!(big));
    assert!(!end.metadata.contains_key("toolResponse"));
    let end = returned("Read", &json!({}), &json!({"file": {"content": "small"}}));
    assert_eq!(
        end.metadata["toolResponse"],
        json!({"file": {"content": "small"}})
    );
    let end = returned("Odd", &json!({}), &json!({"pages": big}));
    assert_eq!(end.metadata["toolResponse"], json!({"pages": big}));
}

#[test]
fn permission_is_asked_in_one_line() {
    let asked = |tool: &str, input: Value| match what(
        "PermissionRequest",
        json!({"tool_name": tool, "tool_input": input}),
    ) {
        What::PermissionAsked { title, .. } => title,
        other => panic!("not asked: {other:?}"),
    };
    assert_eq!(
        asked("Bash", json!({"command": "echo a\nb"})),
        "Permission to run: echo a"
    );
    let title = asked("Write", json!({"file_path": "/p/a.py"}));
    assert_eq!(title, "Permission to use Write: Write a.py");
}

fn id_of(hook: &str, fields: Value) -> String {
    match what(hook, fields) {
        What::CallStarted(call) | What::CallEnded { call, .. } => call.id.unwrap(),
        other => panic!("no call: {other:?}"),
    }
}

#[test]
fn calls_without_an_id_are_paired_by_equal_input() {
    let call = |input: &str| json!({"tool_name": "Bash", "tool_input": serde_json::from_str::<Value>(input).unwrap()});
    let id = id_of("PreToolUse", call(r#"{"command": "a", "timeout": 1}"#));
    assert!(id.starts_with("p-1:Bash:"), "{id}");
    assert_eq!(
        id,
        id_of("PostToolUse", call(r#"{"timeout": 1, "command": "a"}"#))
    );
    assert_ne!(
        id,
        id_of("PostToolUse", call(r#"{"command": "b", "timeout": 1}"#))
    );
    let mut elsewhere = call(r#"{"command": "a", "timeout": 1}"#);
    elsewhere["agent_id"] = json!("a-1");
    assert_ne!(id, id_of("PreToolUse", elsewhere));
}

#[test]
fn a_made_id_never_changes() {
    let input = json!({"timeout": 1, "command": "a"});
    let fields = json!({"tool_name": "Bash", "tool_input": input, "tool_use_id": ""});
    assert_eq!(id_of("PreToolUse", fields), "p-1:Bash:46ecc2c5cf2bda1b");
}
