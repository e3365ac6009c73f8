//! Clients that join, while nothing happens and while much does.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{Host, Socket, text};

const WRITERS: usize = 4;
const ROUNDS: usize = 40;
const JOINS: usize = 12;

#[tokio::test]
async fn two_clients_are_told_the_same() {
    let host = Host::start().await;
    host.task("marks").await;
    let (mut first, _) = Socket::join(&host).await;
    let (mut second, _) = Socket::join(&host).await;
    host.task("t").await;
    for number in 0..100 {
        let event = json!({ "taskId": "t", "title": format!("{number}") });
        host.api("thought", &event).await;
    }
    host.mark("done").await;
    let told = first.until("done").await;
    assert_eq!(told.len(), 103);
    assert_eq!(told, second.until("done").await);
}

/// Starts tasks and logs events, from several connections at once.
async fn burst(host: &Host) {
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let address = host.address;
        writers.spawn(async move {
            let post = async |route: &str, body: Value| {
                let request = crate::support::Request::new("POST", &format!("/api/{route}"));
                request.json(&body).send(address).await.ok();
            };
            for round in 0..ROUNDS {
                let task = format!("{writer}-{round}");
                post("task-start", json!({ "taskId": task, "title": task })).await;
                let edit = json!({ "taskId": task, "toolName": "x", "filePaths": ["/a", "/b"] });
                post("tool-used", edit).await;
            }
        });
    }
    while let Some(writer) = writers.join_next().await {
        writer.unwrap();
    }
}

/// What a client knows at the end: the snapshot, and what it was told after it.
struct Known {
    in_snapshot: BTreeSet<String>,
    events_in_snapshot: i64,
    told_tasks: Vec<String>,
    told_events: Vec<String>,
}

async fn follow(mut socket: Socket) -> Known {
    let snapshot = socket.message().await;
    assert_eq!(snapshot["type"], "snapshot", "comes first");
    let tasks = snapshot["payload"]["tasks"].as_array().unwrap();
    let mut known = Known {
        in_snapshot: tasks.iter().map(|task| text(&task["id"])).collect(),
        events_in_snapshot: snapshot["payload"]["stats"]["totalEvents"]
            .as_i64()
            .unwrap(),
        told_tasks: Vec::new(),
        told_events: Vec::new(),
    };
    for message in socket.until("done").await {
        let id = || text(&message["payload"]["id"]);
        match message["type"].as_str().unwrap() {
            "task.started" => known.told_tasks.push(id()),
            "event.logged" => known.told_events.push(id()),
            "session.started" => {}
            other => panic!("{other} was not asked for"),
        }
    }
    known
}

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_in_a_burst_misses_nothing_and_sees_nothing_twice() {
    let host = Host::start().await;
    host.task("marks").await;
    let mut clients = JoinSet::new();
    let joining = async {
        // Each joins when the one before has its snapshot: spread over the burst.
        for _ in 0..JOINS {
            let socket = Socket::open(&host).await;
            clients.spawn(follow(socket));
            host.api("thought", &json!({ "taskId": "marks", "title": "between" }))
                .await;
        }
    };
    tokio::join!(burst(&host), joining);
    host.mark("done").await;
    let list = host.read("/api/tasks").await;
    let tasks = list["tasks"].as_array().unwrap();
    let all: BTreeSet<String> = tasks.iter().map(|task| text(&task["id"])).collect();
    assert_eq!(all.len(), 1 + WRITERS * ROUNDS);
    let mut events = BTreeSet::new();
    for task in &all {
        let view = host.read(&format!("/api/tasks/{task}")).await;
        let timeline = view["timeline"].as_array().unwrap();
        events.extend(timeline.iter().map(|event| text(&event["id"])));
    }
    while let Some(known) = clients.join_next().await {
        let known = known.unwrap();
        let told: BTreeSet<String> = known.told_tasks.iter().cloned().collect();
        assert_eq!(told.len(), known.told_tasks.len(), "no task is told twice");
        assert!(
            told.is_disjoint(&known.in_snapshot),
            "nothing of the snapshot is told again"
        );
        assert_eq!(&told | &known.in_snapshot, all);
        let told: BTreeSet<String> = known.told_events.iter().cloned().collect();
        assert_eq!(
            told.len(),
            known.told_events.len(),
            "no event is told twice"
        );
        assert!(told.is_subset(&events));
        let count = usize::try_from(known.events_in_snapshot).unwrap() + told.len();
        assert_eq!(count, events.len(), "no event is missing");
    }
}
