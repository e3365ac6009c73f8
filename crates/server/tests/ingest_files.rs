//! Events that follow from another: a changed file each, and asynchronous work told once.

use serde_json::{Value, json};

use crate::support::{Host, text};

fn paths(events: &[Value]) -> Vec<String> {
    let changed = events
        .iter()
        .filter(|event| event["kind"] == "file.changed");
    changed.map(|event| text(&event["body"])).collect()
}

#[tokio::test]
async fn each_file_that_an_event_names_is_a_changed_file() {
    let host = Host::start().await;
    let session = host.task("t").await;
    let edit = json!({
        "taskId": "t", "toolName": "Edit",
        "filePaths": [" /w/src/a.rs ", "/w/b.rs", "/w/b.rs", "", "  "],
    });
    let answer = host.api("tool-used", &edit).await;
    assert_eq!(answer["events"].as_array().unwrap().len(), 3);
    let events = host.events("t").await;
    let [edit, first, second] = events.as_slice() else {
        panic!("{events:?}")
    };
    assert_eq!(
        edit["metadata"]["filePaths"],
        json!(["/w/src/a.rs", "/w/b.rs"])
    );
    for (changed, path, name) in [(first, "/w/src/a.rs", "a.rs"), (second, "/w/b.rs", "b.rs")] {
        assert_eq!(changed["kind"], "file.changed");
        assert_eq!(changed["lane"], "implementation");
        assert_eq!(changed["title"], name);
        assert_eq!(changed["body"], path);
        assert_eq!(changed["sessionId"], session);
        assert_eq!(
            changed["metadata"],
            json!({ "sourceKind": "tool.used", "sourceEventId": edit["id"], "filePaths": [path] })
        );
    }
}

#[tokio::test]
async fn at_most_fifteen_files_of_an_event_are_told_apart() {
    let host = Host::start().await;
    host.task("t").await;
    let names: Vec<String> = (0..20).map(|n| format!("/w/{n}.rs")).collect();
    let edit = json!({ "taskId": "t", "toolName": "Edit", "filePaths": names });
    host.api("tool-used", &edit).await;
    let events = host.events("t").await;
    assert_eq!(events[0]["metadata"]["filePaths"], json!(names));
    assert_eq!(paths(&events), names[..15]);
}

#[tokio::test]
async fn what_only_looks_or_talks_changes_no_file() {
    let host = Host::start().await;
    let session = host.task("t").await;
    let files = json!({ "filePaths": ["/w/a.rs"] });
    let quiet = [
        ("explore", json!({ "toolName": "Read", "title": "x" })),
        (
            "tool-used",
            json!({ "toolName": "Read", "lane": "exploration" }),
        ),
        (
            "tool-used",
            json!({ "toolName": "Read", "lane": "background" }),
        ),
        ("action", json!({ "action": "search code" })),
        (
            "async-task",
            json!({ "asyncTaskId": "a", "asyncStatus": "pending" }),
        ),
        (
            "question",
            json!({ "questionId": "q", "questionPhase": "asked", "title": "x" }),
        ),
        (
            "todo",
            json!({ "todoId": "q", "todoState": "added", "title": "x" }),
        ),
        ("thought", json!({ "title": "x" })),
        (
            "assistant-response",
            json!({ "messageId": "m", "source": "s", "title": "x" }),
        ),
        (
            "user-message",
            json!({
                "messageId": "m", "source": "s", "title": "x", "captureMode": "raw",
                "sessionId": session, "metadata": files,
            }),
        ),
    ];
    for (route, mut request) in quiet {
        request["taskId"] = "t".into();
        request["filePaths"] = files["filePaths"].clone();
        let answer = host.api(route, &request).await;
        assert_eq!(answer["events"].as_array().unwrap().len(), 1, "{route}");
    }
    let loud = [
        ("terminal-command", json!({ "command": "touch" })),
        ("save-context", json!({ "title": "x" })),
        ("plan", json!({ "action": "x" })),
        ("verify", json!({ "action": "x", "result": "ok" })),
        (
            "rule",
            json!({ "action": "x", "ruleId": "r", "severity": "s", "status": "s" }),
        ),
        ("agent-activity", json!({ "activityType": "delegation" })),
    ];
    for (route, mut request) in loud {
        request["taskId"] = "t".into();
        request["filePaths"] = files["filePaths"].clone();
        let answer = host.api(route, &request).await;
        assert_eq!(answer["events"][1]["kind"], "file.changed", "{route}");
    }
}

#[tokio::test]
async fn a_state_of_asynchronous_work_is_told_once_even_across_a_restart() {
    let host = Host::start().await;
    host.task("t").await;
    host.task("u").await;
    let state = |task: &str, id: &str, status: &str| json!({ "taskId": task, "asyncTaskId": id, "asyncStatus": status });
    let count = |answer: Value| answer["events"].as_array().unwrap().len();
    assert_eq!(
        count(host.api("async-task", &state("t", "a", "running")).await),
        1
    );
    assert_eq!(
        count(host.api("async-task", &state("t", "a", "running")).await),
        0
    );
    assert_eq!(
        count(host.api("async-task", &state("t", "a", "completed")).await),
        1
    );
    assert_eq!(
        count(host.api("async-task", &state("t", "b", "running")).await),
        1
    );
    assert_eq!(
        count(host.api("async-task", &state("u", "a", "running")).await),
        1
    );
    let folder = host.stop().await;
    let database = folder.path().join("agent-tracer.sqlite");
    let host = Host::with(|config| config.database = database).await;
    assert_eq!(
        count(host.api("async-task", &state("t", "a", "running")).await),
        0
    );
    assert_eq!(host.events("t").await.len(), 3);
}
