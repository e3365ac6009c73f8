//! Which moment an answer is, and when it need not be given again.

use serde_json::{Value, json};

use crate::support::{Answer, Host, Request};

const TAGGED: [&str; 7] = [
    "/api/tasks",
    "/api/tasks?limit=1",
    "/api/tasks?status=running",
    "/api/tasks/t",
    "/api/tasks/t?limit=5",
    "/api/bookmarks",
    "/api/bookmarks?taskId=t",
];
const MOVING: [&str; 3] = [
    "/api/overview",
    "/api/observability/overview",
    "/api/tasks/t/observability",
];

async fn ask(host: &Host, path: &str, known: &str) -> Answer {
    let request = Request::new("GET", path).header("if-none-match", known);
    host.send(request).await
}

fn tag(answer: &Answer) -> String {
    answer.header("etag").unwrap().to_owned()
}

/// Which of the tagged paths are not as they were.
async fn moved(host: &Host, known: &mut [String]) -> Vec<&'static str> {
    let mut moved = Vec::new();
    for (path, known) in TAGGED.into_iter().zip(known) {
        let answer = ask(host, path, known).await;
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
        if answer.status == 304 {
            assert_eq!((answer.body.len(), &tag(&answer)), (0, &*known), "{path}");
        } else {
            answer.ok();
            assert_ne!(tag(&answer), *known, "{path}");
            *known = tag(&answer);
            moved.push(path);
        }
    }
    moved
}

async fn all(host: &Host) -> Vec<String> {
    let mut known = vec![String::new(); TAGGED.len()];
    assert_eq!(moved(host, &mut known).await, TAGGED);
    known
}

// spec: H1
#[tokio::test]
async fn every_read_model_names_its_moment() {
    let host = Host::start().await;
    host.task("t").await;
    let first = host.read("/api/overview").await;
    assert_eq!(first["seq"], 1);
    host.api("thought", &json!({ "taskId": "t", "title": "x" }))
        .await;
    for path in TAGGED.into_iter().chain(MOVING) {
        let model = host.read(path).await;
        assert_eq!(model["epoch"], first["epoch"], "{path}");
        assert_eq!(model["seq"], 2, "{path}");
    }
    assert_eq!(first["epoch"].as_str().unwrap().len(), 32);
}

// spec: H2
#[tokio::test]
async fn what_did_not_move_is_not_told_again() {
    let host = Host::start().await;
    host.task("t").await;
    host.task("other").await;
    let (lists, task, kept) = (&TAGGED[..3], &TAGGED[3..5], &TAGGED[5..]);
    let mut known = all(&host).await;
    assert_eq!(moved(&host, &mut known).await, [""; 0]);
    let thought = |task: &str| json!({ "taskId": task, "title": "x" });
    host.api("thought", &thought("other")).await;
    assert_eq!(moved(&host, &mut known).await, lists);
    host.api("thought", &thought("t")).await;
    assert_eq!(moved(&host, &mut known).await, [lists, task].concat());
    host.api("bookmarks", &json!({ "taskId": "t" })).await;
    assert_eq!(moved(&host, &mut known).await, kept);
    let rating = json!({ "rating": "good" });
    host.post("/api/tasks/t/evaluate", &rating).await.ok();
    assert_eq!(moved(&host, &mut known).await, kept);
    let title = json!({ "title": "Renamed" });
    host.change("PATCH", "/api/tasks/t", title).await;
    assert_eq!(moved(&host, &mut known).await, TAGGED);
    let child = json!({ "taskId": "c", "title": "c", "parentTaskId": "t" });
    host.api("task-start", &child).await;
    assert_eq!(moved(&host, &mut known).await, [lists, task].concat());
    host.change("DELETE", "/api/tasks/c", Value::Null).await;
    assert_eq!(moved(&host, &mut known).await, [lists, task].concat());
    host.change("DELETE", "/api/tasks/other", Value::Null).await;
    assert_eq!(moved(&host, &mut known).await, lists);
}

// spec: H2
#[tokio::test]
async fn tags_are_compared_as_clients_send_them() {
    let host = Host::start().await;
    host.task("t").await;
    let version = tag(&host.get("/api/tasks").await);
    let strong = version.trim_start_matches("W/");
    let known = [
        version.clone(),
        strong.to_owned(),
        format!("\"x\", {version}"),
        "*".to_owned(),
    ];
    for known in known {
        assert_eq!(ask(&host, "/api/tasks", &known).await.status, 304);
    }
    for unknown in ["\"x\"", "", "W/", "W/\"\""] {
        assert_eq!(ask(&host, "/api/tasks", unknown).await.status, 200);
    }
    let nowhere = ask(&host, "/api/tasks/nowhere", "*").await;
    assert_eq!(nowhere.refused(404), "task_not_found");
    let nowhere = ask(&host, "/api/tasks/nowhere?limit=1", "*").await;
    assert_eq!(nowhere.refused(404), "task_not_found");
}

// spec: H2
#[tokio::test]
async fn what_moves_with_the_clock_is_always_told() {
    let host = Host::start().await;
    host.task("t").await;
    for path in MOVING {
        let answer = ask(&host, path, "*").await;
        assert_eq!(
            (answer.status, answer.header("etag")),
            (200, None),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
    }
}

// spec: H2
// spec: N2
#[tokio::test]
async fn tags_hold_over_a_restart_and_not_over_another_history() {
    let host = Host::start().await;
    host.task("t").await;
    let known = all(&host).await;
    let folder = host.stop().await;
    let host = Host::again(folder).await;
    assert_eq!(moved(&host, &mut known.clone()).await, [""; 0]);
    let folder = host.stop().await;
    std::fs::remove_file(folder.path().join("agent-tracer.sqlite.epoch")).unwrap();
    let host = Host::again(folder).await;
    assert_eq!(moved(&host, &mut known.clone()).await, TAGGED);
}
