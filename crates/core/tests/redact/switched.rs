//! What stays of a payload when prompts or tool output are switched off.

use agent_tracer_core::redact::Policy;
use serde_json::{Value, json};

use crate::support::{read, with};

const NO_PROMPTS: &str = "[not kept: prompts are switched off]";
const NO_OUTPUT: &str = "[not kept: tool output is switched off]";

fn without_prompts(body: Value) -> Value {
    with(
        Policy {
            prompts: false,
            ..Policy::default()
        },
        body,
    )
}

fn without_output(body: Value) -> Value {
    with(
        Policy {
            tool_output: false,
            ..Policy::default()
        },
        body,
    )
}

#[test]
fn prompts_of_every_agent_go_and_their_places_stay() {
    let body = json!({
        "session_id": "s", "cwd": "/home/dev/my project", "prompt": "a secret plan",
        "initialPrompt": "go", "input-messages": ["a", "b"], "last-assistant-message": "done it",
        "llm_request": { "model": "m", "messages": [{ "role": "user", "content": "hello you" }] },
        "tool_input": { "prompt": "look there", "description": "Look" },
        "part": { "type": "text", "text": "hi" },
        "tool_response": "some output",
        "unknown_text": "more than a word",
    });
    let expected = json!({
        "session_id": "s", "cwd": "/home/dev/my project", "prompt": NO_PROMPTS,
        "initialPrompt": NO_PROMPTS, "input-messages": [NO_PROMPTS, NO_PROMPTS],
        "last-assistant-message": "done it",
        "llm_request": { "model": "m", "messages": [{ "role": "user", "content": NO_PROMPTS }] },
        "tool_input": { "prompt": NO_PROMPTS, "description": "Look" },
        "part": { "type": "text", "text": NO_PROMPTS },
        "tool_response": "some output",
        "unknown_text": NO_PROMPTS,
    });
    assert_eq!(without_prompts(body), expected);
}

#[test]
fn output_goes_with_the_files_that_tools_write() {
    let body = json!({
        "prompt": "my plan",
        "tool_input": {
            "file_path": "/a b/c.rs", "content": "x", "old_string": "y", "edits": [{ "new_string": "z" }],
            "command": "cat > f <<EOF\nbody\nEOF", "todos": [{ "content": "Write it", "status": "pending" }],
        },
        "tool_response": {
            "type": "create", "filePath": "/a/c.rs", "stdout": "s", "exit": 1, "interrupted": false,
            "items": [{ "name": "n" }],
        },
        "duration_ms": 12,
    });
    let expected = json!({
        "prompt": "my plan",
        "tool_input": {
            "file_path": "/a b/c.rs", "content": NO_OUTPUT, "old_string": NO_OUTPUT,
            "edits": [{ "new_string": NO_OUTPUT }],
            "command": format!("cat > f <<EOF\n{NO_OUTPUT}"),
            "todos": [{ "content": "Write it", "status": "pending" }],
        },
        "tool_response": {
            "type": "create", "filePath": "/a/c.rs", "stdout": NO_OUTPUT, "exit": 1, "interrupted": false,
            "items": [{ "name": NO_OUTPUT }],
        },
        "duration_ms": 12,
    });
    assert_eq!(without_output(body), expected);
}

#[test]
fn a_patch_keeps_the_names_of_its_files() {
    let patch = "*** Begin Patch\n*** Update File: a.py\n@@\n-x\n+y\n*** End Patch";
    let kept = format!("*** Begin Patch\n*** Update File: a.py\n*** End Patch\n{NO_OUTPUT}");
    let found = without_output(json!({ "tool_input": { "command": patch } }));
    assert_eq!(found, json!({ "tool_input": { "command": kept } }));
}

#[test]
fn how_a_call_ended_stays_known() {
    for (text, expected) in [
        ("Exit code 2\nno such file", "Exit code 2\nMARK"),
        (
            "Exit code: 1\nWall time: 0 seconds\nOutput:\nsaid",
            "Exit code: 1\nWall time: 0 seconds\nOutput:\nMARK",
        ),
        (
            "a\n<shellId: 0 completed with exit code 0>",
            "MARK\n<shellId: 0 completed with exit code 0>",
        ),
        (
            "<untrusted_context>\nOutput: x\nExit Code: 3\n</untrusted_context>",
            "MARK\nExit Code: 3",
        ),
        (
            "<tool_use_error>no</tool_use_error>",
            "<tool_use_error>\nMARK",
        ),
        (
            "Command was cancelled by user. So far: x",
            "Command was cancelled by user\nMARK",
        ),
        ("plain", "MARK"),
    ] {
        let found = without_output(json!({ "error": text }));
        assert_eq!(
            found,
            json!({ "error": expected.replace("MARK", NO_OUTPUT) })
        );
        assert_eq!(without_output(found.clone()), found);
    }
}

#[test]
fn a_notification_is_no_prompt_but_holds_output() {
    let text = "<task-notification>\n<task-id>a1</task-id>\n<result>found it</result>\n</task-notification>";
    assert_eq!(without_prompts(json!({ "prompt": text }))["prompt"], text);
    let cut = format!(
        "<task-notification>\n<task-id>a1</task-id>\n<result>{NO_OUTPUT}</result></task-notification>"
    );
    assert_eq!(without_output(json!({ "prompt": text }))["prompt"], cut);
}

/// Every text of the recordings that is a prompt or comes from a tool is gone, wherever it is
/// repeated in a payload; and doing it twice is doing it once.
#[test]
fn nothing_of_a_recording_gets_past_the_switches() {
    let policy = Policy {
        prompts: false,
        tool_output: false,
        ..Policy::default()
    };
    let recording = read("fixtures/claude-code/first-edit.jsonl");
    let gone = [
        "shouts the greeting, and",
        "def greet",
        "return 'Hello",
        "Ran 1 test",
        "HELLO",
    ];
    for line in recording.split('\n').filter(|line| !line.is_empty()) {
        let recorded: Value = serde_json::from_str(line).unwrap();
        let payload = recorded["payload"].clone();
        let kept = with(policy.clone(), payload.clone());
        for text in gone {
            assert!(!kept.to_string().contains(text), "{text} in {kept}");
        }
        for key in [
            "session_id",
            "cwd",
            "hook_event_name",
            "tool_name",
            "tool_use_id",
            "prompt_id",
        ] {
            assert_eq!(kept.get(key), payload.get(key));
        }
        assert_eq!(with(policy.clone(), kept.clone()), kept);
    }
}
