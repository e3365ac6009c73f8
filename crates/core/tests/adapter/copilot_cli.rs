//! GitHub Copilot CLI: what its hooks get, beyond what was recorded.

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::report::{AgentReport, CallEnd, What};
use agent_tracer_core::vocabulary::{EventKind, Lane, ToolStatus};
use serde_json::{Value, json};

fn reports(hook: &str, fields: Value) -> Vec<AgentReport> {
    let mut payload = json!({"sessionId": "s", "timestamp": 1_795_478_255_005_i64, "cwd": "/p"});
    let Value::Object(fields) = fields else {
        panic!("fields are an object")
    };
    payload.as_object_mut().unwrap().extend(fields);
    Agent::CopilotCli.reports(Some(hook), payload).unwrap()
}

fn one(hook: &str, fields: Value) -> AgentReport {
    let mut reports = reports(hook, fields);
    assert_eq!(reports.len(), 1, "{reports:?}");
    reports.remove(0)
}

fn returned(result: &Value) -> CallEnd {
    let fields = json!({"toolName": "bash", "toolArgs": {"command": "x"}, "toolResult": result});
    match one("postToolUse", fields).what {
        What::CallEnded { end, .. } => end,
        other => panic!("no end: {other:?}"),
    }
}

#[test]
fn both_shapes_of_a_payload_say_the_same() {
    let camel = json!({
        "sessionId": "s", "timestamp": 1_795_478_255_005_i64, "cwd": "/p", "toolName": "bash",
        "toolArgs": {"command": "make"},
        "toolResult": {"resultType": "success", "textResultForLlm": "ok\n<exited with exit code 2>"},
    });
    let snake = json!({
        "session_id": "s", "timestamp": "2026-11-23T23:57:35.005Z", "cwd": "/p",
        "hook_event_name": "PostToolUse", "tool_name": "Bash",
        "tool_input": "{\"command\": \"make\"}",
        "tool_result": {"result_type": "success",
            "text_result_for_llm": "ok\n<exited with exit code 2>"},
    });
    let told = |event: Option<&str>, payload: Value| {
        let mut reports = Agent::CopilotCli.reports(event, payload).unwrap();
        let report = reports.remove(0);
        let What::CallEnded { call, end } = report.what else {
            panic!("no end")
        };
        let (id, at) = (report.runtime_session_id, report.happened_at);
        (id, at, call.kind, call.input, call.body, end)
    };
    let camel = told(Some("postToolUse"), camel);
    assert_eq!(camel.5.status, ToolStatus::Failed);
    assert_eq!(camel.5.metadata["exitCode"], 2);
    assert_eq!(told(None, snake), camel);
}

#[test]
fn a_result_says_how_a_call_ended() {
    let of = |kind: &str| {
        let end = returned(&json!({"resultType": kind, "textResultForLlm": "why"}));
        (end.status, end.metadata.get("failed").is_some())
    };
    assert_eq!(of("success"), (ToolStatus::Completed, false));
    assert_eq!(of("failure"), (ToolStatus::Failed, true));
    assert_eq!(of("denied"), (ToolStatus::Refused, false));
    let more = returned(&json!({"textResultForLlm": "x", "sessionLog": "y"}));
    assert_eq!(more.metadata["toolResponse"], json!({"sessionLog": "y"}));
}

#[test]
fn a_check_of_permissions_asks_nobody() {
    let bash = json!({"toolName": "bash", "toolInput": {"command": "make"}});
    assert_eq!(reports("permissionRequest", bash), []);
    let diff = json!({"toolName": "edit", "toolInput": {"file_path": "/p/a", "diff": "\n--- a"}});
    let shown = What::ChangeShown {
        path: "/p/a".to_owned(),
        diff: "--- a".to_owned(),
    };
    assert_eq!(one("permissionRequest", diff).what, shown);
}

#[test]
fn a_notification_may_ask() {
    let notified = |kind: &str| {
        let fields = json!({"hook_event_name": "Notification", "message": "Run make?",
            "notification_type": kind});
        one("notification", fields).what
    };
    match notified("permission_prompt") {
        What::PermissionAsked {
            tool_name, title, ..
        } => assert_eq!((&*tool_name, &*title), ("", "Run make?")),
        other => panic!("asks nothing: {other:?}"),
    }
    for (kind, lane) in [
        ("elicitation_dialog", Lane::Questions),
        ("shell_completed", Lane::Coordination),
    ] {
        match notified(kind) {
            What::Noted { lane: told, .. } => assert_eq!(told, lane),
            other => panic!("no note: {other:?}"),
        }
    }
}

#[test]
fn a_turn_s_end_says_where_the_transcript_lies() {
    let told = reports(
        "agentStop",
        json!({"transcriptPath": "/t.jsonl", "stopReason": "end_turn"}),
    );
    let [run, turn] = &told[..] else {
        panic!("two reports: {told:?}")
    };
    match &run.what {
        What::RunDescribed { metadata } => assert_eq!(metadata["transcriptPath"], "/t.jsonl"),
        other => panic!("nothing of the run: {other:?}"),
    }
    assert!(matches!(turn.what, What::TurnEnded { text: None, .. }));
    assert_ne!(run.event_id, turn.event_id);
}

#[test]
fn a_subagent_works_under_an_id_of_its_own() {
    let call = json!({"sessionId": "a", "agentId": "a", "parentAgentId": "s", "toolName": "view"});
    let told = one("preToolUse", call);
    let subagent = told.subagent.unwrap();
    assert_eq!(told.runtime_session_id, "s");
    assert_eq!((&*subagent.id, subagent.has_session), ("a", true));
    let start = json!({"agentId": "a", "agentName": "explore"});
    let told = one("subagentStart", start);
    assert_eq!(told.runtime_session_id, "s");
    assert_eq!(
        told.subagent.unwrap().agent_type.as_deref(),
        Some("explore")
    );
    let nameless = one("subagentStart", json!({"agentName": "explore"}));
    assert_eq!(nameless.subagent, None);
    match nameless.what {
        What::Noted { title, kind, .. } => assert_eq!(
            (&*title, kind),
            ("Subagent started: explore", EventKind::AgentActivityLogged)
        ),
        other => panic!("no note: {other:?}"),
    }
}

#[test]
fn the_same_moment_is_the_same_event() {
    let id = |fields: Value| one("userPromptSubmitted", fields).event_id;
    let said = |text: &str| json!({"prompt": text});
    assert!(id(said("a")).is_some());
    assert_eq!(id(said("a")), id(said("a")));
    assert_ne!(id(said("a")), id(said("b")));
    assert_ne!(id(said("a")), id(json!({"prompt": "a", "timestamp": 7})));
    assert_eq!(id(json!({"prompt": "a", "timestamp": null})), None);
}

#[test]
fn errors_and_compaction_are_noted() {
    let error = json!({"error": {"message": "No answer", "name": "Error"}, "recoverable": true});
    match one("errorOccurred", error).what {
        What::Noted {
            title, metadata, ..
        } => assert_eq!(
            (&*title, &metadata["recoverable"]),
            ("Error: No answer", &json!(true))
        ),
        other => panic!("no note: {other:?}"),
    }
    match one("preCompact", json!({"trigger": "auto"})).what {
        What::Noted { title, .. } => assert_eq!(title, "Compacting the context (auto)"),
        other => panic!("no note: {other:?}"),
    }
}

#[test]
fn what_nobody_knows_is_kept_raw() {
    match one("levitated", json!({"height": 3})).what {
        What::Noted { metadata, .. } => assert_eq!(metadata["raw"]["height"], 3),
        other => panic!("no note: {other:?}"),
    }
}
