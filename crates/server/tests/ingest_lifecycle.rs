//! Tasks and sessions: how they begin, end, and change by hand.

use serde_json::{Value, json};

use crate::support::{Host, text};

async fn status(host: &Host, task: &str) -> String {
    let view = host.read(&format!("/api/tasks/{task}?limit=1")).await;
    text(&view["task"]["status"])
}

async fn ensure(host: &Host, session: &str, parent: Option<&str>) -> Value {
    let request = json!({
        "runtimeSource": "claude-hook", "runtimeSessionId": session, "title": "Claude Code — w",
        "workspacePath": "/home/dev//w/", "parentTaskId": parent,
    });
    host.api("runtime-session-ensure", &request).await
}

async fn end(host: &Host, session: &str, more: Value) {
    let mut request = json!({ "runtimeSource": "claude-hook", "runtimeSessionId": session });
    let fields = request.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    assert_eq!(
        host.api("runtime-session-end", &request).await,
        json!({ "ok": true })
    );
}

#[tokio::test]
async fn a_task_starts_with_all_that_was_said_of_it() {
    let host = Host::start().await;
    host.task("parent").await;
    let request = json!({
        "taskId": "t", "title": " Fix  the Thing! ", "workspacePath": " /home//dev/w// ",
        "runtimeSource": "opencode", "summary": "S", "taskKind": "background",
        "parentTaskId": "parent", "parentSessionId": "free text", "backgroundTaskId": "b",
        "metadata": { "k": 1 },
    });
    let answer = host.api("task-start", &request).await;
    let task = &answer["task"];
    for (field, wanted) in [
        ("id", "t"),
        ("title", " Fix  the Thing! "),
        ("slug", "fix-the-thing"),
        ("displayTitle", "Fix the Thing!"),
        ("workspacePath", "/home/dev/w"),
        ("runtimeSource", "opencode"),
        ("taskKind", "background"),
        ("status", "running"),
        ("parentTaskId", "parent"),
        ("parentSessionId", "free text"),
        ("backgroundTaskId", "b"),
    ] {
        assert_eq!(task[field], wanted, "{field}");
    }
    let view = host.read("/api/tasks/t").await;
    let start = &view["timeline"][0];
    assert_eq!(start["kind"], "task.start");
    assert_eq!(start["body"], "S");
    assert_eq!(start["sessionId"], answer["sessionId"]);
    assert_eq!(start["metadata"], json!({ "k": 1, "filePaths": [] }));
    assert_eq!(view["sessions"][0]["summary"], "S");
}

#[tokio::test]
async fn a_task_without_an_id_gets_one() {
    let host = Host::start().await;
    let answer = host.api("task-start", &json!({ "title": "T" })).await;
    let id = text(&answer["task"]["id"]);
    assert_eq!(uuid::Uuid::parse_str(&id).unwrap().to_string(), id);
    let again = host.api("task-start", &json!({ "title": "T" })).await;
    assert_ne!(again["task"]["id"], answer["task"]["id"]);
}

#[tokio::test]
async fn completing_is_idempotent_and_ends_a_session_each_time() {
    let host = Host::start().await;
    host.task("t").await;
    host.task("t").await;
    let complete = json!({ "taskId": "t", "summary": "S" });
    let first = host.api("task-complete", &complete).await;
    assert_eq!(first["events"][0]["kind"], "task.complete");
    let second = host.api("task-complete", &complete).await;
    assert_eq!(second["events"], json!([]));
    assert_ne!(first["sessionId"], second["sessionId"]);
    let third = host.api("task-complete", &complete).await;
    assert_eq!(third.get("sessionId"), None, "none runs any more");
    let view = host.read("/api/tasks/t").await;
    for session in view["sessions"].as_array().unwrap() {
        assert_eq!(session["status"], "completed");
        assert_eq!(session["summary"], "S");
        assert!(session["endedAt"].is_string());
    }
}

#[tokio::test]
async fn an_ensured_session_is_found_again_until_it_ends() {
    let host = Host::start().await;
    let new = ensure(&host, "r", None).await;
    assert_eq!(
        (&new["taskCreated"], &new["sessionCreated"]),
        (&json!(true), &json!(true))
    );
    let again = ensure(&host, "r", None).await;
    assert_eq!(
        (&again["taskId"], &again["sessionId"]),
        (&new["taskId"], &new["sessionId"])
    );
    assert_eq!(
        (&again["taskCreated"], &again["sessionCreated"]),
        (&json!(false), &json!(false))
    );
    end(&host, "r", json!({ "completionReason": "explicit_exit" })).await;
    let resumed = ensure(&host, "r", None).await;
    assert_eq!(resumed["taskId"], new["taskId"]);
    assert_ne!(resumed["sessionId"], new["sessionId"]);
    let child = ensure(&host, "c", new["taskId"].as_str()).await;
    let view = host
        .read(&format!("/api/tasks/{}", text(&new["taskId"])))
        .await;
    assert_eq!(view["children"][0]["id"], child["taskId"]);
    assert_eq!(view["children"][0]["taskKind"], "background");
    assert_eq!(view["children"][0]["workspacePath"], "/home/dev/w");
}

#[tokio::test]
async fn an_agents_session_ends_as_it_says() {
    let host = Host::start().await;
    let done = json!({ "completeTask": true, "completionReason": "assistant_turn_complete" });
    let idle = json!({ "completionReason": "idle" });
    let exit = json!({ "completionReason": "explicit_exit" });
    for (name, ending, wanted) in [
        ("done", &done, "completed"),
        ("idle", &idle, "waiting"),
        ("exit", &exit, "running"),
    ] {
        let task = text(&ensure(&host, name, None).await["taskId"]);
        end(&host, name, ending.clone()).await;
        assert_eq!(status(&host, &task).await, wanted, "{name}");
    }
    let parent = ensure(&host, "parent", None).await;
    let child = ensure(&host, "child", parent["taskId"].as_str()).await;
    end(&host, "parent", done.clone()).await;
    assert_eq!(
        status(&host, &text(&parent["taskId"])).await,
        "waiting",
        "for its child"
    );
    ensure(&host, "parent", None).await;
    let mut both = done;
    both["backgroundCompletions"] = json!([child["taskId"], "unknown"]);
    end(&host, "parent", both).await;
    assert_eq!(status(&host, &text(&child["taskId"])).await, "completed");
    assert_eq!(status(&host, &text(&parent["taskId"])).await, "completed");
    end(&host, "nobody knows it", idle).await;
}

#[tokio::test]
async fn a_session_to_end_must_be_plain() {
    let host = Host::start().await;
    let first = host.task("t").await;
    host.task("t").await;
    let several = host
        .post("/api/session-end", &json!({ "taskId": "t" }))
        .await;
    assert_eq!(several.refused(400), "invalid_request");
    let named = json!({ "taskId": "t", "sessionId": first });
    let answer = host.api("session-end", &named).await;
    assert_eq!(answer["sessionId"], first);
    host.api("session-end", &json!({ "taskId": "t" })).await;
    let none = host
        .post("/api/session-end", &json!({ "taskId": "t" }))
        .await;
    assert_eq!(none.refused(400), "invalid_request");
}
