//! What is told of changes by hand: tasks, bookmarks, deletions.

use serde_json::json;

use crate::support::{Host, keys, text, told, types};

#[tokio::test]
async fn changing_a_task_by_hand() {
    let (host, mut socket) = Host::watched().await;
    host.task("t").await;
    host.mark("begun").await;
    socket.until("begun").await;
    let path = "/api/tasks/t";
    let told = told!(
        host,
        socket,
        host.change("PATCH", path, json!({ "title": "New" })),
        host.change("PATCH", path, json!({ "title": "New" })),
        host.change("PATCH", path, json!({ "status": "completed" })),
        host.api(
            "task-link",
            &json!({ "taskId": "t", "parentSessionId": "p" })
        )
    );
    assert_eq!(types(&told), ["task.updated"; 3]);
    assert_eq!(
        told[1]["payload"]["status"], "completed",
        "not task.completed"
    );
    assert_eq!(told[2]["payload"]["parentSessionId"], "p");
}

#[tokio::test]
async fn deleting_tasks() {
    let (host, mut socket) = Host::watched().await;
    for (task, parent) in [("a", None), ("b", Some("a")), ("c", None), ("d", Some("c"))] {
        let start = json!({ "taskId": task, "title": task, "parentTaskId": parent });
        host.api("task-start", &start).await;
    }
    host.api("task-complete", &json!({ "taskId": "c" })).await;
    host.mark("begun").await;
    socket.until("begun").await;
    let told = told!(
        host,
        socket,
        host.change("DELETE", "/api/tasks/a", json!({}))
    );
    let deleted = |task: &str| json!({ "type": "task.deleted", "payload": { "taskId": task } });
    assert_eq!(told, [deleted("a"), deleted("b")]);
    let purge = "/api/tasks/finished";
    let told = told!(
        host,
        socket,
        host.change("DELETE", purge, json!({})),
        host.change("DELETE", purge, json!({}))
    );
    let purged = |ids: &[&str]| json!({ "type": "tasks.purged", "payload": { "count": ids.len(), "taskIds": ids } });
    assert_eq!(told, [purged(&["c", "d"]), purged(&[])]);
}

#[tokio::test]
async fn bookmarks() {
    let (host, mut socket) = Host::watched().await;
    host.task("t").await;
    host.mark("begun").await;
    socket.until("begun").await;
    let told = told!(
        host,
        socket,
        host.api("bookmarks", &json!({ "taskId": "t", "note": "n" }))
    );
    assert_eq!(types(&told), ["bookmark.saved"]);
    let saved = &told[0]["payload"];
    let list = host.read("/api/bookmarks?taskId=t").await;
    assert_eq!(*saved, list["bookmarks"][0]);
    let wanted = [
        "createdAt",
        "id",
        "kind",
        "metadata",
        "note",
        "taskId",
        "taskTitle",
        "title",
        "updatedAt",
    ];
    assert_eq!(keys(saved), wanted);
    let path = format!("/api/bookmarks/{}", text(&saved["id"]));
    let told = told!(host, socket, host.change("DELETE", &path, json!({})));
    let gone = json!({ "type": "bookmark.deleted", "payload": { "bookmarkId": saved["id"] } });
    assert_eq!(told, [gone]);
}

#[tokio::test]
async fn a_refused_request_is_not_told() {
    let (host, mut socket) = Host::watched().await;
    let told = told!(
        host,
        socket,
        host.post("/api/thought", &json!({ "taskId": "none", "title": "x" })),
        host.post(
            "/api/task-link",
            &json!({ "taskId": "marks", "parentTaskId": "marks" })
        ),
        host.get("/api/tasks")
    );
    assert_eq!(told, Vec::<serde_json::Value>::new());
}
