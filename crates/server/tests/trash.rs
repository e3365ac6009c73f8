//! Deleting with undo: what goes comes back, and what is past goes for good.

use std::path::Path;

use agent_tracer_core::command::{Command, StartTask};
use agent_tracer_core::ids::{CountingIds, TaskId};
use agent_tracer_core::time::Timestamp;
use agent_tracer_store::{Database, Write as _};
use serde_json::{Value, json};

use crate::support::{Host, Request, Socket, keys, text, types, without};

async fn delete(host: &Host, path: &str) -> Value {
    host.send(Request::new("DELETE", path)).await.ok()
}

/// Everything of a task that is read, without the moment of the read.
async fn seen(host: &Host, task: &str) -> Value {
    let path = format!("/api/tasks/{task}");
    let whole = host.read(&path).await;
    let usage = host.read(&format!("{path}/usage")).await;
    let bookmarks = host.read(&format!("/api/bookmarks?taskId={task}")).await;
    let stats = host.read("/api/overview").await["stats"].clone();
    let all = json!({ "whole": whole, "usage": usage, "bookmarks": bookmarks, "stats": stats });
    without(&all, &["seq", "epoch"])
}

#[tokio::test]
async fn a_deleted_task_can_be_taken_back() {
    let host = Host::start().await;
    host.task("a").await;
    let child = json!({ "taskId": "b", "title": "Child", "parentTaskId": "a" });
    host.api("task-start", &child).await;
    host.api("bookmarks", &json!({ "taskId": "a", "note": "mine" }))
        .await;
    let before = seen(&host, "a").await;
    delete(&host, "/api/tasks/a").await;
    let gone = host.get("/api/tasks/a").await;
    assert_eq!(gone.refused(404), "task_not_found");
    let trash = host.read("/api/trash").await;
    assert_eq!(keys(&trash), ["epoch", "seq", "tasks"]);
    let listed = trash["tasks"].as_array().unwrap();
    assert_eq!(
        (&listed[0]["id"], &listed[1]["id"]),
        (&json!("b"), &json!("a"))
    );
    assert_eq!(
        keys(&listed[1]),
        ["deletedAt", "displayTitle", "emptiedAt", "id"]
    );
    assert_eq!(listed[0]["parentTaskId"], "a");
    let restored = host.post("/api/tasks/a/restore", &json!({})).await.ok();
    assert_eq!(restored, json!({ "ok": true, "taskIds": ["a", "b"] }));
    assert_eq!(seen(&host, "a").await, before);
    let again = host.post("/api/tasks/a/restore", &json!({})).await;
    let told = again.json()["error"].clone();
    assert!(text(&told).contains("ten minutes"), "{told}");
    assert_eq!(again.refused(404), "not_in_trash");
    let empty = host.read("/api/trash").await;
    assert_eq!(empty["tasks"], json!([]));
    host.stop().await;
}

#[tokio::test]
async fn a_clean_up_is_previewed_and_can_be_taken_back_at_once() {
    let host = Host::start().await;
    for task in ["a", "b", "c"] {
        host.task(task).await;
    }
    for task in ["a", "b"] {
        host.api("task-complete", &json!({ "taskId": task })).await;
    }
    let preview = host.read("/api/tasks/finished").await;
    assert_eq!(keys(&preview), ["epoch", "events", "seq", "tasks", "total"]);
    assert_eq!(
        (&preview["total"], &preview["events"]),
        (&json!(2), &json!(4))
    );
    let first = &preview["tasks"][0];
    assert_eq!(
        keys(first),
        ["displayTitle", "id", "lastActivityAt", "status"]
    );
    assert_eq!(
        (&first["id"], &first["status"]),
        (&json!("b"), &json!("completed"))
    );
    let until = "?before=2020-01-01T00:00:00Z";
    let none = host.read(&format!("/api/tasks/finished{until}")).await;
    assert_eq!((&none["total"], &none["tasks"]), (&json!(0), &json!([])));
    let nothing = delete(&host, &format!("/api/tasks/finished{until}")).await;
    assert_eq!(nothing, json!({ "ok": true, "deleted": 0, "taskIds": [] }));
    let purged = delete(&host, "/api/tasks/finished").await;
    assert_eq!(
        purged,
        json!({ "ok": true, "deleted": 2, "taskIds": ["a", "b"] })
    );
    let ids = json!({ "taskIds": purged["taskIds"] });
    let restored = host.post("/api/tasks/restore", &ids).await.ok();
    assert_eq!(restored["taskIds"], purged["taskIds"]);
    assert_eq!(host.read("/api/overview").await["stats"]["totalTasks"], 3);
    host.stop().await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_a_sentence() {
    let host = Host::start().await;
    for before in ["yesterday", "1-1", ""] {
        let path = format!("/api/tasks/finished?before={before}");
        for method in ["GET", "DELETE"] {
            let answer = host.send(Request::new(method, &path)).await;
            assert!(answer.text().contains("2026-01-31T00:00:00Z"));
            assert_eq!(answer.refused(400), "invalid_request", "{path}");
        }
    }
    for body in [
        json!({}),
        json!({ "taskIds": [] }),
        json!({ "taskIds": "a" }),
    ] {
        let answer = host.post("/api/tasks/restore", &body).await;
        assert_eq!(answer.refused(400), "invalid_request", "{body}");
    }
    let nowhere = json!({ "taskIds": ["nowhere"] });
    let answer = host.post("/api/tasks/restore", &nowhere).await;
    assert_eq!(answer.refused(404), "not_in_trash");
    let shadows = json!({ "taskId": "restore", "title": "It would shadow a route" });
    let answer = host.post("/api/task-start", &shadows).await;
    assert_eq!(answer.refused(400), "invalid_request");
    host.stop().await;
}

async fn prompted(host: &Host, prompt: &str) {
    let payload = json!({
        "session_id": "s", "hook_event_name": "UserPromptSubmit", "prompt": prompt,
    });
    host.post("/hooks/claude-code", &payload).await.ok();
}

#[tokio::test]
async fn an_agent_goes_on_in_the_trash() {
    let host = Host::start().await;
    host.task("marks").await;
    prompted(&host, "first").await;
    let tasks = host.read("/api/tasks").await;
    let task = text(&tasks["tasks"][0]["id"]);
    let (mut socket, _) = Socket::join(&host).await;
    delete(&host, &format!("/api/tasks/{task}")).await;
    prompted(&host, "second").await;
    assert_eq!(host.read("/api/overview").await["stats"]["totalTasks"], 1);
    let path = format!("/api/tasks/{task}/restore");
    host.post(&path, &json!({})).await.ok();
    prompted(&host, "third").await;
    host.mark("done").await;
    let told = types(&socket.until("done").await);
    assert_eq!(told[..2], ["task.deleted", "task.started"], "{told:?}");
    let events = host.events(&task).await;
    let titles: Vec<_> = events.iter().map(|event| text(&event["title"])).collect();
    assert_eq!(titles, ["first", "second", "third"]);
    host.stop().await;
}

/// Deletes a task of some events in a database that nobody serves, long ago.
fn deleted_long_ago(database: &Path) {
    let (opened, mut writer) = Database::open(database).unwrap();
    let start = |task: &str| {
        Command::StartTask(StartTask {
            task_id: Some(TaskId::new(task)),
            title: format!("Task {task}"),
            ..StartTask::default()
        })
    };
    let again = std::iter::repeat_with(|| start("gone")).take(600);
    let delete = Command::DeleteTask(TaskId::new("gone"));
    let group = [start("kept")].into_iter().chain(again).chain([delete]);
    let (now, mut ids) = (
        Timestamp::from_millis(1_700_000_000_000),
        CountingIds::new("id"),
    );
    let outcomes = writer.commit(group.collect(), &|| now, &mut ids).unwrap();
    assert!(outcomes.iter().all(Result::is_ok));
    drop((writer, opened));
}

/// How many rows of a table a deleted task has left.
fn left(database: &Path, table: &str) -> i64 {
    let connection = rusqlite::Connection::open(database).unwrap();
    let sql = format!("SELECT count(*) FROM {table} WHERE task_id = 'gone'");
    connection.query_row(&sql, (), |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn what_is_past_when_the_server_starts_goes_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("agent-tracer.sqlite");
    deleted_long_ago(&database);
    assert_eq!(left(&database, "sessions"), 600);
    let host = Host::again(folder).await;
    let restore = host.post("/api/tasks/gone/restore", &json!({})).await;
    assert_eq!(restore.refused(404), "not_in_trash");
    while left(&database, "trash") > 0 {
        // Others are served meanwhile.
        host.read("/api/tasks/kept").await;
    }
    assert_eq!(left(&database, "sessions"), 0);
    assert_eq!(left(&database, "events"), 0);
    let folder = host.stop().await;
    Host::again(folder).await.stop().await;
}
