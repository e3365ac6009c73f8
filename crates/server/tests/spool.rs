//! Hook calls that waited for the server: taken in order, once, and what was lost is told.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use agent_tracer_core::time::Timestamp;
use agent_tracer_server::{Config, Envelope, Reason, Server, Spool};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Host, local, text};

/// A database that no server has open, and its spool.
struct Place {
    folder: TempDir,
    spool: Spool,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::of(&local(&folder).database);
        Self { folder, spool }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("agent-tracer.sqlite.spool")
    }

    /// What is in the spool's folder: names without what is random in them.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn keep(&self, session: &str, message: &str) {
        let envelope = Envelope::now("claude-code", Some("Notification"));
        self.spool
            .keep(&envelope, &prompt(session, message))
            .unwrap();
    }

    /// Serves until nothing waits and nothing is left to be told.
    async fn serve(self) -> Host {
        self.serve_with(|_| {}).await
    }

    async fn serve_with(self, change: impl FnOnce(&mut Config)) -> Host {
        let (path, mut config) = (self.path(), local(&self.folder));
        change(&mut config);
        let host = Host::run(Server::bind(config).await.unwrap(), self.folder);
        let begun = Instant::now();
        while left(&path) {
            assert!(begun.elapsed() < Duration::from_secs(30), "it is taken");
            tokio::task::yield_now().await;
        }
        host
    }
}

/// Whether something in the folder is still to be taken.
fn left(path: &PathBuf) -> bool {
    let names = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    names
        .into_iter()
        .any(|name| !name.to_string_lossy().starts_with('.'))
}

fn prompt(session: &str, message: &str) -> Vec<u8> {
    let payload = json!({
        "session_id": session, "hook_event_name": "UserPromptSubmit", "prompt": message,
    });
    payload.to_string().into_bytes()
}

/// The titles of what is told of the task of a session.
async fn told(host: &Host, session: &str) -> Vec<String> {
    let events = events(host, session).await;
    events.iter().map(|event| text(&event["title"])).collect()
}

async fn events(host: &Host, session: &str) -> Vec<Value> {
    let tasks = host.read("/api/tasks").await;
    let tasks = tasks["tasks"].as_array().unwrap().clone();
    let title = format!(" — {session}");
    let task = tasks
        .iter()
        .find(|task| text(&task["title"]).ends_with(&title));
    host.events(&text(&task.expect("a task")["id"])).await
}

#[tokio::test]
async fn what_waits_is_taken_in_order_when_the_server_starts() {
    let place = Place::new();
    let messages: Vec<String> = (0..150).map(|number| format!("note {number}")).collect();
    for message in &messages {
        place.keep("s", message);
    }
    let host = place.serve().await;
    let told = told(&host, "s").await;
    assert_eq!(told.len(), messages.len());
    for (told, message) in told.iter().zip(&messages) {
        assert!(told.ends_with(message), "{told} is {message}");
    }
}

#[tokio::test]
async fn what_comes_to_wait_later_is_noticed() {
    let place = Place::new();
    let (spool, path) = (place.spool.clone(), place.path());
    place.keep("s", "before");
    let host = place.serve().await;
    let envelope = Envelope::now("claude-code", None);
    spool.keep(&envelope, &prompt("s", "later")).unwrap();
    // The server had it, but could not say so in time.
    spool.keep(&envelope, &prompt("s", "later")).unwrap();
    let begun = Instant::now();
    while left(&path) {
        assert!(begun.elapsed() < Duration::from_secs(30), "it is taken");
        tokio::task::yield_now().await;
    }
    assert_eq!(told(&host, "s").await.len(), 2);
}

/// The beginning of a call.
fn call_of(id: &str) -> Vec<u8> {
    let call = json!({
        "session_id": "s", "hook_event_name": "PreToolUse", "tool_name": "Bash",
        "tool_use_id": id, "tool_input": { "command": id },
    });
    call.to_string().into_bytes()
}

/// Nobody was silent: what was said is only on its way.
#[tokio::test]
async fn silence_means_nothing_before_all_is_taken() {
    let place = Place::new();
    let old = |hours: i64| {
        let envelope = Envelope::now("claude-code", None);
        let sent_at = envelope.sent_at.unwrap().as_millis() - hours * 3_600_000;
        Envelope {
            sent_at: Some(Timestamp::from_millis(sent_at)),
            process: None,
            ..envelope
        }
    };
    place.spool.keep(&old(5), &call_of("c")).unwrap();
    for number in 0..300 {
        let note = json!({
            "session_id": "s", "hook_event_name": "Notification", "message": number.to_string(),
        });
        let note = note.to_string().into_bytes();
        place.spool.keep(&old(4), &note).unwrap();
    }
    let watching = |config: &mut Config| config.watch_every = Duration::from_millis(1);
    let now = Envelope::now("claude-code", None);
    place.spool.keep(&now, &call_of("d")).unwrap();
    let host = place.serve_with(watching).await;
    let events = events(&host, "s").await;
    assert_eq!(
        events[0]["metadata"]["toolStatus"], "running",
        "{events:#?}"
    );
    host.stop().await;
}

#[tokio::test]
async fn a_call_that_cannot_be_taken_does_not_stop_the_others() {
    let place = Place::new();
    for (agent, payload) in [
        ("nobody", "{}"),
        ("claude-code", "[]"),
        ("claude-code", "x"),
    ] {
        let envelope = Envelope::now(agent, None);
        place.spool.keep(&envelope, payload.as_bytes()).unwrap();
    }
    place.keep("s", "good");
    let host = place.serve().await;
    assert_eq!(told(&host, "s").await.len(), 1);
}

#[tokio::test]
async fn a_call_that_was_written_by_half_is_told_as_lost() {
    let place = Place::new();
    place.keep("s", "whole");
    place.keep("s", "torn");
    let torn = place.path().join(place.names().pop().unwrap());
    let content = fs::read(&torn).unwrap();
    fs::write(&torn, &content[..content.len() - 1]).unwrap();
    // A process was killed before it renamed this one, a day ago.
    let abandoned = place.path().join(".0001795000000000-0.5");
    fs::write(&abandoned, "{\"age").unwrap();
    let file = fs::File::options().append(true).open(&abandoned).unwrap();
    file.set_modified(std::time::UNIX_EPOCH).unwrap();
    let host = place.serve().await;
    assert_eq!(told(&host, "s").await.len(), 1);
    let lost = events(&host, "lost hook calls").await;
    assert_eq!(
        lost[0]["title"],
        "2 hook calls were lost: written only by half"
    );
    assert_eq!(lost[0]["metadata"]["gap"]["count"], 2);
    assert_eq!(lost[1]["kind"], "task.complete", "{lost:#?}");
}

#[tokio::test]
async fn the_oldest_are_kept_and_the_rest_is_counted_by_session() {
    let mut place = Place::new();
    place.spool = place.spool.clone().limited(3, 1 << 20);
    for (number, session) in (0..).zip(["s", "t", "s", "s", "t", "u", "s"]) {
        place.keep(session, &format!("note {number}"));
    }
    assert_eq!(place.spool.waiting().unwrap().len(), 3);
    let host = place.serve().await;
    let of_s = events(&host, "s").await;
    assert_eq!(of_s.len(), 3, "{of_s:#?}");
    let gap = &of_s[2];
    assert_eq!(
        gap["title"],
        "2 hook calls were lost: too many waited for the server already"
    );
    assert_eq!(gap["metadata"]["gap"]["reason"], "full");
    assert!(gap["metadata"]["gap"]["from"].as_str() <= gap["metadata"]["gap"]["to"].as_str());
    let lost = "1 hook call was lost: too many waited for the server already";
    assert_eq!(told(&host, "t").await[1], lost);
    assert_eq!(told(&host, "u").await, [lost]);
    let restarted = Host::again(host.stop().await).await;
    assert_eq!(told(&restarted, "u").await, [lost], "told once");
}

#[tokio::test]
async fn many_bytes_fill_it_as_well() {
    let mut place = Place::new();
    place.spool = place.spool.clone().limited(100, 1_000);
    let (envelope, large) = (Envelope::now("claude-code", None), "x".repeat(2_000));
    place.keep("s", "small");
    place.spool.keep(&envelope, &prompt("s", &large)).unwrap();
    place.keep("s", "small too");
    assert_eq!(place.spool.waiting().unwrap().len(), 2);
}

#[tokio::test]
async fn losses_are_told_once_even_if_the_server_ends_before_it_forgets_them() {
    let place = Place::new();
    place.keep("s", "kept");
    let envelope = Envelope::now("claude-code", None);
    let payload = prompt("s", "lost");
    place
        .spool
        .lose(&envelope, Some(&payload), Reason::TooLarge)
        .unwrap();
    fs::rename(place.path().join("lost"), place.path().join("lost-1")).unwrap();
    let (path, content) = (place.path(), fs::read(place.path().join("lost-1")).unwrap());
    let host = place.serve().await;
    assert_eq!(
        told(&host, "s").await[1],
        "1 hook call was lost: larger than 16 MiB"
    );
    let folder = host.stop().await;
    fs::write(path.join("lost-1"), content).unwrap();
    let spool = Spool::of(&local(&folder).database);
    let host = Place { folder, spool }.serve().await;
    assert_eq!(told(&host, "s").await.len(), 2);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_look_inside() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    place.keep("s", "secret");
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(place.path()), 0o700);
    for name in place.names() {
        assert_eq!(mode(place.path().join(&name)), 0o600, "{name}");
    }
}

/// Hooks are processes of their own, and there may be several at once from the first on.
#[test]
fn calls_that_are_kept_at_the_same_time_are_all_kept() {
    let place = Place::new();
    std::thread::scope(|scope| {
        for session in ["a", "b", "c", "d"] {
            let place = &place;
            scope.spawn(move || {
                for number in 0..100 {
                    place.keep(session, &format!("note {number}"));
                }
            });
        }
    });
    assert_eq!(place.spool.waiting().unwrap().len(), 400);
    let names = place.names();
    let left = names.iter().filter(|name| name.starts_with(".unfinished"));
    assert_eq!(left.count(), 0, "{names:?}");
    assert!(!names.contains(&"lost".to_owned()), "{names:?}");
}
