//! Hooks of runs, prompts, turns and to-dos.

use crate::support::{noted, payload, what};
use agent_tracer_core::adapter::PayloadError;
use agent_tracer_core::adapter::claude_code::{AGENT_NAME, SOURCE, report};
use agent_tracer_core::report::What;
use agent_tracer_core::vocabulary::{EventKind, Lane, TodoState};
use serde_json::json;

#[test]
fn only_what_belongs_to_no_session_is_refused() {
    let no_session = Err(PayloadError::NoSession {
        agent: AGENT_NAME,
        field: "session_id",
    });
    assert_eq!(
        report(None, json!([1])),
        Err(PayloadError::NotAnObject {
            agent: AGENT_NAME,
            found: "an array"
        })
    );
    for nameless in [
        json!({}),
        json!({"session_id": 7}),
        json!({"session_id": " "}),
    ] {
        let refused = report(None, nameless);
        assert_eq!(refused, no_session);
        let message = refused.unwrap_err().to_string();
        assert!(message.contains("session_id") && message.contains(AGENT_NAME));
    }
}

#[test]
fn the_hook_that_it_was_registered_for_names_a_payload_that_does_not() {
    let nameless = json!({"session_id": "s"});
    let named = report(Some("SessionStart"), nameless.clone()).unwrap();
    assert_eq!(named.hook_event, "SessionStart");
    assert!(matches!(named.what, What::SessionStarted { .. }));
    assert_eq!(report(None, nameless).unwrap().hook_event, "unknown");
    let itself = report(Some("SessionStart"), payload("Stop", json!({}))).unwrap();
    assert_eq!(itself.hook_event, "Stop", "the payload's own word wins");
}

#[test]
fn a_report_says_whose_it_is() {
    let fields = json!({"agent_id": "a-1", "agent_type": "Explore", "tool_name": "LS"});
    let report = report(None, payload("PreToolUse", fields)).unwrap();
    assert_eq!(
        (report.source.as_str(), report.agent_name.as_str()),
        (SOURCE, AGENT_NAME)
    );
    assert_eq!(report.runtime_session_id, "s-1");
    assert_eq!(report.workspace_path.as_deref(), Some("/p"));
    assert_eq!(report.prompt_id.as_deref(), Some("p-1"));
    assert_eq!(report.hook_event, "PreToolUse");
    let subagent = report.subagent.unwrap();
    assert_eq!(
        (subagent.id.as_str(), subagent.agent_type.as_deref()),
        ("a-1", Some("Explore"))
    );
}

#[test]
fn runs_begin_and_end() {
    let What::SessionStarted { how, metadata } = what("SessionStart", json!({"model": "m"})) else {
        panic!("no start")
    };
    assert_eq!((how.as_str(), &metadata["model"]), ("startup", &json!("m")));
    assert_eq!(metadata["transcriptPath"], json!("/t.jsonl"));
    let What::SessionEnded { reason, .. } = what("SessionEnd", json!({"reason": "clear"})) else {
        panic!("no end")
    };
    assert_eq!(reason, "clear");
}

#[test]
fn compaction_is_no_new_run() {
    let (kind, lane, title, _, metadata) = noted("SessionStart", json!({"source": "compact"}));
    assert_eq!((kind, lane), (EventKind::ContextSaved, Lane::Planning));
    assert_eq!(title, "Context compacted");
    assert_eq!(
        metadata,
        json!({"compactEvent": true, "compactPhase": "session-start"})
    );

    let (_, _, title, _, metadata) = noted("PreCompact", json!({"trigger": "auto"}));
    assert_eq!(title, "Compacting the context (auto)");
    assert_eq!(
        metadata,
        json!({"compactEvent": true, "compactPhase": "before", "trigger": "auto"})
    );

    let (_, _, title, body, metadata) = noted(
        "PostCompact",
        json!({"trigger": "manual", "compact_summary": "It was long."}),
    );
    assert_eq!(title, "Context compacted (manual)");
    assert_eq!(
        (body.as_deref(), &metadata["compactPhase"]),
        (Some("It was long."), &json!("after"))
    );
}

#[test]
fn the_helper_of_a_compaction_is_no_subagent() {
    let fields = json!({"agent_id": "a-1", "agent_type": "", "last_assistant_message": "Done."});
    let stopped = report(None, payload("SubagentStop", fields.clone())).unwrap();
    assert_eq!(stopped.subagent, None);
    let (kind, lane, title, body, metadata) = noted("SubagentStop", fields.clone());
    assert_eq!(
        (kind, lane),
        (EventKind::AgentActivityLogged, Lane::Coordination)
    );
    assert_eq!(
        (title.as_str(), body.as_deref()),
        ("Helper agent finished", Some("Done."))
    );
    assert_eq!(metadata["helperAgentId"], json!("a-1"));
    assert_eq!(noted("SubagentStart", fields).2, "Helper agent started");
}

#[test]
fn subagents_begin_and_end() {
    let fields = json!({"agent_id": "a-1", "agent_type": "Explore", "last_assistant_message": "x"});
    assert!(matches!(
        what("SubagentStart", fields.clone()),
        What::SubagentStarted { .. }
    ));
    let What::SubagentEnded { text, .. } = what("SubagentStop", fields) else {
        panic!("no end")
    };
    assert_eq!(text.as_deref(), Some("x"));
}

#[test]
fn prompts_are_a_persons_or_the_programs() {
    let prompt = |text: &str| match what("UserPromptSubmit", json!({"prompt": text})) {
        What::Prompted {
            by_person,
            title,
            metadata,
            ..
        } => (by_person, title, metadata),
        other => panic!("no prompt: {other:?}"),
    };
    assert_eq!(prompt("\n  Do it\nnow").1, "Do it");
    assert_eq!(
        prompt("\n  Do it\nnow").2["permissionMode"],
        json!("default")
    );
    assert_eq!(prompt("").1, "Empty prompt");
    assert!(prompt("about <task-notification>").0);

    let (by_person, title, metadata) = prompt(
        "\n<task-notification><task-id>a</task-id><status>completed</status>\
         <summary>It ended</summary><result>see <summary>this</summary>, </result>.</result>\
         </task-notification>",
    );
    assert_eq!((by_person, title.as_str()), (false, "It ended"));
    assert_eq!(
        metadata["taskNotification"],
        json!({"taskId": "a", "status": "completed",
            "result": "see <summary>this</summary>, </result>."})
    );
    assert_eq!(prompt("<task-notification>").1, "Background task reported");
}

#[test]
fn turns_end_well_or_badly() {
    let tasks = json!([{"id": "a"}]);
    let fields = json!({"last_assistant_message": "Done.\nMore.", "background_tasks": tasks});
    let What::TurnEnded {
        text,
        error,
        title,
        metadata,
    } = what("Stop", fields)
    else {
        panic!("no end")
    };
    assert_eq!(
        (text.as_deref(), error, title.as_str()),
        (Some("Done.\nMore."), None, "Done.")
    );
    assert_eq!(metadata["backgroundTasks"], tasks);

    let fields = json!({"error": "rate_limit", "error_details": "Wait."});
    let What::TurnEnded {
        error,
        title,
        metadata,
        ..
    } = what("StopFailure", fields)
    else {
        panic!("no end")
    };
    assert_eq!(
        (error.as_deref(), title.as_str()),
        (Some("rate_limit"), "Turn failed: rate limit")
    );
    assert_eq!(metadata["errorDetails"], json!("Wait."));
}

#[test]
fn todos_move() {
    let moved = |hook: &str| {
        let fields = json!({"task_id": 3, "task_subject": "Test it"});
        match what(hook, fields) {
            What::TodoMoved {
                todo_id,
                state,
                title,
                ..
            } => (todo_id, state, title),
            other => panic!("no move: {other:?}"),
        }
    };
    let expected = |state| ("3".to_owned(), state, "Test it".to_owned());
    assert_eq!(moved("TaskCreated"), expected(TodoState::Added));
    assert_eq!(moved("TaskCompleted"), expected(TodoState::Completed));
    assert_eq!(noted("TaskCreated", json!({})).1, Lane::Todos);
}
