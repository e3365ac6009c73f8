//! The twelve messages: what each holds, and their order per request.

use serde_json::{Value, json};

use crate::support::{Host, Socket, keys, text, told, types};

#[tokio::test]
async fn the_snapshot_comes_first_and_holds_counts_and_tasks() {
    let host = Host::start().await;
    let (_, empty) = Socket::join(&host).await;
    assert_eq!(empty["tasks"], json!([]));
    host.task("a").await;
    host.task("b").await;
    let (_, snapshot) = Socket::join(&host).await;
    assert_eq!(keys(&snapshot), ["stats", "tasks"]);
    assert_eq!(snapshot["stats"], host.read("/api/overview").await["stats"]);
    assert_eq!(snapshot["tasks"], host.read("/api/tasks").await["tasks"]);
}

#[tokio::test]
async fn starting_a_task() {
    let (host, mut socket) = Host::watched().await;
    let told = told!(host, socket, host.task("t"));
    assert_eq!(
        types(&told),
        ["task.started", "session.started", "event.logged"]
    );
    let view = host.read("/api/tasks/t").await;
    assert_eq!(told[1]["payload"], view["sessions"][0]);
    assert_eq!(told[2]["payload"], view["timeline"][0]);
    let wanted = [
        "createdAt",
        "displayTitle",
        "id",
        "lastActivityAt",
        "lastSessionStartedAt",
        "slug",
        "status",
        "taskKind",
        "title",
        "updatedAt",
    ];
    assert_eq!(keys(&told[0]["payload"]), wanted);
    assert_eq!(
        keys(&told[1]["payload"]),
        ["id", "startedAt", "status", "taskId"]
    );
    let again = told!(host, socket, host.task("t"));
    assert_eq!(types(&again), ["task.started", "session.started"]);
    let restarted = told!(
        host,
        socket,
        host.change("PATCH", "/api/tasks/t", json!({ "status": "waiting" })),
        host.task("t")
    );
    assert_eq!(
        types(&restarted),
        [
            "task.updated",
            "task.updated",
            "task.started",
            "session.started"
        ]
    );
}

#[tokio::test]
async fn ending_a_task() {
    let (host, mut socket) = Host::watched().await;
    host.task("done").await;
    host.task("failed").await;
    host.mark("begun").await;
    socket.until("begun").await;
    let complete = json!({ "taskId": "done", "summary": "S" });
    let told = told!(host, socket, host.api("task-complete", &complete));
    assert_eq!(
        types(&told),
        ["session.ended", "task.completed", "event.logged"]
    );
    let ended = &told[0]["payload"];
    assert_eq!(
        keys(ended),
        ["endedAt", "id", "startedAt", "status", "summary", "taskId"]
    );
    assert_eq!(ended["status"], "completed");
    assert_eq!(told[1]["payload"]["status"], "completed");
    let again = told!(host, socket, host.api("task-complete", &complete));
    assert_eq!(types(&again), [""; 0], "nothing changed");
    let fail = json!({ "taskId": "failed", "errorMessage": "x" });
    let told = told!(host, socket, host.api("task-error", &fail));
    assert_eq!(
        types(&told),
        ["session.ended", "task.updated", "event.logged"]
    );
    assert_eq!(told[0]["payload"]["status"], "errored");
    assert_eq!(told[1]["payload"]["status"], "errored");
}

#[tokio::test]
async fn ending_a_session() {
    let (host, mut socket) = Host::watched().await;
    let ensure = json!({ "runtimeSource": "s", "runtimeSessionId": "r", "title": "T" });
    let told = told!(host, socket, host.api("runtime-session-ensure", &ensure));
    assert_eq!(
        types(&told),
        ["task.started", "session.started", "event.logged"]
    );
    let mut end = ensure.clone();
    end["completionReason"] = "idle".into();
    let told = told!(host, socket, host.api("runtime-session-end", &end));
    assert_eq!(types(&told), ["session.ended", "task.updated"]);
    assert_eq!(told[1]["payload"]["status"], "waiting");
    let told = told!(
        host,
        socket,
        host.api("runtime-session-ensure", &ensure),
        host.api("runtime-session-ensure", &ensure)
    );
    assert_eq!(types(&told), ["task.updated", "session.started"]);
    end["completeTask"] = true.into();
    let told = told!(host, socket, host.api("runtime-session-end", &end));
    assert_eq!(
        types(&told),
        ["session.ended", "task.completed", "event.logged"],
        "the end of the session is told once"
    );
}

#[tokio::test]
async fn events_are_told_one_by_one_whole_and_in_order() {
    let (host, mut socket) = Host::watched().await;
    host.task("t").await;
    host.mark("begun").await;
    socket.until("begun").await;
    let body = "x".repeat(300_000);
    let edit =
        json!({ "taskId": "t", "toolName": "Edit", "body": body, "filePaths": ["/a", "/b"] });
    let told = told!(host, socket, host.api("tool-used", &edit));
    assert_eq!(types(&told), ["event.logged"; 3]);
    let payloads: Vec<Value> = told
        .iter()
        .map(|message| message["payload"].clone())
        .collect();
    assert_eq!(payloads, host.events("t").await);
    let path = format!("/api/events/{}", text(&payloads[0]["id"]));
    let rename = json!({ "displayTitle": "Mine" });
    let told = told!(
        host,
        socket,
        host.change("PATCH", &path, rename.clone()),
        host.change("PATCH", &path, rename)
    );
    assert_eq!(
        types(&told),
        ["event.updated"],
        "a change that changes nothing is not told"
    );
    assert_eq!(told[0]["payload"], host.read(&path).await["event"]);
}

#[tokio::test]
async fn a_changed_display_title_is_told_after_its_event() {
    let (host, mut socket) = Host::watched().await;
    let start = json!({ "taskId": "t", "title": "Claude Code — w", "workspacePath": "/home/w" });
    let session = host.api("task-start", &start).await["sessionId"].clone();
    host.mark("begun").await;
    socket.until("begun").await;
    let message = json!({
        "taskId": "t", "sessionId": session, "messageId": "m", "source": "s", "title": "P",
        "captureMode": "raw", "body": "Shout the greeting",
    });
    let told = told!(host, socket, host.api("user-message", &message));
    assert_eq!(types(&told), ["event.logged", "task.updated"]);
    assert_eq!(told[1]["payload"]["displayTitle"], "Shout the greeting");
    let told = told!(host, socket, host.api("user-message", &message));
    assert_eq!(types(&told), ["event.logged"]);
}
