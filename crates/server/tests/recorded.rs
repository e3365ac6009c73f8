//! Recorded sessions of agents, sent as their hooks send them.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Connection, Host, Request, normal, text, without};

const SESSIONS: &[(&str, &str)] = &[
    ("claude-code", "continue"),
    ("claude-code", "explore-subagent"),
    ("claude-code", "first-edit"),
    ("claude-code", "http-hooks"),
    ("claude-code", "interactive-permission"),
    ("claude-code", "task-list"),
    ("claude-code", "tool-failures"),
    ("codex", "first-edit"),
    ("codex", "resume"),
    ("codex", "tool-failures"),
    ("gemini-cli", "first-edit"),
    ("gemini-cli", "tool-failures"),
    ("opencode", "first-edit"),
    ("opencode", "server-sse"),
    ("opencode", "tool-failures"),
    ("copilot-cli", "continue"),
    ("copilot-cli", "first-edit"),
    ("copilot-cli", "tool-failures"),
];

/// One hook call: where it is posted to, and what.
#[derive(Clone)]
pub(crate) struct Call {
    path: String,
    hook: String,
    payload: Value,
}

/// The hook calls of a recorded session, in the order they came.
pub(crate) fn recorded((agent, name): (&str, &str)) -> Vec<Call> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let file = folder.join(agent).join(format!("{name}.jsonl"));
    let lines = std::fs::read_to_string(file).unwrap();
    let call = |line: &str| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        let hook = text(&line["registered_for"]);
        let path = format!("/hooks/{agent}?event={hook}");
        let payload = line["payload"].take();
        Call {
            path,
            hook,
            payload,
        }
    };
    let lines = lines.split('\n').filter(|line| !line.is_empty());
    lines.map(call).collect()
}

pub(crate) async fn deliver(host: &Host, call: &Call) {
    let request = Request::new("POST", &call.path).json(&call.payload);
    assert_eq!(
        host.send(request).await.ok(),
        json!({}),
        "agents find nothing in it"
    );
}

async fn delivered(calls: impl IntoIterator<Item = &Call>) -> Value {
    let host = Host::start().await;
    for call in calls {
        deliver(&host, call).await;
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
    let varying = ["durationMs", "questionId", "deliveries"];
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
    for session in SESSIONS {
        let state = delivered(&recorded(*session)).await;
        insta::assert_json_snapshot!(format!("{}__{}", session.0, session.1), state);
    }
}

/// Whether a second delivery can be told from a second event: nothing of a turn has an id where the
/// agent gives none.
fn is_told_once(agent: &str, call: &Call) -> bool {
    agent != "gemini-cli" || call.hook.starts_with("Session") || call.hook.ends_with("Model")
}

#[tokio::test]
async fn each_call_delivered_twice_changes_nothing() {
    for session in SESSIONS {
        let calls = recorded(*session);
        let once = delivered(&calls).await;
        let twice = calls.iter().flat_map(|call| {
            let again = is_told_once(session.0, call);
            std::iter::once(call).chain(again.then_some(call))
        });
        let twice = delivered(twice).await;
        similar_or_panic(session, &once, &twice);
    }
}

const HTTP: (&str, &str) = ("claude-code", "http-hooks");

/// Claude Code keeps the connection of its HTTP hooks open, and sends what axios sends.
#[tokio::test]
async fn hooks_of_type_http_share_a_connection_and_find_nothing_in_the_answers() {
    let host = Host::start().await;
    let mut connection = Connection::open(host.address).await;
    let calls = recorded(HTTP);
    for call in &calls {
        let request = Request::new("POST", &call.path).json(&call.payload);
        let request = request
            .header("accept", "application/json, text/plain, */*")
            .header("user-agent", "axios/1.15.2")
            .header("accept-encoding", "gzip, compress, deflate, br");
        connection.write(request.bytes(host.address));
        let answer = connection
            .answer(false)
            .await
            .expect("the connection stays open");
        assert_eq!(answer.ok(), json!({}));
    }
    similar_or_panic(&HTTP, &state(&host).await, &delivered(&calls).await);
}

/// Registered as a command and as HTTP: a delivery with a name and one without, side by side.
#[tokio::test]
async fn two_transports_tell_each_thing_once() {
    let calls = recorded(HTTP);
    let host = Host::start().await;
    for (number, call) in calls.iter().enumerate() {
        let named = Request::new("POST", &call.path).json(&call.payload);
        let name = format!("d-{number}");
        host.send(named.header("x-agent-tracer-delivery", &name))
            .await
            .ok();
        deliver(&host, call).await;
    }
    similar_or_panic(&HTTP, &state(&host).await, &delivered(&calls).await);
}

fn similar_or_panic(session: &(&str, &str), once: &Value, twice: &Value) {
    let lines = |state: &Value| serde_json::to_string_pretty(state).unwrap();
    assert!(
        once == twice,
        "{session:?} differs:\n{}\n--- and ---\n{}",
        lines(once),
        lines(twice)
    );
}

/// Whether two neighbours can arrive in either order: the hooks of calls that run side by side,
/// and those of an agent and its subagent, are separate processes.
fn overlap(first: &Call, second: &Call) -> bool {
    let hooks = (first.hook.as_str(), second.hook.as_str());
    let (first, second) = (&first.payload, &second.payload);
    let call = |payload: &Value| payload["tool_use_id"].as_str().map(str::to_owned);
    match hooks {
        ("PostToolUse" | "PostToolUseFailure", "PostToolBatch") | ("notify", _) | (_, "notify") => {
            true
        }
        _ if first["agent_id"] != second["agent_id"] => true,
        _ => call(first).is_some() && call(second).is_some() && call(first) != call(second),
    }
}

#[tokio::test]
async fn overlapping_neighbours_may_arrive_in_either_order() {
    let mut swapped = 0;
    for session in SESSIONS {
        let calls = recorded(*session);
        let once = unordered(&delivered(&calls).await);
        for place in 1..calls.len() {
            if !overlap(&calls[place - 1], &calls[place]) {
                continue;
            }
            let mut shuffled = calls.clone();
            shuffled.swap(place - 1, place);
            let state = unordered(&delivered(&shuffled).await);
            assert_eq!(state, once, "{session:?} with {place} before its neighbour");
            swapped += 1;
        }
    }
    assert!(
        swapped > 5,
        "the recordings have overlapping calls: {swapped}"
    );
}
