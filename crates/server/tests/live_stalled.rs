//! A client that does not read.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Host, Socket, text, types};

/// More than the server keeps for those who are behind, and the system for a connection.
const EVENTS: usize = 44;
const EVENT_BYTES: usize = 512 << 10;

#[tokio::test(flavor = "multi_thread")]
async fn holds_up_nobody_and_gets_a_snapshot_instead_of_a_hole() {
    let host = Host::start().await;
    host.task("marks").await;
    let mut stalled = Socket::open(&host).await;
    let (mut other, _) = Socket::join(&host).await;
    let body = "x".repeat(EVENT_BYTES);
    let mut slowest = Duration::ZERO;
    for number in 0..EVENTS {
        let task = format!("t{number}");
        let begun = Instant::now();
        host.task(&task).await;
        let event = json!({ "taskId": task, "title": "big", "body": body });
        host.api("thought", &event).await;
        host.mark(&task).await;
        let told = other.until(&task).await;
        slowest = slowest.max(begun.elapsed());
        assert_eq!(
            types(&told),
            [
                "task.started",
                "session.started",
                "event.logged",
                "event.logged"
            ]
        );
    }
    assert!(
        slowest < Duration::from_secs(5),
        "nobody waits: {slowest:?}"
    );

    let mut known = BTreeSet::new();
    let mut snapshots = 0;
    while known.len() <= EVENTS || snapshots < 2 {
        let message = stalled.message().await;
        let payload = &message["payload"];
        match message["type"].as_str().unwrap() {
            "snapshot" => {
                snapshots += 1;
                let tasks = payload["tasks"].as_array().unwrap();
                let held = tasks.iter().map(|task| text(&task["id"])).collect();
                assert!(
                    known.is_subset(&held),
                    "a snapshot holds all that was told before"
                );
                known = held;
            }
            "task.started" => {
                let number = known.len() - 1;
                assert_eq!(payload["id"], format!("t{number}"), "no hole");
                known.insert(text(&payload["id"]));
            }
            _ => {}
        }
    }
    assert_eq!(snapshots, 2, "the first, and one for what was missed");
    host.task("after").await;
    host.mark("after").await;
    let told = stalled.until("after").await;
    assert!(types(&told).ends_with(&[
        "task.started".into(),
        "session.started".into(),
        "event.logged".into()
    ]));
}
