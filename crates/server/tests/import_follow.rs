//! Transcripts that are followed as they are written.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::time::Timestamp;
use serde_json::{Value, json};

use crate::support::{Home, Host, text};

/// A line of Claude Code's transcript, written now.
#[expect(clippy::disallowed_methods, reason = "what is followed happens now")]
fn line(mut line: Value) -> Value {
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let millis = i64::try_from(since_1970.unwrap().as_millis()).unwrap();
    line["timestamp"] = json!(Timestamp::from_millis(millis));
    line["sessionId"] = "s".into();
    line["cwd"] = "/srv/app".into();
    line["promptId"] = "p1".into();
    line
}

fn write(file: &Path, value: &Value) {
    let mut file = OpenOptions::new()
        .append(true)
        .create(true)
        .open(file)
        .unwrap();
    writeln!(file, "{value}").unwrap();
}

/// Waits until the only task is like that; gives it.
async fn until(host: &Host, what: &str, is: impl Fn(&Value) -> bool) -> Value {
    let begun = Instant::now();
    loop {
        let listed = host.read("/api/tasks").await;
        match listed["tasks"].as_array().unwrap().as_slice() {
            [task] if is(task) => return task.clone(),
            tasks => assert!(
                begun.elapsed() < Duration::from_secs(60),
                "{what}: {tasks:?}"
            ),
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn what_is_written_becomes_events_and_a_state() {
    let home = Home::new();
    let folder = home.root(Agent::ClaudeCode).join("-work-app");
    fs::create_dir_all(&folder).unwrap();
    let host = Host::with(|config| config.followed = home.folders()).await;
    let file = folder.join("s.jsonl");

    write(
        &file,
        &line(json!({ "type": "user", "message": { "content": "go" } })),
    );
    let task = until(&host, "it works", |task| task["status"] == "running").await;
    assert_eq!(text(&task["displayTitle"]), "go");

    let part =
        json!({ "type": "tool_use", "id": "c", "name": "Bash", "input": { "command": "ls" } });
    let message = json!({ "id": "m1", "model": "m", "stop_reason": "tool_use", "content": [part] });
    write(
        &file,
        &line(json!({ "type": "assistant", "message": message })),
    );
    let part = json!({ "type": "tool_result", "tool_use_id": "c", "content": "a" });
    write(
        &file,
        &line(json!({ "type": "user", "message": { "content": [part] } })),
    );
    let part = json!({ "type": "text", "text": "Done." });
    let message = json!({ "id": "m2", "model": "m", "stop_reason": "end_turn", "content": [part] });
    write(
        &file,
        &line(json!({ "type": "assistant", "message": message })),
    );
    write(
        &file,
        &line(json!({ "type": "system", "subtype": "turn_duration" })),
    );
    until(&host, "it waits", |task| task["status"] == "waiting").await;
    let events = host.events(&text(&task["id"])).await;
    let told: Vec<String> = events.iter().map(|event| text(&event["title"])).collect();
    assert_eq!(told, ["go", "ls", "Done."]);
    host.stop().await;
}

/// A history is imported when its person asks for it.
#[tokio::test]
async fn what_was_written_long_ago_is_not_followed() {
    let home = Home::new();
    let old = home.put(Agent::ClaudeCode, "first-edit");
    let day_ago = fs::metadata(&old[0]).unwrap().modified().unwrap() - Duration::from_secs(86_400);
    let file = OpenOptions::new().append(true).open(&old[0]).unwrap();
    file.set_modified(day_ago).unwrap();
    let host = Host::with(|config| config.followed = home.folders()).await;
    let folder = home.root(Agent::ClaudeCode).join("-work-app");
    fs::create_dir_all(&folder).unwrap();
    let new = json!({ "type": "user", "message": { "content": "new" } });
    write(&folder.join("s.jsonl"), &line(new));
    let task = until(&host, "the new one", |_| true).await;
    assert_eq!(text(&task["displayTitle"]), "new");
}
