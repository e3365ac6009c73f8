//! `OpenCode`: what its plugin posts, beyond what was recorded.

use agent_tracer_core::adapter::{Agent, PayloadError};
use agent_tracer_core::report::{AgentReport, CallEnd, ToolCall, What};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::vocabulary::{EventKind, ToolStatus};
use serde_json::{Value, json};

fn reports(payload: Value) -> Vec<AgentReport> {
    Agent::OpenCode.reports(None, payload).unwrap()
}

fn one(payload: Value) -> AgentReport {
    let mut reports = reports(payload);
    assert_eq!(reports.len(), 1, "{reports:?}");
    reports.remove(0)
}

fn event(kind: &str, properties: Value) -> Value {
    let mut properties = properties;
    properties["sessionID"] = "ses_1".into();
    let event = json!({"id": "evt_1", "type": kind, "properties": properties});
    json!({"hook": "event", "event": event})
}

fn part(fields: Value) -> Value {
    let mut part = json!({"id": "prt_1", "messageID": "msg_1", "sessionID": "ses_1"});
    let Value::Object(fields) = fields else {
        panic!("fields are an object")
    };
    part.as_object_mut().unwrap().extend(fields);
    event("message.part.updated", json!({"part": part}))
}

fn ended(tool: &str, state: &Value) -> (ToolCall, CallEnd) {
    let told = one(part(
        json!({"type": "tool", "tool": tool, "callID": "c", "state": state}),
    ));
    match told.what {
        What::CallEnded { call, end } => (call, end),
        other => panic!("no end: {other:?}"),
    }
}

fn failed(error: &str) -> ToolStatus {
    ended(
        "bash",
        &json!({"status": "error", "input": {}, "error": error}),
    )
    .1
    .status
}

#[test]
fn what_is_about_no_session_says_nothing() {
    for kind in [
        "plugin.added",
        "file.edited",
        "catalog.updated",
        "session.error",
    ] {
        let event = json!({"hook": "event", "event": {"type": kind, "properties": {}}});
        assert_eq!(reports(event), []);
    }
    assert_eq!(reports(json!({"hook": "init", "directory": "/p"})), []);
}

#[test]
fn what_should_be_of_a_session_and_is_not_is_refused() {
    for payload in [
        json!({}),
        json!({"hook": "chat.message", "input": {"sessionID": 7}}),
        json!({"hook": "event", "event": {"type": "message.updated", "properties": {}}}),
    ] {
        let refused = Agent::OpenCode.reports(None, payload).unwrap_err();
        assert!(matches!(refused, PayloadError::NoSession { .. }));
        assert!(refused.to_string().contains("sessionID"));
    }
}

#[test]
fn a_session_that_another_started_is_its_subagent() {
    let info = json!({
        "id": "ses_1", "parentID": "ses_0", "directory": "/p",
        "title": "Look around (@general subagent)",
    });
    let told = one(event("session.created", json!({"info": info})));
    let subagent = told.subagent.unwrap();
    assert_eq!(told.runtime_session_id, "ses_0");
    assert_eq!((&*subagent.id, subagent.has_session), ("ses_1", true));
    assert_eq!(subagent.agent_type.as_deref(), Some("general"));
    assert_eq!(told.workspace_path.as_deref(), Some("/p"));
    assert!(matches!(told.what, What::SubagentStarted { .. }));
}

#[test]
fn a_delegation_names_the_session_it_started() {
    let input = json!({"description": "Look around", "subagent_type": "general"});
    let state = json!({"status": "completed", "input": input, "output": "found",
        "metadata": {"sessionId": "ses_2"}});
    let started = ended("task", &state).1.started_subagent.unwrap();
    assert_eq!((&*started.id, started.has_session), ("ses_2", true));
    assert_eq!(started.description.as_deref(), Some("Look around"));
}

#[test]
fn a_call_fails_as_it_says() {
    assert_eq!(failed("File not found"), ToolStatus::Failed);
    assert_eq!(failed("Tool execution aborted"), ToolStatus::Interrupted);
    let refusals = [
        "The user rejected permission to use this specific tool call.",
        "The user has specified a rule which prevents you from using this",
    ];
    for refusal in refusals {
        assert_eq!(failed(refusal), ToolStatus::Refused);
    }
    let aborted = "<shell_metadata>\nUser aborted the command\n</shell_metadata>";
    let state = json!({"status": "completed", "output": aborted, "metadata": {"exit": null}});
    let end = ended("bash", &state).1;
    assert_eq!(end.status, ToolStatus::Interrupted);
    assert_eq!(end.metadata["error"], "User aborted the command");
}

#[test]
fn a_question_is_settled_by_its_answers() {
    let input = json!({"questions": [{"question": "Which?", "options": [{"label": "A"}]}]});
    let state = json!({"status": "completed", "input": input, "output": "answered",
        "metadata": {"answers": [["A"]]}});
    let (call, end) = ended("question", &state);
    assert_eq!(
        (call.kind, &*call.title),
        (EventKind::QuestionLogged, "Which?")
    );
    assert_eq!(call.metadata["questionId"], "c");
    assert_eq!(end.metadata["questionPhase"], "concluded");
    assert_eq!(end.metadata["answer"], "A");
}

#[test]
fn words_that_a_person_did_not_write_are_told_apart() {
    let prompt = |parts: Value| {
        let hook = json!({"hook": "chat.message", "input": {"sessionID": "ses_1"},
            "output": {"message": {"id": "msg_1"}, "parts": parts}});
        match one(hook).what {
            What::Prompted {
                text, by_person, ..
            } => (text, by_person),
            other => panic!("no prompt: {other:?}"),
        }
    };
    let own = json!({"type": "text", "text": "Look at this"});
    let added = json!({"type": "text", "text": "Called the Read tool", "synthetic": true});
    let file = json!({"type": "file", "filename": "a.png"});
    let said = |text: &str, by_person| (text.to_owned(), by_person);
    assert_eq!(prompt(json!([own, added])), said("Look at this", true));
    assert_eq!(prompt(json!([added])), said("Called the Read tool", false));
    assert_eq!(prompt(json!([file])), said("", true));
}

#[test]
fn a_part_is_told_when_it_is_whole() {
    let words = |time: Value| part(json!({"type": "text", "text": "Hi", "time": time}));
    assert_eq!(reports(words(json!({"start": 1}))), []);
    let told = one(words(json!({"start": 1, "end": 2})));
    assert_eq!(told.event_id.as_deref(), Some("prt_1"));
    assert_eq!(told.happened_at.map(Timestamp::as_millis), Some(1));
    let thought = one(part(
        json!({"type": "reasoning", "text": "Hm", "time": {"start": 1, "end": 2}}),
    ));
    match thought.what {
        What::Noted { kind, .. } => assert_eq!(kind, EventKind::ThoughtLogged),
        other => panic!("no thought: {other:?}"),
    }
}

#[test]
fn a_permission_comes_back_with_its_id() {
    let asked = one(event(
        "permission.asked",
        json!({"id": "per_1", "permission": "bash", "patterns": ["rm -r x"], "metadata": {},
            "tool": {"messageID": "msg_1", "callID": "c"}}),
    ));
    let What::PermissionRequested {
        request_id,
        title,
        metadata,
    } = asked.what
    else {
        panic!("no request")
    };
    assert_eq!(
        (&*request_id, &*title),
        ("per_1", "Permission to run: rm -r x")
    );
    assert_eq!(metadata["toolUseId"], "c");
    for (reply, granted) in [("once", true), ("always", true), ("reject", false)] {
        let replied = json!({"requestID": "per_1", "reply": reply});
        let What::PermissionAnswered {
            request_id,
            granted: answer,
            ..
        } = one(event("permission.replied", replied)).what
        else {
            panic!("no answer")
        };
        assert_eq!((&*request_id, answer), ("per_1", granted));
    }
}

#[test]
fn a_turn_that_failed_says_why() {
    let error = |name: &str| {
        let error = json!({"name": name, "data": {"message": "No more tokens"}});
        match one(event("session.error", json!({"error": error}))).what {
            What::TurnEnded { error, title, .. } => (error.unwrap(), title),
            other => panic!("no end: {other:?}"),
        }
    };
    assert_eq!(error("APIError").1, "Turn failed: No more tokens");
    assert_eq!(error("APIError").0, "No more tokens");
    let aborted = json!({"error": {"name": "MessageAbortedError", "data": {}}});
    let told = one(event("session.error", aborted)).what;
    assert!(matches!(told, What::Interrupted { .. }), "{told:?}");
    let retry = json!({"status": {"type": "retry", "attempt": 2, "message": "Overloaded"}});
    match one(event("session.status", retry)).what {
        What::Noted { title, .. } => assert_eq!(title, "Retry 2: Overloaded"),
        other => panic!("no note: {other:?}"),
    }
}

#[test]
fn what_the_plugin_lost_is_told() {
    let mut payload = event("session.idle", json!({}));
    payload["dropped"] = 3.into();
    let told = reports(payload);
    let [gap, turn] = &told[..] else {
        panic!("two reports: {told:?}")
    };
    match &gap.what {
        What::Noted {
            title, metadata, ..
        } => {
            assert!(title.starts_with("3 events lost here"), "{title}");
            assert_eq!(metadata["droppedEvents"], 3);
        }
        other => panic!("no note: {other:?}"),
    }
    assert!(matches!(turn.what, What::TurnEnded { .. }));
}

#[test]
fn what_nobody_knows_is_kept_raw() {
    for payload in [
        event("session.levitated", json!({"height": 3})),
        part(json!({"type": "hologram", "height": 3})),
    ] {
        match one(payload.clone()).what {
            What::Noted { metadata, .. } => assert_eq!(metadata["raw"], payload),
            other => panic!("no note: {other:?}"),
        }
    }
}
