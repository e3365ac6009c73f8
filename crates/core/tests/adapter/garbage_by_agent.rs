//! Bad shapes, for each agent whose payloads name their session and hook like Claude Code's.

use agent_tracer_core::adapter::Agent;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::garbage::{any_json, one_of};

const CODEX: (Agent, &str, &str) = (
    Agent::Codex,
    "SessionStart SessionEnd UserPromptSubmit PreToolUse PostToolUse PermissionRequest PreCompact
     PostCompact SubagentStart SubagentStop Stop StopFailure Interrupt notify Other",
    "Bash apply_patch update_plan view_image web_search request_user_input spawn_agent
     multi_agent_v1wait_agent multi_agent_v send_input close_agent mcp__a__b Other",
);

const GEMINI: (Agent, &str, &str) = (
    Agent::GeminiCli,
    "SessionStart SessionEnd BeforeAgent AfterAgent BeforeModel AfterModel BeforeToolSelection
     BeforeTool AfterTool PreCompress Notification Other",
    "run_shell_command read_file glob grep_search list_directory google_web_search web_fetch
     replace write_file write_todos invoke_agent activate_skill ask_user exit_plan_mode Other",
);

const KEYS: &str = "
    cwd turn_id agent_id agent_type permission_mode transcript_path source reason prompt tool_input
    tool_use_id tool_response error message notification_type details type title command filePath
    serverName toolName fileDiff last_assistant_message trigger model llm_request prompt_response
    timestamp mcp_context server_name tool_name plan todos questions path file_path url pattern
    returnDisplay llmContent stop_hook_active agent_transcript_path";

const TEXTS: &[&str] = &[
    "*** Begin Patch\n*** Update File: é\n*** Move to:",
    "*** Add File: \n*** Delete File: /",
    "Exit code: é\nWall time: \nOutput:\n",
    "Exit code: 99999999999999999999\nWall time: 1\nOutput:\n",
    "<untrusted_context></untrusted_context>",
    "Output: é\nExit Code: 9é\nExit Code: 3",
    "{\"agent_id\":",
    "ToolPermission",
    "ask_user",
    "2026-13-45T00:00:00Z",
    "--- ",
];

fn any_value() -> impl Strategy<Value = Value> {
    let texts = prop::sample::select(TEXTS).prop_map(Value::from);
    let inside = |key: &'static str| {
        let texts = prop::sample::select(TEXTS);
        texts.prop_map(move |text| json!({ key: text }))
    };
    prop_oneof![
        4 => any_json(),
        2 => texts,
        1 => inside("command"),
        1 => inside("llmContent"),
        1 => inside("type"),
    ]
}

/// A payload of an agent, and the session that it names.
fn any_payload(
    (agent, hooks, tools): (Agent, &'static str, &'static str),
) -> impl Strategy<Value = (Agent, String, Value)> {
    let fields = prop::collection::btree_map(one_of(KEYS), any_value(), 0..12);
    let parts = (one_of(hooks), one_of(tools), fields, "[a-z0-9é-]{1,20}");
    parts.prop_map(move |(hook, tool, fields, session)| {
        let fields = fields
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value));
        let mut payload: Map<String, Value> = fields.collect();
        payload.insert("session_id".to_owned(), session.as_str().into());
        payload.insert("hook_event_name".to_owned(), hook.into());
        payload.insert("tool_name".to_owned(), tool.into());
        (agent, session, Value::Object(payload))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn any_object_with_a_session_is_understood(
        (agent, session, payload) in prop_oneof![any_payload(CODEX), any_payload(GEMINI)],
    ) {
        for report in agent.reports(None, payload).unwrap() {
            prop_assert_eq!(&report.runtime_session_id, &session);
            prop_assert!(!report.hook_event.is_empty());
        }
    }

    #[test]
    fn anything_else_is_refused_in_words(
        value in any_json(),
        agent in prop::sample::select(&[Agent::Codex, Agent::GeminiCli]),
    ) {
        if let Err(refused) = agent.reports(None, value) {
            let said = refused.to_string();
            prop_assert!(said.contains("JSON object") || said.contains("session_id"), "{}", said);
            prop_assert!(said.contains(agent.name()), "{}", said);
        }
    }
}

#[test]
fn megabytes_pass() {
    let large = "é\n".repeat(1 << 20);
    for (agent, hook, tool, input) in [
        (
            Agent::Codex,
            "PostToolUse",
            "apply_patch",
            json!({"command": large}),
        ),
        (
            Agent::Codex,
            "PostToolUse",
            "Bash",
            json!({"command": large}),
        ),
        (
            Agent::GeminiCli,
            "AfterTool",
            "run_shell_command",
            json!({"command": large}),
        ),
        (
            Agent::GeminiCli,
            "AfterTool",
            "write_file",
            json!({"content": large}),
        ),
    ] {
        let response = match agent {
            Agent::Codex => json!(large),
            _ => json!({"llmContent": large, "returnDisplay": {"fileDiff": large}}),
        };
        let payload = json!({"session_id": "s", "hook_event_name": hook, "tool_name": tool,
            "tool_input": input, "tool_response": response});
        let reports = agent.reports(None, payload).unwrap();
        assert_eq!(reports.len(), 1);
    }
}
