//! Secrets are gone before anything is stored or told, and what hooks sent is kept without them.

use agent_tracer_core::redact::{Pattern, Policy};
use serde_json::{Value, json};

use crate::support::{Host, is_time, text};

const HOOKS: &str = "/hooks/claude-code";
const REMOVED: &str = "[removed: GitHub token]";
const NO_PROMPT: &str = "[not kept: prompts are switched off]";
const NO_OUTPUT: &str = "[not kept: tool output is switched off]";

/// Made up, and joined here so that no scanner takes it for a leak.
fn key() -> String {
    ["gh", "p_16C7e42F292c6912E7710c838347Ae178B4a"].concat()
}

fn prompt(text: &str) -> Value {
    json!({ "hook_event_name": "UserPromptSubmit", "session_id": "s", "prompt_id": "p", "prompt": text })
}

fn call(event: &str, output: &str) -> Value {
    json!({
        "hook_event_name": event, "session_id": "s", "tool_use_id": "c", "tool_name": "Bash",
        "tool_input": { "command": format!("echo {}", key()) },
        "tool_response": { "stdout": output, "stderr": "" },
    })
}

/// The events of the one task that a hook made.
async fn events(host: &Host) -> Vec<Value> {
    let tasks = host.read("/api/tasks").await;
    let tasks = tasks["tasks"].as_array().unwrap().iter();
    let mut of_hooks = tasks.filter(|task| task["runtimeSource"] == "claude-code");
    host.events(&text(&of_hooks.next().unwrap()["id"])).await
}

async fn raw(host: &Host, event: &Value) -> Vec<Value> {
    let path = format!("/api/events/{}/raw", text(&event["id"]));
    host.read(&path).await["payloads"]
        .as_array()
        .unwrap()
        .clone()
}

/// Whether a text stands in any file of the database.
fn is_stored(host: &Host, text: &str) -> bool {
    let files = std::fs::read_dir(host.folder.path()).unwrap();
    let contents = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
    let mut contents = contents.into_iter();
    contents.any(|bytes| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    })
}

#[tokio::test]
async fn a_secret_never_reaches_the_disk_or_a_socket() {
    let (host, mut socket) = Host::watched().await;
    let told = host
        .told(&mut socket, async {
            host.post(HOOKS, &prompt(&format!("use {} marked-prompt", key()))).await.ok();
            host.post(HOOKS, &call("PreToolUse", "")).await.ok();
            host.post(HOOKS, &call("PostToolUse", &key())).await.ok();
            host.task("t").await;
            let body = json!({ "taskId": "t", "title": key(), "body": key(), "metadata": { "note": key() } });
            host.api("thought", &body).await;
            let named = json!({ "title": format!("named {}", key()) });
            host.change("PATCH", "/api/tasks/t", named).await;
        })
        .await;
    let told = json!(told).to_string();
    assert!(told.contains(&format!("named {REMOVED}")), "{told}");
    assert!(!told.contains(&key()), "{told}");
    assert!(
        is_stored(&host, "marked-prompt"),
        "what is looked at is what was written"
    );
    assert!(!is_stored(&host, &key()));
}

#[tokio::test]
async fn an_event_says_what_was_removed_from_it() {
    let host = Host::start().await;
    host.post(HOOKS, &prompt(&format!("use {}", key())))
        .await
        .ok();
    host.post(HOOKS, &call("PreToolUse", "")).await.ok();
    host.post(HOOKS, &call("PostToolUse", &key())).await.ok();
    let events = events(&host).await;
    assert_eq!(events[0]["body"], format!("use {REMOVED}"));
    assert_eq!(
        events[0]["metadata"]["redacted"],
        json!({ "GitHub token": 1 })
    );
    assert_eq!(events[1]["metadata"]["command"], format!("echo {REMOVED}"));
    assert_eq!(events[1]["metadata"]["output"], REMOVED);
    assert_eq!(
        events[1]["metadata"]["redacted"],
        json!({ "GitHub token": 2 })
    );
    assert_eq!(events[1]["metadata"]["toolStatus"], "completed");
    host.task("t").await;
    host.api("thought", &json!({ "taskId": "t", "title": key() }))
        .await;
    host.api("thought", &json!({ "taskId": "t", "title": "nothing" }))
        .await;
    let events = host.events("t").await;
    assert_eq!(
        events[0]["metadata"]["redacted"],
        json!({ "GitHub token": 1 })
    );
    assert_eq!(events[1]["metadata"].get("redacted"), None);
}

#[tokio::test]
async fn what_hooks_sent_is_read_by_the_event_that_came_of_it() {
    let host = Host::start().await;
    let (begin, end) = (
        call("PreToolUse", ""),
        call("PostToolUse", &"line\n".repeat(60_000)),
    );
    host.post(HOOKS, &begin).await.ok();
    host.post(HOOKS, &end).await.ok();
    let event = events(&host).await.remove(0);
    let payloads = raw(&host, &event).await;
    assert_eq!(payloads.len(), 2);
    for (payload, (event, sent)) in payloads
        .iter()
        .zip([("PreToolUse", begin), ("PostToolUse", end)])
    {
        assert_eq!(payload["hookEvent"], event);
        assert!(is_time(&text(&payload["receivedAt"])), "{payload}");
        let kept = sent.to_string().replace(&key(), REMOVED);
        assert_eq!(payload["payload"].to_string(), kept);
    }
    host.task("t").await;
    host.api("thought", &json!({ "taskId": "t", "title": "by hand" }))
        .await;
    let event = host.events("t").await.remove(0);
    assert_eq!(raw(&host, &event).await, Vec::<Value>::new());
    let gone = host.get("/api/events/nowhere/raw").await;
    assert_eq!(gone.refused(404), "event_not_found");
}

#[tokio::test]
async fn what_is_switched_off_is_kept_nowhere() {
    let host = Host::with(|config| {
        config.redaction = Policy {
            prompts: false,
            tool_output: false,
            patterns: vec![Pattern::new("badge", r"B-\d+").unwrap()],
        };
    })
    .await;
    host.post(HOOKS, &prompt("a plan of mine")).await.ok();
    host.post(HOOKS, &call("PostToolUse", "what it said"))
        .await
        .ok();
    let mut unknown = json!({ "hook_event_name": "Unheard", "session_id": "s" });
    unknown["novelty"] = "a plan of mine".into();
    host.post(HOOKS, &unknown).await.ok();
    let session = host.task("t").await;
    let said = json!({
        "taskId": "t", "sessionId": session, "messageId": "m", "captureMode": "raw", "source": "hook",
        "title": "a plan of mine", "body": "a plan of mine",
    });
    host.api("user-message", &said).await;
    let ran =
        json!({ "taskId": "t", "title": "Run", "command": "ls B-12", "body": "what it said" });
    host.api("terminal-command", &ran).await;
    let from_hooks = events(&host).await;
    let of_task = host.events("t").await;
    assert_eq!(of_task.last().unwrap()["body"], NO_OUTPUT);
    assert_eq!(
        of_task.last().unwrap()["metadata"]["command"],
        "ls [removed: badge]"
    );
    let all = json!([from_hooks, of_task]).to_string();
    assert!(all.contains(NO_PROMPT) && all.contains(NO_OUTPUT), "{all}");
    let mut kept = vec![all];
    for event in &from_hooks {
        kept.push(json!(raw(&host, event).await).to_string());
    }
    for text in ["a plan of mine", "what it said"] {
        assert!(
            !kept.iter().any(|kept| kept.contains(text)),
            "{text}: {kept:#?}"
        );
        assert!(!is_stored(&host, text));
    }
}
