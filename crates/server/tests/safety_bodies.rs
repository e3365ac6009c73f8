//! Bodies: too large, too broken, and however they arrive.

use serde_json::{Value, json};

use crate::support::{Connection, Host, Request};

const INGEST_BYTES_MAX: usize = 16 << 20;
const OTHER_BYTES_MAX: usize = 1 << 20;

/// JSON of exactly this many bytes.
fn sized(mut object: Value, bytes: usize) -> Vec<u8> {
    object["pad"] = "".into();
    let missing = bytes - object.to_string().len();
    object["pad"] = "x".repeat(missing).into();
    let body = object.to_string().into_bytes();
    assert_eq!(body.len(), bytes);
    body
}

#[tokio::test]
async fn what_agents_send_may_be_large_but_not_larger() {
    let host = Host::start().await;
    host.task("t").await;
    let thought = json!({ "taskId": "t", "title": "x" });
    let hook = json!({ "session_id": "s", "hook_event_name": "Notification" });
    for (path, object) in [("/api/thought", thought), ("/hooks/claude-code", hook)] {
        let post = |bytes| Request::new("POST", path).body(sized(object.clone(), bytes));
        host.send(post(INGEST_BYTES_MAX)).await.ok();
        let refused = host.send(post(INGEST_BYTES_MAX + 1)).await;
        assert_eq!(refused.refused(413), "body_too_large", "{path}");
        let refused = host.send(post(INGEST_BYTES_MAX + 1).chunked()).await;
        assert_eq!(refused.refused(413), "body_too_large", "{path} in chunks");
    }
    host.read("/health").await;
}

#[tokio::test]
async fn what_people_send_is_smaller() {
    let host = Host::start().await;
    host.task("t").await;
    let logged = host
        .api("thought", &json!({ "taskId": "t", "title": "x" }))
        .await;
    let event = format!(
        "/api/events/{}",
        logged["events"][0]["id"].as_str().unwrap()
    );
    for (method, path, object) in [
        ("POST", "/api/bookmarks", json!({ "taskId": "t" })),
        ("PATCH", "/api/tasks/t", json!({ "title": "x" })),
        ("PATCH", &event, json!({ "displayTitle": "x" })),
    ] {
        let send = |bytes| Request::new(method, path).body(sized(object.clone(), bytes));
        host.send(send(OTHER_BYTES_MAX)).await.ok();
        let refused = host.send(send(OTHER_BYTES_MAX + 1)).await;
        assert_eq!(refused.refused(413), "body_too_large", "{path}");
    }
}

#[tokio::test]
async fn a_broken_body_is_refused_with_a_sentence() {
    let host = Host::start().await;
    host.task("t").await;
    let deep = [b"{\"metadata\":".to_vec(), b"[".repeat(100_000)].concat();
    let bodies: [&[u8]; 11] = [
        b"{",
        b"[]",
        b"null",
        b"1",
        b"\"x\"",
        b"{\"title\":\"\xff\"}",
        b"{\"title\":\"\\ud800\"}",
        b"{\"taskId\":\"t\",\"title\":\"x\"} x",
        b"{\"taskId\":\"t\",\"title\":1e999}",
        b"\xef\xbb\xbf{}",
        &deep,
    ];
    for body in bodies {
        let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        for (method, path) in [
            ("POST", "/api/thought"),
            ("POST", "/api/task-start"),
            ("POST", "/api/bookmarks"),
            ("POST", "/hooks/claude-code"),
            ("PATCH", "/api/tasks/t"),
        ] {
            let answer = host.send(Request::new(method, path).body(body)).await;
            assert_eq!(answer.refused(400), "invalid_request", "{path} {shown}");
        }
    }
}

#[tokio::test]
async fn a_field_of_the_wrong_sort_is_named() {
    let host = Host::start().await;
    let session = host.task("t").await;
    for (route, field, value) in [
        ("task-start", "title", json!(1)),
        ("task-start", "taskId", json!("a/b")),
        ("task-start", "taskId", json!("")),
        ("task-start", "taskKind", json!("tertiary")),
        ("task-start", "metadata", json!([])),
        ("task-error", "errorMessage", json!(" ")),
        ("session-end", "completeTask", json!("yes")),
        ("session-end", "completionReason", json!("bored")),
        ("session-end", "backgroundCompletions", json!("t")),
        ("tool-used", "toolName", json!(null)),
        ("tool-used", "lane", json!("telemetry")),
        ("tool-used", "filePaths", json!("/a")),
        ("tool-used", "filePaths", json!([1])),
        ("tool-used", "relationType", json!("likes")),
        ("tool-used", "relatedEventIds", json!({})),
        ("async-task", "asyncStatus", json!("lost")),
        ("async-task", "durationMs", json!("5")),
        ("agent-activity", "activityType", json!("sleep")),
        ("user-message", "captureMode", json!("cooked")),
        ("user-message", "phase", json!("middle")),
        ("question", "questionPhase", json!("pondered")),
        ("todo", "todoState", json!("lost")),
        ("bookmarks", "note", json!({})),
    ] {
        let mut request = json!({
            "taskId": "t", "sessionId": session, "title": "x", "errorMessage": "x",
            "toolName": "x", "asyncTaskId": "a", "asyncStatus": "running",
            "activityType": "search", "messageId": "m", "source": "s", "captureMode": "raw",
            "questionId": "q", "questionPhase": "asked", "todoId": "d", "todoState": "added",
        });
        request[field] = value.clone();
        let answer = host.post(&format!("/api/{route}"), &request).await;
        assert_eq!(answer.refused(400), "invalid_request", "{route} {field}");
        let message = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(
            message.starts_with(field),
            "{route} {field} {value}: {message}"
        );
    }
    assert_eq!(host.events("t").await, Vec::<Value>::new());
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let host = Host::start().await;
    let session = host.task("t").await;
    let event = json!({ "title": "x" });
    let with = |field: &str, value: &str| {
        let mut event = event.clone();
        event["taskId"] = "t".into();
        event[field] = value.into();
        event
    };
    for (route, request, code) in [
        ("thought", with("taskId", "none"), "task_not_found"),
        ("thought", with("sessionId", "none"), "session_not_found"),
        ("task-complete", with("taskId", "none"), "task_not_found"),
        (
            "task-complete",
            with("sessionId", "none"),
            "session_not_found",
        ),
        ("task-link", with("parentTaskId", "none"), "task_not_found"),
        ("task-start", with("parentTaskId", "none"), "task_not_found"),
        (
            "session-end",
            with("sessionId", "none"),
            "session_not_found",
        ),
        ("bookmarks", with("eventId", "none"), "event_not_found"),
    ] {
        let answer = host.post(&format!("/api/{route}"), &request).await;
        assert_eq!(answer.refused(404), code, "{route}");
    }
    host.task("u").await;
    let foreign = json!({ "taskId": "u", "sessionId": session, "title": "x" });
    let answer = host.post("/api/thought", &foreign).await;
    assert_eq!(answer.refused(400), "invalid_request");
    let agent = host.post("/hooks/nobody", &json!({})).await;
    assert_eq!(agent.refused(404), "unknown_agent");
}

#[tokio::test]
async fn a_body_in_chunks_is_a_body() {
    let host = Host::start().await;
    host.task("t").await;
    let body = "long ".repeat(2_000);
    let thought = json!({ "taskId": "t", "title": "x", "body": body });
    let request = Request::new("POST", "/api/thought")
        .json(&thought)
        .chunked();
    host.send(request).await.ok();
    assert_eq!(host.events("t").await[0]["body"], body);
}

#[tokio::test]
async fn requests_in_one_go_on_a_kept_connection_are_answered_in_order() {
    let host = Host::start().await;
    let start = |id: &str| {
        let task = json!({ "taskId": id, "title": "x" });
        Request::new("POST", "/api/task-start").json(&task)
    };
    let requests = [
        start("a"),
        Request::new("GET", "/api/tasks/a/observability"),
        Request::new("POST", "/api/thought").body("{"),
        start("b").chunked(),
        Request::new("GET", "/none"),
        Request::new("GET", "/api/tasks/b"),
    ];
    let mut connection = Connection::open(host.address).await;
    connection.write(
        requests
            .iter()
            .flat_map(|r| r.bytes(host.address))
            .collect(),
    );
    let mut statuses = Vec::new();
    for _ in &requests {
        statuses.push(connection.answer(false).await.expect("an answer").status);
    }
    assert_eq!(statuses, [200, 200, 400, 200, 404, 200]);
    assert_eq!(host.read("/api/overview").await["stats"]["totalTasks"], 2);
}

#[tokio::test]
async fn a_client_that_leaves_in_the_middle_harms_nobody() {
    let host = Host::start().await;
    host.task("t").await;
    let whole = Request::new("POST", "/api/thought")
        .json(&json!({ "taskId": "t", "title": "x" }))
        .bytes(host.address);
    for end in [1, 20, whole.len() / 2, whole.len() - 1] {
        let mut connection = Connection::open(host.address).await;
        connection.write(whole[..end].to_vec());
        drop(connection);
    }
    host.read("/health").await;
    assert_eq!(host.events("t").await, Vec::<Value>::new());
}
