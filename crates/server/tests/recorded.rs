//! Recorded sessions of Claude Code, sent as its hooks send them.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Host, Request, normal, text, without};

const SESSIONS: &[&str] = &[
    "continue",
    "explore-subagent",
    "first-edit",
    "http-hooks",
    "interactive-permission",
    "task-list",
    "tool-failures",
];

/// The payloads of a recorded session, in the order they came.
fn recorded(name: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/claude-code");
    let lines = std::fs::read_to_string(folder.join(format!("{name}.jsonl"))).unwrap();
    let line = |line: &str| serde_json::from_str::<Value>(line).unwrap()["payload"].clone();
    lines.lines().map(line).collect()
}

async fn deliver(host: &Host, payload: &Value) {
    let request = Request::new("POST", "/hooks/claude-code").json(payload);
    assert_eq!(
        host.send(request).await.ok(),
        json!({}),
        "agents find nothing in it"
    );
}

async fn delivered(payloads: impl IntoIterator<Item = &Value>) -> Value {
    let host = Host::start().await;
    for payload in payloads {
        deliver(&host, payload).await;
    }
    let state = state(&host).await;
    host.stop().await;
    state
}

/// Everything that is stored, oldest task first, in a form that is the same for each run.
async fn state(host: &Host) -> Value {
    let listed = host.read("/api/tasks").await;
    let mut ids: Vec<(String, String)> = listed["tasks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|task| (text(&task["createdAt"]), text(&task["id"])))
        .collect();
    ids.sort();
    let mut tasks = Vec::new();
    for (_, id) in ids {
        let view = host.read(&format!("/api/tasks/{id}")).await;
        tasks.push(json!({
            "task": view["task"], "sessions": view["sessions"], "events": view["timeline"],
        }));
    }
    let varying = ["durationMs", "questionId"];
    without(&normal(&Value::from(tasks)), &varying)
}

/// The state without order: each task's events by what they say.
fn unordered(state: &Value) -> Vec<Vec<String>> {
    let tasks = state.as_array().unwrap().iter();
    tasks
        .map(|task| {
            let events = task["events"].as_array().unwrap().iter();
            let told = ["kind", "lane", "title", "body"];
            let mut events: Vec<String> = events
                .map(|event| told.map(|field| event[field].to_string()).join(" "))
                .collect();
            events.push(task["task"]["status"].to_string());
            events.sort();
            events
        })
        .collect()
}

#[tokio::test]
async fn a_recorded_session_is_stored_as_it_was() {
    for name in SESSIONS {
        let state = delivered(&recorded(name)).await;
        insta::assert_json_snapshot!(*name, state);
    }
}

#[tokio::test]
async fn each_call_delivered_twice_changes_nothing() {
    for name in SESSIONS {
        let payloads = recorded(name);
        let once = delivered(&payloads).await;
        let twice = payloads.iter().flat_map(|payload| {
            // Nothing in a notification tells a second delivery from a second notification.
            let again = payload["hook_event_name"] != "Notification";
            std::iter::once(payload).chain(again.then_some(payload))
        });
        let twice = delivered(twice).await;
        similar_or_panic(name, &once, &twice);
    }
}

fn similar_or_panic(name: &str, once: &Value, twice: &Value) {
    let lines = |state: &Value| serde_json::to_string_pretty(state).unwrap();
    assert!(
        once == twice,
        "{name} differs:\n{}\n--- and ---\n{}",
        lines(once),
        lines(twice)
    );
}

/// Whether two neighbours can arrive in either order: the hooks of calls that run side by side,
/// and those of an agent and its subagent, are separate processes.
fn overlap(first: &Value, second: &Value) -> bool {
    let name = |payload: &Value| text(&payload["hook_event_name"]);
    let call = |payload: &Value| payload["tool_use_id"].as_str().map(str::to_owned);
    let names = (name(first), name(second));
    match (names.0.as_str(), names.1.as_str()) {
        ("PostToolUse" | "PostToolUseFailure", "PostToolBatch") => true,
        _ if first["agent_id"] != second["agent_id"] => true,
        _ => call(first).is_some() && call(second).is_some() && call(first) != call(second),
    }
}

#[tokio::test]
async fn overlapping_neighbours_may_arrive_in_either_order() {
    let mut swapped = 0;
    for name in SESSIONS {
        let payloads = recorded(name);
        let once = unordered(&delivered(&payloads).await);
        for place in 1..payloads.len() {
            if !overlap(&payloads[place - 1], &payloads[place]) {
                continue;
            }
            let mut shuffled = payloads.clone();
            shuffled.swap(place - 1, place);
            let state = unordered(&delivered(&shuffled).await);
            assert_eq!(state, once, "{name} with {place} before its neighbour");
            swapped += 1;
        }
    }
    assert!(
        swapped > 5,
        "the recordings have overlapping calls: {swapped}"
    );
}
