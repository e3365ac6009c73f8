//! Paths and methods: what is served, and what is never answered with the page.

use serde_json::json;

use crate::support::{Host, Request};

#[tokio::test]
async fn the_page_is_at_its_places_and_is_not_kept() {
    let host = Host::start().await;
    for path in ["/", "/index.html", "/tasks", "/tasks/some-id", "/bookmarks"] {
        let page = host.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(
            page.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        assert_eq!(page.header("cache-control"), Some("no-cache"));
        assert!(page.text().starts_with("<!doctype html>"), "{path}");
    }
}

#[tokio::test]
async fn what_is_missing_is_never_answered_with_the_page() {
    let host = Host::start().await;
    for path in [
        "/assets/none.js",
        "/favicon.none",
        "/api",
        "/api/",
        "/api/none",
        "/api/tasks/",
        "/api/tasks/a/none",
        "/api/tasks/a/b/c",
        "/hooks",
        "/hooks/",
        "/none",
        "/%ff",
        "/assets/../index.html",
        "/..%2findex.html",
        "//",
        "/api/search/none",
    ] {
        for method in ["GET", "POST", "DELETE"] {
            let answer = host
                .send(Request::new(method, path).header("accept", "text/html"))
                .await;
            assert_eq!(answer.refused(404), "not_found", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_method_that_a_path_does_not_know_is_refused() {
    let host = Host::start().await;
    for (method, path) in [
        ("PUT", "/api/tasks"),
        ("POST", "/api/tasks"),
        ("GET", "/api/task-start"),
        ("OPTIONS", "/api/task-start"),
        ("OPTIONS", "/api/tasks"),
        ("PATCH", "/api/bookmarks"),
        ("DELETE", "/api/tasks"),
        ("GET", "/hooks/claude-code"),
        ("POST", "/"),
        ("DELETE", "/tasks/a"),
        ("MADEUP", "/health"),
        ("PATCH", "/api/tasks/finished/observability"),
    ] {
        let answer = host.send(Request::new(method, path)).await;
        assert_eq!(answer.refused(405), "method_not_allowed", "{method} {path}");
    }
    let answer = host.send(Request::new("PUT", "/api/tasks")).await;
    assert_eq!(answer.header("allow"), Some("GET,HEAD"));
}

#[tokio::test]
async fn ids_in_paths_are_any_text() {
    let host = Host::start().await;
    for (id, path) in [
        ("a b?#%", None),
        ("задача", Some("%D0%B7%D0%B0%D0%B4%D0%B0%D1%87%D0%B0")),
        ("a%2Fb", Some("a%252Fb")),
    ] {
        let Some(path) = path else {
            let refused = host
                .post("/api/task-start", &json!({ "taskId": id, "title": "x" }))
                .await;
            assert_eq!(refused.refused(400), "invalid_request");
            continue;
        };
        host.task(id).await;
        let view = host.read(&format!("/api/tasks/{path}")).await;
        assert_eq!(view["task"]["id"], id);
    }
    for path in [
        "/api/tasks/%ff",
        "/api/events/%ff",
        "/api/tasks/%ff/observability",
        "/api/bookmarks/%ff",
        "/hooks/%ff",
    ] {
        for method in ["GET", "PATCH", "DELETE", "POST"] {
            let answer = host.send(Request::new(method, path).body("{}")).await;
            if answer.status != 405 {
                assert_eq!(answer.refused(400), "invalid_request", "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn head_answers_as_get_without_a_body() {
    let host = Host::start().await;
    host.task("t").await;
    for path in [
        "/health",
        "/api/tasks",
        "/api/tasks/t",
        "/api/tasks/t?limit=1",
        "/",
    ] {
        let answer = host.send(Request::new("HEAD", path)).await;
        assert_eq!((answer.status, answer.body.len()), (200, 0), "{path}");
        let of_get = host.get(path).await;
        assert_eq!(
            answer.header("content-type"),
            of_get.header("content-type"),
            "{path}"
        );
    }
    assert_eq!(
        host.send(Request::new("HEAD", "/api/tasks/none"))
            .await
            .status,
        404
    );
}
