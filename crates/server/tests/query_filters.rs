//! What is asked for by its properties: tasks, moments of a timeline, one text of an event.

use serde_json::{Value, json};

use crate::support::{Host, text};

async fn start(host: &Host, task: &str, title: &str, agent: Option<&str>, folder: &str) {
    let start =
        json!({ "taskId": task, "title": title, "runtimeSource": agent, "workspacePath": folder });
    host.api("task-start", &start).await;
}

/// The ids of the tasks that fit, by id, and how many the answer says there are.
async fn fitting(host: &Host, query: &str) -> (Vec<String>, Value) {
    let list = host.read(&format!("/api/tasks?{query}")).await;
    let tasks = list["tasks"].as_array().unwrap();
    let mut ids: Vec<String> = tasks.iter().map(|task| text(&task["id"])).collect();
    ids.sort();
    (ids, list["total"].clone())
}

async fn host() -> Host {
    let host = Host::start().await;
    start(&host, "a", "Mend the greeting", Some("codex"), "/no/shop").await;
    start(
        &host,
        "b",
        "Mend the tests",
        Some("claude-code"),
        "/no/shop/.worktrees/fix",
    )
    .await;
    start(&host, "c", "Write docs", None, "/no/other").await;
    host.api("task-complete", &json!({ "taskId": "c" })).await;
    host
}

#[tokio::test]
async fn tasks_are_filtered_by_everything_that_is_asked() {
    let host = host().await;
    for (query, ids) in [
        ("state=working", vec!["a", "b"]),
        ("state=done,failed", vec!["c"]),
        ("status=running,completed&limit=9", vec!["a", "b", "c"]),
        ("agent=codex", vec!["a"]),
        ("agent=unknown,codex", vec!["a", "c"]),
        ("project=/no/shop", vec!["a", "b"]),
        ("q=mend%20GREET", vec!["a"]),
        ("q=mend&agent=claude-code", vec!["b"]),
        ("from=2001-01-01T00:00:00Z", vec!["a", "b", "c"]),
        ("to=2001-01-01T00:00:00Z", vec![]),
    ] {
        let wanted = (
            ids.iter().map(ToString::to_string).collect(),
            json!(ids.len()),
        );
        assert_eq!(fitting(&host, query).await, wanted, "{query}");
    }
}

#[tokio::test]
async fn what_fits_is_counted_beyond_its_page() {
    let host = host().await;
    let first = host.read("/api/tasks?q=mend&limit=1").await;
    assert_eq!(
        (&first["total"], first["tasks"].as_array().unwrap().len()),
        (&json!(2), 1)
    );
    let rest = format!(
        "/api/tasks?q=mend&limit=1&before={}",
        text(&first["before"])
    );
    let rest = host.read(&rest).await;
    assert_ne!(rest["tasks"][0]["id"], first["tasks"][0]["id"]);
    assert_eq!(rest.get("before"), None);
    assert_eq!(host.read("/api/tasks?limit=1").await.get("total"), None);
}

#[tokio::test]
async fn a_word_that_is_none_is_refused() {
    let host = host().await;
    for query in ["state=asleep", "status=running,asleep", "from=yesterday"] {
        let answer = host.get(&format!("/api/tasks?{query}")).await;
        assert_eq!(answer.refused(400), "invalid_request", "{query}");
    }
}

#[tokio::test]
async fn folders_are_told_with_their_projects() {
    let host = host().await;
    let told = host.read("/api/workspaces").await;
    let folders = told["workspaces"].as_array().unwrap();
    let told: Vec<_> = folders
        .iter()
        .map(|it| (&it["path"], &it["project"], &it["worktree"]))
        .collect();
    let none = Value::Null;
    let wanted = [
        (&json!("/no/other"), &json!("/no/other"), &none),
        (&json!("/no/shop"), &json!("/no/shop"), &none),
        (
            &json!("/no/shop/.worktrees/fix"),
            &json!("/no/shop"),
            &json!("fix"),
        ),
    ];
    assert_eq!(told, wanted);
    assert_eq!(folders[2]["guess"], true);
}

#[tokio::test]
async fn a_timeline_is_read_up_to_an_event_or_a_moment() {
    let host = Host::start().await;
    host.task("t").await;
    for title in ["one", "two"] {
        let thought = json!({ "taskId": "t", "title": title });
        host.api("thought", &thought).await;
    }
    let whole = host.read("/api/tasks/t").await;
    let two = &whole["timeline"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    let before = host
        .read(&format!(
            "/api/tasks/t?limit=1&before=event:{}",
            text(&two["id"])
        ))
        .await;
    assert_eq!(before["timeline"][0]["title"], "one");
    let until = host
        .read(&format!(
            "/api/tasks/t?limit=1&until={}",
            text(&two["createdAt"])
        ))
        .await;
    assert_eq!(until["timeline"][0]["title"], "two");
    let long_ago = host
        .read("/api/tasks/t?limit=1&until=2001-01-01T00:00:00Z")
        .await;
    assert_eq!(long_ago["timeline"], json!([]));
    assert_eq!(
        host.get("/api/tasks/t?limit=1&until=soon")
            .await
            .refused(400),
        "invalid_request"
    );
}

#[tokio::test]
async fn one_text_of_an_event_is_a_file() {
    let host = Host::start().await;
    host.task("t").await;
    let output = "line\n".repeat(1_000);
    let call = json!({ "taskId": "t", "toolName": "Bash", "title": "Run", "body": output,
        "metadata": { "output": output, "toolInput": { "command": "<b>ls</b>" } } });
    let answer = host.api("tool-used", &call).await;
    let id = text(&answer["events"][0]["id"]);
    let cut = host.read(&format!("/api/events/{id}?cut=10")).await;
    assert_eq!(cut["event"]["body"], "line\nline\n");
    assert_eq!(cut["event"]["metadata"]["bodyBytes"], 5_000);
    let whole = host
        .get(&format!("/api/events/{id}/text?field=output"))
        .await;
    assert_eq!(
        whole.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(whole.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(whole.text(), output);
    let inner = host
        .get(&format!("/api/events/{id}/text?field=toolInput.command"))
        .await;
    assert_eq!(inner.text(), "<b>ls</b>");
    let none = host
        .get(&format!("/api/events/{id}/text?field=toolInput"))
        .await;
    assert_eq!(none.refused(404), "no_such_text");
}

#[tokio::test]
async fn what_was_done_is_told_by_the_hour_and_outlives_its_tasks() {
    let host = Host::start().await;
    start(&host, "a", "Mend it", Some("codex"), "/no/shop").await;
    let run = |status: &str| json!({ "taskId": "a", "command": "make", "metadata": { "toolName": "Bash", "toolStatus": status } });
    host.api("terminal-command", &run("completed")).await;
    host.api("terminal-command", &run("failed")).await;
    let read = json!({ "taskId": "a", "toolName": "Read" });
    host.api("tool-used", &read).await;
    let told = host.read("/api/history").await;
    let hour = &told["hours"][0];
    let wanted = json!({ "hour": hour["hour"], "agent": "codex", "workspace": "/no/shop", "tasks": 1,
        "prompts": 0, "toolCalls": 1, "commands": 2, "failures": 1, "activeMs": hour["activeMs"] });
    assert_eq!(hour, &wanted);
    assert!(text(&hour["hour"]).ends_with(":00:00.000Z"), "{hour}");
    let tools = told["tools"].as_array().unwrap();
    let told: Vec<_> = tools
        .iter()
        .map(|tool| (text(&tool["tool"]), &tool["calls"], &tool["failures"]))
        .collect();
    let (one, two, none) = (json!(1), json!(2), json!(0));
    assert_eq!(
        told,
        [("Bash".into(), &two, &one), ("Read".into(), &one, &none)]
    );
    host.change("DELETE", "/api/tasks/a", json!({})).await;
    host.api("tasks/a/restore", &json!({})).await;
    assert_eq!(host.read("/api/history").await["hours"][0], wanted);
    let past = host.read("/api/history?to=2001-01-01T00:00:00Z").await;
    assert_eq!(past["hours"], json!([]));
}
