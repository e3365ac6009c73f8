//! Transcripts on disk, imported: all of them, once, however they grow.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use agent_tracer_core::adapter::Agent;
use serde_json::{Value, json};

use crate::support::{Home, Host, fixtures, text};

/// A recorded session of Claude Code with a subagent.
const EXPLORED: &str = "explore-subagent";

/// Imports, and waits until that is done; gives how it went.
async fn import(host: &Host, wanted: &Value) -> Value {
    let begun = Instant::now();
    let answer = host.post("/api/import", wanted).await;
    assert_eq!(answer.status, 202, "{wanted}");
    loop {
        let status = host.read("/api/import").await;
        if status["state"] != "running" {
            return status;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{status}");
        tokio::task::yield_now().await;
    }
}

async fn import_all(host: &Host) -> Value {
    let status = import(host, &json!({})).await;
    assert_eq!(
        (&status["state"], &status["sessionsFailed"]),
        (&json!("done"), &json!(0)),
        "{status}"
    );
    status
}

async fn tasks(host: &Host) -> Vec<Value> {
    let listed = host.read("/api/tasks").await;
    listed["tasks"].as_array().unwrap().clone()
}

/// What a person sees of all tasks: each with its sessions and events.
async fn seen(host: &Host) -> Vec<String> {
    let mut seen = Vec::new();
    for task in tasks(host).await {
        let view = host
            .read(&format!("/api/tasks/{}", text(&task["id"])))
            .await;
        let sessions = view["sessions"].as_array().unwrap();
        seen.push(format!(
            "{} {} {} sessions, last {}",
            text(&task["displayTitle"]),
            text(&task["status"]),
            sessions.len(),
            text(&task["lastActivityAt"])
        ));
        for event in view["timeline"].as_array().unwrap() {
            let how = &event["metadata"]["toolStatus"];
            seen.push(format!(
                "  {} {} {how}",
                text(&event["createdAt"]),
                text(&event["title"])
            ));
        }
    }
    seen
}

#[tokio::test]
async fn the_history_of_every_agent_becomes_tasks() {
    let home = Home::full();
    let host = home.serve().await;
    let before = host.read("/api/import").await;
    assert_eq!(before["state"], "idle");
    let found: Vec<_> = before["found"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| {
            (
                text(&found["agent"]),
                found["sessions"].clone(),
                found["unread"].clone(),
            )
        })
        .collect();
    let expected = [
        ("claude-code", 7),
        ("codex", 3),
        ("gemini-cli", 2),
        ("copilot-cli", 3),
    ];
    let expected = expected.map(|(agent, count)| (agent.to_owned(), json!(count), json!(count)));
    assert_eq!(found, expected);

    let status = import_all(&host).await;
    assert_eq!(
        (&status["sessions"], &status["sessionsDone"]),
        (&json!(15), &json!(15))
    );
    assert_eq!(
        (&status["lines_skipped"], &status["bytes"]),
        (&Value::Null, &status["bytesDone"])
    );
    assert_eq!(status["linesSkipped"], 0);
    let tasks = tasks(&host).await;
    assert_eq!(tasks.len(), 16, "with one subagent");
    assert!(
        tasks.iter().all(|task| task["status"] == "completed"),
        "nothing runs"
    );
    let times: Vec<String> = tasks
        .iter()
        .map(|task| text(&task["lastActivityAt"]))
        .collect();
    assert!(
        times.is_sorted_by(|a, b| a >= b),
        "in the order in which it happened: {times:?}"
    );
    assert!(
        times[0].starts_with("2026-11-24T00:0"),
        "not when it was imported: {times:?}"
    );
}

#[tokio::test]
async fn a_second_import_reads_nothing_and_changes_nothing() {
    let home = Home::full();
    let host = home.serve().await;
    import_all(&host).await;
    let once = (seen(&host).await, version(&host).await);
    let again = import_all(&host).await;
    assert_eq!(
        (&again["sessions"], &again["events"]),
        (&json!(0), &json!(0))
    );
    assert_eq!((seen(&host).await, version(&host).await), once);
    let unread = again["found"].as_array().unwrap().iter();
    assert!(unread.into_iter().all(|found| found["unread"] == 0));
}

/// The number of the newest commit.
async fn version(host: &Host) -> Option<String> {
    host.get("/api/overview")
        .await
        .header("etag")
        .map(str::to_owned)
}

/// The file as it was when so many bytes were written.
fn cut(file: &Path, whole: &[u8], length: usize) {
    fs::write(file, &whole[..length]).unwrap();
}

#[tokio::test]
async fn a_transcript_that_grew_goes_on_where_it_was_left() {
    for (agent, name) in [
        (Agent::ClaudeCode, EXPLORED),
        (Agent::Codex, "tool-failures"),
        (Agent::GeminiCli, "first-edit"),
        (Agent::CopilotCli, "continue"),
    ] {
        let at_once = {
            let home = Home::new();
            home.put(agent, name);
            let host = home.serve().await;
            import_all(&host).await;
            titles(&host).await
        };
        for part in 1..8 {
            let home = Home::new();
            let files = home.put(agent, name);
            let main = &files[0];
            let whole = fs::read(main).unwrap();
            cut(main, &whole, whole.len() * part / 8);
            let host = home.serve().await;
            import_all(&host).await;
            fs::write(main, &whole).unwrap();
            import_all(&host).await;
            let told = titles(&host).await;
            assert_eq!(told, at_once, "{} {name}, first {part}/8", agent.source());
        }
    }
}

/// The calls, prompts and answers of all tasks: all that does not depend on when it was read.
async fn titles(host: &Host) -> Vec<String> {
    let mut told = Vec::new();
    for task in tasks(host).await {
        for event in host.events(&text(&task["id"])).await {
            if event["kind"] != "task.complete" {
                let how = &event["metadata"]["toolStatus"];
                told.push(format!(
                    "{} {} {how}",
                    text(&event["kind"]),
                    text(&event["title"])
                ));
            }
        }
    }
    told.sort();
    // Words of Gemini CLI that nothing followed yet were its answer, for all that could be known.
    told.dedup();
    told
}

#[tokio::test]
async fn a_transcript_that_was_replaced_is_read_anew_and_told_once() {
    let home = Home::new();
    let files = home.put(Agent::ClaudeCode, "first-edit");
    let host = home.serve().await;
    import_all(&host).await;
    let told = seen(&host).await;
    let whole = fs::read_to_string(&files[0]).unwrap();
    let longer = format!("{}\n{whole}", json!({ "type": "mode", "mode": "normal" }));
    let (_, shorter) = whole.split_once('\n').unwrap();
    for text in [longer.as_str(), shorter, whole.as_str()] {
        fs::write(&files[0], text).unwrap();
        let status = import_all(&host).await;
        assert_eq!(status["sessions"], 1, "it is read again");
        assert_eq!(seen(&host).await, told);
    }
}

#[tokio::test]
async fn a_session_that_hooks_told_of_is_left_as_it_is() {
    let home = Home::new();
    let files = home.put(Agent::ClaudeCode, "first-edit");
    let host = home.serve().await;
    let hooks = fs::read_to_string(fixtures(Agent::ClaudeCode).join("first-edit.jsonl")).unwrap();
    for line in hooks.split('\n').filter(|line| !line.is_empty()) {
        let call: Value = serde_json::from_str(line).unwrap();
        host.post("/hooks/claude-code", &call["payload"]).await.ok();
    }
    let told = seen(&host).await;
    let status = import_all(&host).await;
    assert_eq!(
        (&status["sessions"], &status["events"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(seen(&host).await, told);
    let used = usage(&host).await;
    assert!(
        used.contains("claude-sonnet-4-5"),
        "but for what it used: {used}"
    );
    let whole = fs::read_to_string(&files[0]).unwrap();
    fs::write(&files[0], format!("{{}}\n{whole}")).unwrap();
    import_all(&host).await;
    assert_eq!(usage(&host).await, used, "counted once");
}

/// What models were used for, by task.
async fn usage(host: &Host) -> String {
    let mut used = String::new();
    for task in tasks(host).await {
        let path = format!("/api/tasks/{}/usage", text(&task["id"]));
        let answer = host.read(&path).await;
        used.push_str(&answer["usage"].to_string());
    }
    used
}

#[tokio::test]
async fn only_what_is_asked_for_is_imported() {
    let home = Home::full();
    let host = home.serve().await;
    let wanted = json!({ "agents": ["codex"], "since": "2026-01-01" });
    assert_eq!(import(&host, &wanted).await["sessions"], 3);
    let later = json!({ "since": "2999-01-01T00:00:00Z" });
    assert_eq!(import(&host, &later).await["sessions"], 0);
    for wrong in [
        json!({ "agents": ["nobody"] }),
        json!({ "since": "yesterday" }),
        json!({ "all": true }),
        json!([]),
    ] {
        let answer = host.post("/api/import", &wrong).await;
        assert_eq!(answer.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_takes_nothing_with_it() {
    let home = Home::new();
    let files = home.put(Agent::ClaudeCode, "first-edit");
    let whole = fs::read(&files[0]).unwrap();
    let strange = [b"\xff\xfe\n[1]\n{\"type\":\"later\",\"timestamp\":\"2026-11-23T00:00:00Z\"}\n{not json\n\n", &*whole];
    fs::write(&files[0], strange.concat()).unwrap();
    fs::write(home.root(Agent::ClaudeCode).join("empty.jsonl"), "").unwrap();
    let host = home.serve().await;
    let status = import_all(&host).await;
    assert_eq!(
        (&status["sessions"], &status["linesSkipped"]),
        (&json!(2), &json!(3))
    );
    assert_eq!(tasks(&host).await.len(), 1);
}

/// As in what hooks send: nothing of a secret is stored, and the event says what was taken out.
#[tokio::test]
async fn secrets_are_taken_out_of_transcripts_too() {
    let home = Home::new();
    let files = home.put(Agent::ClaudeCode, "first-edit");
    let secret = format!("ghp_{}", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8");
    let whole = fs::read_to_string(&files[0]).unwrap();
    fs::write(&files[0], whole.replace("AGENTS.md", &secret)).unwrap();
    let host = home.serve().await;
    import_all(&host).await;
    let mut told = String::new();
    for task in tasks(&host).await {
        let view = host
            .read(&format!("/api/tasks/{}", text(&task["id"])))
            .await;
        told.push_str(&view.to_string());
    }
    assert!(told.contains("git diff --stat"), "it is told");
    assert!(!told.contains(&secret), "without the secret");
    assert!(told.contains("redacted"), "and says so");
}
