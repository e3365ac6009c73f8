//! What people change by hand: tasks, events, bookmarks.

use serde_json::{Value, json};

use crate::support::{Host, Request, text};

#[tokio::test]
async fn a_task_is_changed_by_hand() {
    let host = Host::start().await;
    host.task("t").await;
    let rename = async |body: Value| {
        let request = Request::new("PATCH", "/api/tasks/t").json(&body);
        host.send(request).await
    };
    let renamed = rename(json!({ "title": "  New name " })).await.ok();
    assert_eq!(renamed["task"]["title"], "New name");
    assert_eq!(renamed["task"]["slug"], "new-name");
    assert_eq!(renamed["task"]["displayTitle"], "New name");
    for status in ["waiting", "completed", "errored", "running"] {
        let changed = rename(json!({ "status": status })).await.ok();
        assert_eq!(changed["task"]["status"], status);
    }
    for nothing in [
        json!({}),
        json!({ "title": " " }),
        json!({ "status": "done" }),
    ] {
        assert_eq!(rename(nothing).await.refused(400), "invalid_request");
    }
    let request = Request::new("PATCH", "/api/tasks/none").json(&json!({ "title": "x" }));
    assert_eq!(host.send(request).await.refused(404), "task_not_found");
}

#[tokio::test]
async fn an_event_is_renamed_by_hand() {
    let host = Host::start().await;
    host.task("t").await;
    let logged = host
        .api("thought", &json!({ "taskId": "t", "title": "T" }))
        .await;
    let path = format!("/api/events/{}", text(&logged["events"][0]["id"]));
    let rename = async |body: Value| host.send(Request::new("PATCH", &path).json(&body)).await;
    let renamed = rename(json!({ "displayTitle": "Mine" })).await.ok();
    assert_eq!(renamed["event"]["title"], "T");
    assert_eq!(renamed["event"]["metadata"]["displayTitle"], "Mine");
    assert_eq!(host.read(&path).await, renamed);
    for back in [json!(null), json!("T")] {
        rename(json!({ "displayTitle": "Mine" })).await.ok();
        let back = rename(json!({ "displayTitle": back })).await.ok();
        assert_eq!(back["event"]["metadata"].get("displayTitle"), None);
    }
    for wrong in [
        json!({}),
        json!({ "displayTitle": "" }),
        json!({ "displayTitle": 1 }),
    ] {
        assert_eq!(rename(wrong).await.refused(400), "invalid_request");
    }
    let request = Request::new("PATCH", "/api/events/none").json(&json!({ "displayTitle": "x" }));
    assert_eq!(host.send(request).await.refused(404), "event_not_found");
}

#[tokio::test]
async fn deleting_takes_what_was_delegated_along() {
    let host = Host::start().await;
    for (task, parent) in [("a", None), ("b", Some("a")), ("c", Some("b")), ("d", None)] {
        let start = json!({ "taskId": task, "title": task, "parentTaskId": parent });
        host.api("task-start", &start).await;
        host.api("bookmarks", &json!({ "taskId": task })).await;
    }
    let delete = async |path: &str| host.send(Request::new("DELETE", path)).await;
    assert_eq!(delete("/api/tasks/a").await.ok(), json!({ "ok": true }));
    for gone in ["a", "b", "c"] {
        assert_eq!(
            host.get(&format!("/api/tasks/{gone}")).await.refused(404),
            "task_not_found"
        );
    }
    assert_eq!(delete("/api/tasks/a").await.refused(404), "task_not_found");
    let bookmarks = host.read("/api/bookmarks").await;
    assert_eq!(bookmarks["bookmarks"].as_array().unwrap().len(), 1);
    let nothing = delete("/api/tasks/finished").await.ok();
    assert_eq!(nothing, json!({ "ok": true, "deleted": 0, "taskIds": [] }));
    host.api(
        "task-start",
        &json!({ "taskId": "e", "title": "e", "parentTaskId": "d" }),
    )
    .await;
    host.api("task-error", &json!({ "taskId": "d", "errorMessage": "x" }))
        .await;
    let purged = delete("/api/tasks/finished").await.ok();
    assert_eq!(
        purged,
        json!({ "ok": true, "deleted": 2, "taskIds": ["d", "e"] })
    );
    let stats = host.read("/api/overview").await["stats"].clone();
    assert_eq!(
        (&stats["totalTasks"], &stats["totalEvents"]),
        (&json!(0), &json!(0))
    );
}

#[tokio::test]
async fn a_bookmark_is_saved_once_for_a_task_and_once_for_an_event() {
    let host = Host::start().await;
    host.task("t").await;
    let logged = host
        .api("thought", &json!({ "taskId": "t", "title": "Hm" }))
        .await;
    let event = &logged["events"][0]["id"];
    let save = async |more: Value| {
        let mut request = json!({ "taskId": "t" });
        let fields = request.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        host.api("bookmarks", &request).await["bookmark"].clone()
    };
    let of_task = save(json!({})).await;
    assert_eq!(
        (&of_task["kind"], &of_task["title"]),
        (&json!("task"), &json!("Task t"))
    );
    let of_event = save(json!({ "eventId": event, "note": "n", "metadata": { "k": 1 } })).await;
    assert_eq!(
        (&of_event["kind"], &of_event["title"]),
        (&json!("event"), &json!("Hm"))
    );
    assert_eq!(of_event["metadata"], json!({ "k": 1 }));
    let again = save(json!({ "eventId": event, "title": "Named" })).await;
    assert_eq!(
        (&again["id"], &again["createdAt"]),
        (&of_event["id"], &of_event["createdAt"])
    );
    assert_eq!(again["title"], "Named");
    let path = format!("/api/bookmarks/{}", text(&again["id"]));
    let delete = Request::new("DELETE", &path);
    assert_eq!(host.send(delete.clone()).await.ok(), json!({ "ok": true }));
    assert_eq!(host.send(delete).await.refused(404), "bookmark_not_found");
    for (wrong, code) in [
        (json!({ "taskId": "none" }), "task_not_found"),
        (
            json!({ "taskId": "t", "eventId": "none" }),
            "event_not_found",
        ),
    ] {
        assert_eq!(host.post("/api/bookmarks", &wrong).await.refused(404), code);
    }
}
