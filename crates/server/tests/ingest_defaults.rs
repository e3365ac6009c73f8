//! What the server fills in, and what it leaves alone.

use serde_json::{Value, json};

use crate::support::{Host, text};

/// The one event that a request stored.
async fn logged(host: &Host, route: &str, request: Value) -> Value {
    let mut request = request;
    request["taskId"] = "t".into();
    let answer = host.api(route, &request).await;
    let id = text(&answer["events"][0]["id"]);
    host.read(&format!("/api/events/{id}")).await["event"].clone()
}

#[tokio::test]
async fn a_lane_of_the_callers_choice_is_kept() {
    let host = Host::start().await;
    host.task("t").await;
    let lanes = [
        "user",
        "exploration",
        "planning",
        "implementation",
        "questions",
        "todos",
        "background",
        "coordination",
    ];
    for lane in lanes {
        for (route, mut request) in [
            ("tool-used", json!({ "toolName": "x" })),
            ("terminal-command", json!({ "command": "x" })),
            ("save-context", json!({ "title": "x" })),
            ("explore", json!({ "toolName": "x", "title": "x" })),
            ("agent-activity", json!({ "activityType": "search" })),
        ] {
            request["lane"] = lane.into();
            assert_eq!(logged(&host, route, request).await["lane"], lane, "{route}");
        }
    }
    let foreign = json!({ "activityType": "search", "lane": "telemetry" });
    assert_eq!(
        logged(&host, "agent-activity", foreign).await["lane"],
        "user"
    );
}

#[tokio::test]
async fn the_action_registry_chooses_the_lane_of_an_action() {
    let host = Host::start().await;
    host.task("t").await;
    for (action, lane, score) in [
        ("readFile", "exploration", Some(4)),
        ("design the thing", "planning", Some(4)),
        ("fix it", "implementation", Some(4)),
        ("what lint says", "implementation", Some(3)),
        ("dance", "implementation", None),
    ] {
        let event = logged(&host, "action", json!({ "action": action })).await;
        assert_eq!(event["lane"], lane, "{action}");
        let matches = event["classification"]["matches"].as_array().unwrap();
        assert_eq!(matches.is_empty(), score.is_none(), "{action}");
        if let Some(found) = matches.first() {
            assert_eq!(found["ruleId"], "action-registry");
            assert_eq!(found["source"], "action-registry");
            assert!(found["score"].as_u64() >= score, "{action}: {found}");
        }
    }
}

#[tokio::test]
async fn titles_have_defaults() {
    let host = Host::start().await;
    host.task("t").await;
    for (activity, title) in [
        ("agent_step", "Agent step"),
        ("mcp_call", "MCP call"),
        ("skill_use", "Skill use"),
        ("delegation", "Delegation"),
        ("handoff", "Handoff"),
        ("bookmark", "Bookmark"),
        ("search", "Search"),
    ] {
        let request = json!({ "activityType": activity });
        assert_eq!(
            logged(&host, "agent-activity", request).await["title"],
            title
        );
    }
    for status in [
        "pending",
        "running",
        "completed",
        "error",
        "cancelled",
        "interrupt",
    ] {
        let request = json!({ "asyncTaskId": "a", "asyncStatus": status });
        let event = logged(&host, "async-task", request).await;
        assert_eq!(event["title"], format!("Async task {status}"));
    }
    let blank = logged(
        &host,
        "tool-used",
        json!({ "toolName": "Edit", "title": "  " }),
    )
    .await;
    assert_eq!(blank["title"], "Edit");
}

#[tokio::test]
async fn a_result_is_read_as_a_status() {
    let host = Host::start().await;
    host.task("t").await;
    for (result, status, wanted) in [
        ("All PASSED", None, "pass"),
        ("ok", None, "pass"),
        ("success", None, "pass"),
        ("it failed", None, "fail"),
        ("an error", None, "fail"),
        ("2 warnings", None, "warn"),
        (" Unclear ", None, "unclear"),
        ("it failed", Some("pass"), "pass"),
    ] {
        let mut request = json!({ "action": "x", "result": result });
        request["status"] = status.into();
        let event = logged(&host, "verify", request).await;
        assert_eq!(event["metadata"]["verificationStatus"], wanted, "{result}");
    }
}

#[tokio::test]
async fn the_first_raw_message_is_initial_and_the_rest_follow_up() {
    let host = Host::start().await;
    let session = host.task("t").await;
    let message = |mode: &str, more: Value| {
        let mut message = json!({
            "sessionId": session, "messageId": "m", "source": "s", "title": "x",
            "captureMode": mode, "sourceEventId": "e",
        });
        let fields = message.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        message
    };
    for (mode, more, phase) in [
        ("derived", json!({}), "initial"),
        ("raw", json!({}), "initial"),
        ("raw", json!({}), "follow_up"),
        (
            "raw",
            json!({ "phase": "initial", "contractVersion": "2" }),
            "initial",
        ),
    ] {
        let event = logged(&host, "user-message", message(mode, more)).await;
        assert_eq!(event["metadata"]["phase"], phase);
        assert_eq!(event["metadata"]["sourceEventId"], "e");
    }
    let events = host.events("t").await;
    assert_eq!(
        events.len(),
        4,
        "a message id repeated is not a message repeated"
    );
    assert_eq!(events[3]["metadata"]["contractVersion"], "2");
}

#[tokio::test]
async fn an_event_belongs_to_the_newest_running_session_unless_it_names_one() {
    let host = Host::start().await;
    let first = host.task("t").await;
    let second = host.task("t").await;
    let note = |session: Option<&str>| json!({ "title": "x", "sessionId": session });
    let event = logged(&host, "thought", note(None)).await;
    assert_eq!(event["sessionId"], second);
    let event = logged(&host, "thought", note(Some(&first))).await;
    assert_eq!(event["sessionId"], first);
    for _ in 0..2 {
        host.api("task-complete", &json!({ "taskId": "t" })).await;
    }
    let event = logged(&host, "thought", note(None)).await;
    assert_eq!(event.get("sessionId"), None, "no session runs");
}

#[tokio::test]
async fn unknown_fields_are_dropped_and_null_is_absent() {
    let host = Host::start().await;
    host.task("t").await;
    let request = json!({
        "toolName": "x", "made": "up", "lane": null, "body": null, "filePaths": null,
        "metadata": null, "relatedEventIds": null,
    });
    let event = logged(&host, "tool-used", request).await;
    assert_eq!(event.get("body"), None);
    assert_eq!(
        event["metadata"],
        json!({ "toolName": "x", "filePaths": [] })
    );
}

#[tokio::test]
async fn texts_are_stored_as_they_came() {
    let host = Host::start().await;
    host.task("t").await;
    let odd = " \u{0}\u{1f}\u{7f}\t\r\n\"\\ é 漢 🦀 \u{202e} </script> ";
    let request = json!({ "title": odd, "body": odd, "metadata": { odd: [odd, 1.5, -3, null] } });
    let event = logged(&host, "save-context", request).await;
    assert_eq!(event["title"], odd);
    assert_eq!(event["body"], odd);
    assert_eq!(event["metadata"][odd], json!([odd, 1.5, -3, null]));
}
