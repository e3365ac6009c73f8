//! The lists: exact fields, order, pages.

use serde_json::{Value, json};

use crate::support::{Host, Request, keys, text};

#[tokio::test]
async fn health_says_that_it_is_well() {
    let host = Host::start().await;
    let health = host.read("/health").await;
    assert_eq!(health["ok"], true);
    assert_eq!(keys(&health), ["name", "ok", "page", "storage", "version"]);
}

const OBSERVABILITY: [&str; 13] = [
    "avgDurationMs",
    "avgEventsPerTask",
    "generatedAt",
    "promptCaptureRate",
    "runningTasks",
    "runtimeSources",
    "staleRunningTasks",
    "tasksWithBackground",
    "tasksWithCoordination",
    "tasksWithQuestions",
    "tasksWithTodos",
    "totalTasks",
    "traceLinkedTaskRate",
];

#[tokio::test]
async fn the_overview_counts() {
    let host = Host::start().await;
    for (task, source) in [
        ("a", None),
        ("b", Some("claude-code")),
        ("c", Some("claude-code")),
    ] {
        let start = json!({ "taskId": task, "title": task, "runtimeSource": source });
        host.api("task-start", &start).await;
    }
    host.api("task-complete", &json!({ "taskId": "a" })).await;
    host.api("task-error", &json!({ "taskId": "b", "errorMessage": "x" }))
        .await;
    let todo = json!({ "taskId": "c", "todoId": "d", "todoState": "added", "title": "x" });
    host.api("todo", &todo).await;
    let overview = host.read("/api/overview").await;
    assert_eq!(keys(&overview), ["epoch", "observability", "seq", "stats"]);
    let wanted = json!({
        "totalTasks": 3, "runningTasks": 1, "waitingTasks": 0, "completedTasks": 1,
        "erroredTasks": 1, "totalEvents": 6,
    });
    assert_eq!(overview["stats"], wanted);
    let observability = &overview["observability"];
    assert_eq!(keys(observability), OBSERVABILITY);
    assert_eq!(observability["tasksWithTodos"], 1);
    assert_eq!(observability["avgEventsPerTask"], 2.0);
    let sources = observability["runtimeSources"].as_array().unwrap();
    let wanted = [
        "promptCaptureRate",
        "runningTaskCount",
        "runtimeSource",
        "taskCount",
        "traceLinkedTaskRate",
    ];
    assert_eq!(keys(&sources[0]), wanted);
    let names: Vec<&Value> = sources
        .iter()
        .map(|source| &source["runtimeSource"])
        .collect();
    assert_eq!(names, ["claude-code", "unknown"], "most tasks first");
    let alone = host.read("/api/observability/overview").await;
    assert_eq!(keys(&alone), ["epoch", "observability", "seq"]);
    assert_eq!(keys(&alone["observability"]), OBSERVABILITY);
}

/// Follows `before` to the end.
async fn pages(host: &Host, path: &str, list: &str, limit: usize) -> Vec<Vec<Value>> {
    let mut pages = Vec::new();
    let mut before = String::new();
    loop {
        let page = host.read(&format!("{path}?limit={limit}{before}")).await;
        pages.push(page[list].as_array().unwrap().clone());
        let Some(next) = page.get("before") else {
            return pages;
        };
        before = format!("&before={}", text(next));
    }
}

// spec: H3
#[tokio::test]
async fn tasks_are_paged_in_one_order() {
    let host = Host::start().await;
    for number in 0..23 {
        host.task(&format!("t{number}")).await;
    }
    host.api("thought", &json!({ "taskId": "t3", "title": "now" }))
        .await;
    let whole = host.read("/api/tasks").await;
    assert_eq!(keys(&whole), ["epoch", "seq", "tasks"]);
    let all = whole["tasks"].as_array().unwrap();
    assert_eq!(all[0]["id"], "t3", "most recently active first");
    for limit in [1, 7, 23, 24] {
        let pages = pages(&host, "/api/tasks", "tasks", limit).await;
        assert!(pages.iter().rev().skip(1).all(|page| page.len() == limit));
        assert_eq!(pages.concat(), *all, "{limit} at a time");
    }
    let least = host.read("/api/tasks?limit=0").await;
    assert_eq!(least["tasks"].as_array().unwrap().len(), 1);
    for wrong in ["limit=x", "limit=-1", "before=x", "before=", "before=x-1"] {
        let refused = host.get(&format!("/api/tasks?{wrong}")).await;
        assert_eq!(refused.refused(400), "invalid_request", "{wrong}");
    }
}

#[tokio::test]
async fn bookmarks_are_listed_newest_first() {
    let host = Host::start().await;
    for task in ["a", "b"] {
        host.task(task).await;
        host.api("bookmarks", &json!({ "taskId": task })).await;
    }
    let titles = async |path: &str| {
        let list = host.read(path).await;
        assert_eq!(keys(&list), ["bookmarks", "epoch", "evaluations", "seq"]);
        let bookmarks = list["bookmarks"].as_array().unwrap();
        bookmarks
            .iter()
            .map(|bookmark| text(&bookmark["taskTitle"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(titles("/api/bookmarks").await, ["Task b", "Task a"]);
    assert_eq!(titles("/api/bookmarks?taskId=a").await, ["Task a"]);
    assert_eq!(titles("/api/bookmarks?taskId=none").await, [""; 0]);
    let rename = Request::new("PATCH", "/api/tasks/a").json(&json!({ "title": "New" }));
    host.send(rename).await.ok();
    assert_eq!(
        titles("/api/bookmarks?taskId=a").await,
        ["New"],
        "joined when read"
    );
}

#[tokio::test]
async fn a_bookmark_of_an_event_has_all_its_fields() {
    let host = Host::start().await;
    host.task("t").await;
    let logged = host
        .api("thought", &json!({ "taskId": "t", "title": "Hm" }))
        .await;
    let event = &logged["events"][0]["id"];
    let save = json!({ "taskId": "t", "eventId": event, "note": "n", "title": "Mine" });
    host.api("bookmarks", &save).await;
    let list = host.read("/api/bookmarks").await;
    let bookmark = &list["bookmarks"][0];
    let wanted = [
        "createdAt",
        "eventId",
        "eventTitle",
        "id",
        "kind",
        "metadata",
        "note",
        "taskId",
        "taskTitle",
        "title",
        "updatedAt",
    ];
    assert_eq!(keys(bookmark), wanted);
    assert_eq!(bookmark["eventTitle"], "Hm");
    assert_eq!(bookmark["eventId"], *event);
}
