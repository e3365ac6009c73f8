//! `/api/tasks/:id/evaluate`: what a person makes of a task.

use serde_json::{Value, json};

use crate::support::{Host, Request, is_time, keys, text, told, types};

const ROUTE: &str = "/api/tasks/t/evaluate";

#[tokio::test]
async fn an_evaluation_is_saved_and_read() {
    let host = Host::start().await;
    host.task("t").await;
    assert_eq!(host.read(ROUTE).await, Value::Null);
    let sent = json!({
        "rating": "good", "useCase": "Cutting", "workflowTags": ["a", "b"],
        "outcomeNote": "It worked", "approachNote": null, "reuseWhen": "often",
        "workflowSnapshot": { "steps": [1] }, "workflowContext": "text", "unknown": 1,
    });
    let answer = host.post(ROUTE, &sent).await.ok();
    assert_eq!(answer, json!({ "ok": true }));
    let mut saved = host.read(ROUTE).await;
    assert!(is_time(&text(&saved["evaluatedAt"])), "{saved}");
    saved["evaluatedAt"] = Value::Null;
    let wanted = json!({
        "taskId": "t", "rating": "good", "useCase": "Cutting", "workflowTags": ["a", "b"],
        "outcomeNote": "It worked", "approachNote": null, "reuseWhen": "often",
        "watchouts": null, "workflowSnapshot": { "steps": [1] }, "workflowContext": "text",
        "searchText": "task t cutting it worked often text a b", "evaluatedAt": null,
    });
    assert_eq!(saved, wanted);
    let again = host.post(ROUTE, &json!({ "rating": "skip" })).await.ok();
    assert_eq!(keys(&again), ["ok"]);
    let saved = host.read(ROUTE).await;
    assert_eq!(saved["rating"], "skip");
    assert_eq!(saved["useCase"], Value::Null);
    assert_eq!(saved["workflowTags"], json!([]));
}

#[tokio::test]
async fn it_is_listed_beside_the_bookmarks_and_goes_with_its_task() {
    let host = Host::start().await;
    for task in ["t", "u"] {
        host.task(task).await;
        let path = format!("/api/tasks/{task}/evaluate");
        host.post(&path, &json!({ "rating": "good" })).await.ok();
    }
    let listed = async |path: &str| {
        let list = host.read(path).await;
        let evaluations = list["evaluations"].as_array().unwrap().iter();
        let mut tasks: Vec<_> = evaluations.map(|it| it["taskId"].to_string()).collect();
        tasks.sort();
        tasks.join(" ")
    };
    assert_eq!(listed("/api/bookmarks").await, "\"t\" \"u\"");
    assert_eq!(listed("/api/bookmarks?taskId=u").await, "\"u\"");
    host.change("DELETE", "/api/tasks/u", json!({})).await;
    assert_eq!(listed("/api/bookmarks").await, "\"t\"");
    let gone = host.get("/api/tasks/u/evaluate").await;
    assert_eq!(gone.refused(404), "task_not_found");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let host = Host::start().await;
    host.task("t").await;
    let bad = [
        json!({}),
        json!({ "rating": "great" }),
        json!({ "rating": 1 }),
        json!({ "rating": "good", "workflowTags": "a" }),
        json!({ "rating": "good", "workflowTags": [1] }),
        json!({ "rating": "good", "outcomeNote": 1 }),
        json!({ "rating": "good", "workflowSnapshot": [] }),
        json!([]),
    ];
    for body in bad {
        let answer = host.post(ROUTE, &body).await;
        assert_eq!(answer.refused(400), "invalid_request", "{body}");
    }
    let unknown = "/api/tasks/nowhere/evaluate";
    let answer = host.post(unknown, &json!({ "rating": "good" })).await;
    assert_eq!(answer.refused(404), "task_not_found");
    assert_eq!(host.get(unknown).await.refused(404), "task_not_found");
    let deleted = host.send(Request::new("DELETE", ROUTE)).await;
    assert_eq!(deleted.refused(405), "method_not_allowed");
    assert_eq!(host.read(ROUTE).await, Value::Null);
}

#[tokio::test]
async fn plain_clients_are_told_nothing_of_it() {
    let (host, mut socket) = Host::watched().await;
    let rating = json!({ "rating": "good" });
    let told = told!(host, socket, host.task("t"), host.post(ROUTE, &rating));
    let started = ["task.started", "session.started", "event.logged"];
    assert_eq!(types(&told), started);
}
