//! Hook calls as they are delivered: named, timed, twice, by two transports.

use serde_json::{Value, json};

use crate::support::{Answer, Host, Request, text};

const DELIVERY: &str = "x-agent-tracer-delivery";
const SENT_AT: &str = "x-agent-tracer-sent-at";

fn prompt(message: &str) -> Request {
    let payload = json!({
        "session_id": "s", "hook_event_name": "UserPromptSubmit", "prompt": message,
    });
    Request::new("POST", "/hooks/claude-code").json(&payload)
}

async fn send(host: &Host, message: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers
        .iter()
        .fold(prompt(message), |request, (name, value)| {
            request.header(name, value)
        });
    host.send(request).await
}

/// The events of the one task, without its start.
async fn events(host: &Host) -> Vec<Value> {
    let tasks = host.read("/api/tasks").await;
    host.events(&text(&tasks["tasks"][0]["id"])).await
}

#[tokio::test]
async fn a_delivery_counts_once_and_its_name_comes_back() {
    let host = Host::start().await;
    for _ in 0..2 {
        let answer = send(&host, "hello", &[(DELIVERY, "d-1")]).await;
        assert_eq!(answer.header(DELIVERY), Some("d-1"));
        assert_eq!(answer.ok(), json!({}));
    }
    send(&host, "hello", &[(DELIVERY, "d-2")]).await.ok();
    assert_eq!(events(&host).await.len(), 2);
    let folder = host.stop().await;
    let again = Host::again(folder).await;
    send(&again, "hello", &[(DELIVERY, "d-1")]).await.ok();
    assert_eq!(events(&again).await.len(), 2, "also after a restart");
}

#[tokio::test]
async fn a_delivery_without_a_proper_name_is_refused_with_a_sentence() {
    let host = Host::start().await;
    for name in ["", "a b", &"x".repeat(65)] {
        let answer = send(&host, "hello", &[(DELIVERY, name)]).await;
        assert_eq!(answer.refused(400), "invalid_request", "{name}");
    }
    let answer = send(&host, "hello", &[]).await;
    assert_eq!(answer.header(DELIVERY), None);
    answer.ok();
}

#[tokio::test]
async fn a_refusal_carries_the_name_too() {
    let host = Host::start().await;
    let request = Request::new("POST", "/hooks/claude-code").json(&json!([]));
    let answer = host.send(request.header(DELIVERY, "d-1")).await;
    assert_eq!(answer.header(DELIVERY), Some("d-1"));
    assert_eq!(answer.refused(400), "invalid_request");
}

#[tokio::test]
async fn what_was_sent_late_stands_where_it_happened() {
    let host = Host::start().await;
    let first = "2026-01-02T03:04:05.678Z";
    send(&host, "first", &[(SENT_AT, first)]).await.ok();
    // Milliseconds do as well, and what is no time is as good as none.
    send(&host, "second", &[(SENT_AT, "1767323046000")])
        .await
        .ok();
    send(&host, "now", &[(SENT_AT, "yesterday")]).await.ok();
    let events = events(&host).await;
    let told: Vec<_> = events
        .iter()
        .map(|event| text(&event["createdAt"]))
        .collect();
    assert_eq!(told[..2], [first, "2026-01-02T03:04:06.000Z"]);
    assert!(told[2].as_str() > "2026-01-03", "{told:?}");
    assert!(text(&events[0]["metadata"]["receivedAt"]).as_str() > "2026-01-03");
    assert_eq!(events[2]["metadata"]["receivedAt"], Value::Null);
}
