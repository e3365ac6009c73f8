//! Agents that end or fall silent without a word.

use std::process::{Command, Stdio};
use std::time::Duration;

use agent_tracer_server::process_name;
use serde_json::{Value, json};

use crate::support::{Host, Request, Socket};

async fn hook(host: &Host, process: &str, hook: &str, fields: Value) {
    let mut payload = json!({"session_id": "s", "cwd": "/p", "hook_event_name": hook});
    let Value::Object(fields) = fields else {
        panic!("fields are an object")
    };
    payload.as_object_mut().unwrap().extend(fields);
    let request = Request::new("POST", "/hooks/claude-code").json(&payload);
    let request = request.header("x-agent-tracer-process", process);
    host.send(request).await.ok();
}

#[tokio::test]
async fn an_agent_that_was_killed_is_over() {
    let host = Host::with(|config| config.watch_every = Duration::from_millis(20)).await;
    let mut agent = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
    let process = process_name(agent.id()).unwrap();
    let mut socket = Socket::open(&host).await;
    hook(&host, &process, "SessionStart", json!({})).await;
    hook(&host, &process, "UserPromptSubmit", json!({"prompt": "go"})).await;
    let tasks = host.read("/api/tasks").await;
    let working = &tasks["tasks"][0];
    assert_eq!(
        (&working["status"], &working["activity"]["state"]),
        (&json!("running"), &json!("working"))
    );
    agent.kill().unwrap();
    agent.wait().unwrap();
    let completed = loop {
        let message = socket.message().await;
        if message["type"] == "task.completed" {
            break message;
        }
    };
    let activity = &completed["payload"]["activity"];
    assert_eq!(
        (&activity["state"], &activity["guess"]),
        (&json!("interrupted"), &json!(true))
    );
    host.stop().await;
}
