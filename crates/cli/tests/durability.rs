//! What was answered is there after a crash, and nothing is there by half.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

use crate::support::{Client, PATIENCE, Seeded, Server};

const WRITERS: usize = 4;
/// How many files each edit names, by the number of the edit.
const FILES_MAX: usize = 4;

/// How often the server is killed: a few times here, many where somebody asks for it.
fn rounds() -> u64 {
    let asked = std::env::var("AGENT_TRACER_KILL_ROUNDS");
    asked.map_or(20, |rounds| rounds.parse().expect("a number of rounds"))
}

/// What writers were answered.
#[derive(Default)]
struct Answered {
    /// How many answers; the one who kills counts them.
    count: AtomicUsize,
    events: Mutex<Vec<String>>,
}

#[test]
fn what_was_answered_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("tracer.sqlite");
    let answered = Arc::new(Answered::default());
    let mut seeded = Seeded(9);
    for round in 0..rounds() {
        write_and_kill(
            &database,
            round,
            &answered,
            usize::try_from(seeded.below(60)).unwrap(),
        );
        let server = Server::start(&database);
        check(server.client(), &answered, round);
    }
    assert!(!answered.events.lock().unwrap().is_empty());
}

/// Lets writers write, and kills the server after some answers.
fn write_and_kill(database: &Path, round: u64, answered: &Arc<Answered>, answers: usize) {
    let mut server = Server::start(database);
    let client = server.client();
    let before = answered.count.load(Ordering::SeqCst);
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let answered = Arc::clone(answered);
            let task = format!("{round}-{writer}");
            thread::spawn(move || write_until_dead(client, &task, &answered))
        })
        .collect();
    let begun = std::time::Instant::now();
    while answered.count.load(Ordering::SeqCst) < before + answers {
        assert!(begun.elapsed() < PATIENCE, "answers come");
        thread::yield_now();
    }
    server.kill();
    for writer in writers {
        writer.join().unwrap();
    }
}

fn write_until_dead(client: Client, task: &str, answered: &Answered) {
    let start = json!({ "taskId": task, "title": task }).to_string();
    let mut request = ("/api/task-start", start);
    for number in 0.. {
        let Ok((status, answer)) = client.ask("POST", request.0, &request.1) else {
            return;
        };
        assert_eq!(status, 200, "{answer}");
        let mut events = answered.events.lock().unwrap();
        let new = answer["events"].as_array().unwrap().iter();
        events.extend(new.map(|event| event["id"].as_str().unwrap().to_owned()));
        drop(events);
        answered.count.fetch_add(1, Ordering::SeqCst);
        let files: Vec<String> = (0..=number % FILES_MAX)
            .map(|n| format!("/w/{n}"))
            .collect();
        let edit = json!({ "taskId": task, "toolName": "Edit", "filePaths": files });
        request = ("/api/tool-used", edit.to_string());
    }
}

fn check(client: Client, answered: &Answered, round: u64) {
    let mut kinds: BTreeMap<String, String> = BTreeMap::new();
    let mut total = 0;
    for task in list(&client.read("/api/tasks"), "tasks") {
        let id = task["id"].as_str().unwrap();
        let view = client.read(&format!("/api/tasks/{id}"));
        let timeline = list(&view, "timeline");
        total += timeline.len();
        let observability = client.read(&format!("/api/tasks/{id}/observability"));
        let counted = &observability["observability"]["totalEvents"];
        assert_eq!(
            *counted,
            timeline.len(),
            "round {round}: the counter of {id}"
        );
        assert_whole(&timeline, round);
        for event in &timeline {
            let text = |field: &str| event[field].as_str().unwrap().to_owned();
            kinds.insert(text("id"), text("kind"));
        }
    }
    for event in answered.events.lock().unwrap().iter() {
        assert!(
            kinds.contains_key(event),
            "round {round}: {event} was answered and is lost"
        );
    }
    let stats = client.read("/api/overview")["stats"].clone();
    assert_eq!(stats["totalEvents"], total, "round {round}");
    assert_eq!(stats["totalTasks"], stats["runningTasks"], "round {round}");
}

/// Checks that each edit has a changed file for each of its files.
fn assert_whole(timeline: &[Value], round: u64) {
    let of = |kind: &'static str| timeline.iter().filter(move |event| event["kind"] == kind);
    assert_eq!(of("task.start").count(), 1, "round {round}");
    for edit in of("tool.used") {
        let changed = of("file.changed")
            .filter(|changed| changed["metadata"]["sourceEventId"] == edit["id"])
            .count();
        let files = list(&edit["metadata"], "filePaths").len();
        assert_eq!(changed, files, "round {round}: a request is stored whole");
    }
}

fn list(value: &Value, name: &str) -> Vec<Value> {
    value[name].as_array().unwrap().clone()
}
