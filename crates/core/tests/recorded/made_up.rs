//! What no recording has: made-up payloads, told like a recorded session. Their fields are those of
//! the agents' own schemas.

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::time::Timestamp;
use serde_json::{Value, json};

use crate::session::Line;
use crate::support::delivered;
use crate::told::story;

/// When the first hook call comes; each later one is a tenth of a second after the one before.
const BEGINNING: i64 = 1_795_000_000_000;

/// Checks what a list of hook calls becomes. Each has the fields that all have.
fn check(name: &str, agent: Agent, hooks: &[(&str, Value)]) {
    let lines: Vec<Line> = hooks
        .iter()
        .zip(0_i64..)
        .map(|((hook, fields), place)| line(agent, hook, fields, BEGINNING + place * 100))
        .collect();
    let told = story(&delivered(agent, &lines));
    insta::with_settings!({prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("{}__made-up__{name}", agent.source()), told);
    });
}

fn line(agent: Agent, hook: &str, fields: &Value, at: i64) -> Line {
    let time = Timestamp::from_millis(at).to_string();
    let mut payload = json!({"session_id": "s", "hook_event_name": hook, "cwd": "/w/app",
        "transcript_path": "/t.jsonl"});
    match agent {
        Agent::GeminiCli => payload["timestamp"] = time.as_str().into(),
        _ => payload["turn_id"] = "turn".into(),
    }
    let fields = fields.as_object().unwrap().clone();
    payload.as_object_mut().unwrap().extend(fields);
    Line {
        received_at: time,
        registered_for: hook.to_owned(),
        payload,
    }
}

/// A call's beginning, as Codex tells it.
fn call(id: &str, tool: &str, input: &Value) -> Value {
    json!({"tool_use_id": id, "tool_name": tool, "tool_input": input})
}

fn with(mut fields: Value, key: &str, value: impl Into<Value>) -> Value {
    fields[key] = value.into();
    fields
}

#[test]
fn subagents_of_codex_at_two_depths() {
    let of = |agent: &str, fields: Value| {
        let fields = with(fields, "agent_id", agent);
        with(fields, "agent_type", "worker")
    };
    let spawn = |id| call(id, "spawn_agent", &json!({"message": format!("do {id}")}));
    let spawned = |id, agent| {
        with(
            spawn(id),
            "tool_response",
            json!({"agent_id": agent}).to_string(),
        )
    };
    let wait = call("w", "multi_agent_v1wait_agent", &json!({"ids": ["a"]}));
    let run = call("k", "Bash", &json!({"command": "cargo test"}));
    check(
        "subagents",
        Agent::Codex,
        &[
            ("SessionStart", json!({"source": "startup", "model": "m"})),
            ("UserPromptSubmit", json!({"prompt": "Find and fix it"})),
            ("PreToolUse", spawn("one")),
            ("SubagentStart", of("a", json!({"turn_id": "t-a"}))),
            ("PostToolUse", spawned("one", "a")),
            (
                "UserPromptSubmit",
                of("a", json!({"prompt": "do one", "turn_id": "t-a"})),
            ),
            ("PreToolUse", of("a", spawn("two"))),
            ("PostToolUse", of("a", spawned("two", "b"))),
            ("SubagentStart", of("b", json!({"turn_id": "t-b"}))),
            ("PreToolUse", of("b", run.clone())),
            ("PostToolUse", of("b", with(run, "tool_response", "ok\n"))),
            (
                "SubagentStop",
                of(
                    "b",
                    json!({"turn_id": "t-b", "last_assistant_message": "two is done"}),
                ),
            ),
            ("PreToolUse", wait.clone()),
            (
                "SubagentStop",
                of(
                    "a",
                    json!({"turn_id": "t-a", "last_assistant_message": "one is done"}),
                ),
            ),
            (
                "PostToolUse",
                with(
                    wait,
                    "tool_response",
                    "{\"status\":{\"a\":{\"completed\":\"x\"}}}",
                ),
            ),
            ("Stop", json!({"last_assistant_message": "Fixed."})),
        ],
    );
}

#[test]
fn codex_asks_compacts_fails_and_is_interrupted() {
    let run = call("k", "Bash", &json!({"command": "rm x"}));
    let asked = json!({"tool_name": "Bash", "permission_mode": "default",
        "tool_input": {"command": "rm x", "description": "needs to write outside"}});
    let mcp = call("m", "mcp__orders__find_order", &json!({"query": "17"}));
    let found = json!({"content": [{"type": "text", "text": "order 17"}], "isError": false});
    let shell = call("h", "shell", &json!({"command": "x"}));
    let headed = "Exit code: 2\nWall time: 0 seconds\nOutput:\nno such thing\n";
    let plan = json!({"plan": [
        {"step": "Look", "status": "completed"}, {"step": "Fix", "status": "in_progress"},
    ]});
    check(
        "all-else",
        Agent::Codex,
        &[
            (
                "UserPromptSubmit",
                json!({"prompt": "Clean up", "model": "m"}),
            ),
            ("PreToolUse", run.clone()),
            ("PermissionRequest", asked),
            ("PostToolUse", with(run, "tool_response", "")),
            ("PreToolUse", mcp.clone()),
            ("PostToolUse", with(mcp, "tool_response", found)),
            ("PreToolUse", call("p", "update_plan", &plan)),
            (
                "PostToolUse",
                with(
                    call("p", "update_plan", &plan),
                    "tool_response",
                    "Plan updated",
                ),
            ),
            ("PreToolUse", shell.clone()),
            ("PostToolUse", with(shell, "tool_response", headed)),
            ("PreCompact", json!({"trigger": "auto"})),
            ("PostCompact", json!({"trigger": "auto"})),
            (
                "StopFailure",
                json!({"error": "rate_limit", "error_details": "try later"}),
            ),
            (
                "UserPromptSubmit",
                json!({"prompt": "Go on", "turn_id": "turn-2"}),
            ),
            (
                "PreToolUse",
                call("l", "Bash", &json!({"command": "sleep 99"})),
            ),
            ("Interrupt", json!({"turn_id": "turn-2"})),
            ("Sideways", json!({"turn_id": "turn-2", "angle": 90})),
        ],
    );
}

#[test]
fn a_thread_that_only_notify_tells_of_is_no_session() {
    let notify = json!({"type": "agent-turn-complete", "thread-id": "hidden", "turn-id": "t",
        "input-messages": ["Write a title"], "last-assistant-message": "A title"});
    let told = Agent::Codex
        .reports(Some("notify"), notify.clone())
        .unwrap();
    assert_eq!(told, []);
    assert_eq!(Agent::Codex.reports(None, notify).unwrap(), []);
    assert!(Agent::Codex.reports(Some("notify"), json!(["x"])).is_err());
}

/// A call's beginning, as Gemini tells it.
fn tool(name: &str, input: &Value) -> Value {
    json!({"tool_name": name, "tool_input": input})
}

fn permission(details: &Value) -> Value {
    json!({"notification_type": "ToolPermission", "message": "Tool requires confirmation",
        "details": details})
}

fn ended(call: Value, content: &str) -> Value {
    with(
        call,
        "tool_response",
        json!({"llmContent": content, "returnDisplay": ""}),
    )
}

#[test]
fn gemini_asks_for_permission_and_questions() {
    let run = tool(
        "run_shell_command",
        &json!({"command": "rm x", "description": "Remove x"}),
    );
    let edit = tool(
        "write_file",
        &json!({"file_path": "/w/app/a.rs", "content": "x"}),
    );
    let again = tool(
        "replace",
        &json!({"file_path": "/w/app/b.rs", "old_string": "x"}),
    );
    let mcp = with(
        tool("mcp_orders_find_order", &json!({"query": "17"})),
        "mcp_context",
        json!({"server_name": "orders", "tool_name": "find_order", "command": "orders"}),
    );
    let question = tool(
        "ask_user",
        &json!({"questions": [{"question": "Which one?",
        "options": [{"label": "This"}, {"label": "That"}]}]}),
    );
    let diff = "--- a.rs\tCurrent\n+++ a.rs\tProposed\n@@ -0,0 +1,1 @@\n+x\n";
    check(
        "permissions",
        Agent::GeminiCli,
        &[
            ("BeforeAgent", json!({"prompt": "Clean up"})),
            ("BeforeTool", run.clone()),
            (
                "Notification",
                permission(&json!({"type": "exec", "command": "rm x", "rootCommand": "rm"})),
            ),
            (
                "AfterTool",
                ended(run, "Output: (empty)\nProcess Group PGID: 4"),
            ),
            ("BeforeTool", edit.clone()),
            (
                "Notification",
                permission(&json!({"type": "edit", "title": "Confirm Write: a.rs",
            "filePath": "/w/app/a.rs", "fileName": "a.rs", "fileDiff": diff})),
            ),
            ("AfterTool", ended(edit, "Successfully wrote")),
            ("BeforeTool", mcp.clone()),
            (
                "Notification",
                permission(&json!({"type": "mcp", "serverName": "orders",
            "toolName": "find_order", "toolDisplayName": "find_order"})),
            ),
            (
                "AfterTool",
                with(
                    mcp,
                    "tool_response",
                    json!({"llmContent": [{"text": "order 17"}]}),
                ),
            ),
            ("BeforeTool", question.clone()),
            (
                "Notification",
                permission(&json!({"type": "ask_user", "title": "Ask User"})),
            ),
            ("AfterTool", ended(question, "User answered: This")),
            ("BeforeTool", again),
            (
                "Notification",
                permission(&json!({"type": "edit", "title": "Confirm Edit: b.rs",
            "filePath": "/w/app/b.rs"})),
            ),
            ("BeforeAgent", json!({"prompt": "Never mind"})),
            (
                "AfterAgent",
                json!({"prompt": "Never mind", "prompt_response": "[no response text]"}),
            ),
        ],
    );
}

#[test]
fn equal_calls_a_subagent_and_a_stopped_command_of_gemini() {
    let list = || tool("list_directory", &json!({"dir_path": "/w/app"}));
    let wait = tool("run_shell_command", &json!({"command": "sleep 99"}));
    let stopped = "Command was cancelled by user before it could complete. There was no output.";
    let agent = tool(
        "invoke_agent",
        &json!({"agent_name": "finder", "prompt": "Find the bug"}),
    );
    let done = tool("complete_task", &json!({"result": "It is in a.rs"}));
    check(
        "equal-calls",
        Agent::GeminiCli,
        &[
            ("SessionStart", json!({"source": "resume"})),
            ("BeforeAgent", json!({"prompt": "Look around"})),
            ("BeforeTool", list()),
            ("BeforeTool", list()),
            ("AfterTool", ended(list(), "a.rs")),
            ("AfterTool", ended(list(), "a.rs\nb.rs")),
            ("BeforeTool", agent.clone()),
            ("BeforeTool", list()),
            ("AfterTool", ended(list(), "c.rs")),
            ("BeforeTool", done.clone()),
            ("AfterTool", ended(done, "done")),
            ("AfterTool", ended(agent, "It is in a.rs")),
            ("PreCompress", json!({"trigger": "manual"})),
            ("BeforeTool", wait.clone()),
            ("AfterTool", ended(wait, stopped)),
            ("SessionEnd", json!({"reason": "prompt_input_exit"})),
            ("SessionEnd", json!({"reason": "prompt_input_exit"})),
            ("SessionEnd", json!({"reason": "exit"})),
        ],
    );
}
