//! A person's data folder: a database, its server, and hooks that find it.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Client, PATIENCE, Server, program, wait};

/// See the module.
pub(crate) struct Home {
    pub(crate) folder: TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("agent-tracer/agent-tracer.sqlite")
    }

    pub(crate) fn spool(&self) -> PathBuf {
        self.folder
            .path()
            .join("agent-tracer/agent-tracer.sqlite.spool")
    }

    pub(crate) fn serve(&self) -> Server {
        Server::start(&self.database())
    }

    /// `agent-tracer hook` with these arguments.
    pub(crate) fn hook(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command
            .arg("hook")
            .args(arguments)
            .env("XDG_DATA_HOME", self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Delivers a prompt of a session, as a hook of Claude Code.
    #[track_caller]
    pub(crate) fn deliver(&self, session: &str, message: &str) {
        quiet_with(self.hook(&["claude-code"]), &prompt(session, message));
    }

    /// The calls that wait in the spool.
    pub(crate) fn waiting(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.spool())
            .into_iter()
            .flatten()
            .flatten();
        let calls = entries.filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            !name.starts_with('.') && !name.starts_with("lost")
        });
        let mut calls: Vec<_> = calls.map(|entry| entry.path()).collect();
        calls.sort();
        calls
    }

    /// Waits until the server has taken everything.
    #[track_caller]
    pub(crate) fn taken(&self) {
        let begun = Instant::now();
        let lost = || {
            let entries = std::fs::read_dir(self.spool())
                .into_iter()
                .flatten()
                .flatten();
            entries
                .into_iter()
                .any(|it| it.file_name().to_string_lossy().starts_with("lost"))
        };
        while !self.waiting().is_empty() || lost() {
            assert!(begun.elapsed() < PATIENCE, "what waits is taken");
            std::thread::yield_now();
        }
    }
}

/// A prompt without an id, as Claude Code gives it to its hooks: nothing but the name of its delivery
/// tells it from another one.
pub(crate) fn prompt(session: &str, message: &str) -> Vec<u8> {
    let payload = json!({
        "session_id": session, "hook_event_name": "UserPromptSubmit", "prompt": message,
    });
    payload.to_string().into_bytes()
}

impl Client {
    /// The events of a session but those of its start and end, as they stand in its task.
    pub(crate) fn events_of(self, session: &str) -> Vec<Value> {
        let tasks = self.read("/api/tasks?limit=500");
        let title = format!(" — {session}");
        let tasks = tasks["tasks"].as_array().unwrap();
        let mut of_session = tasks
            .iter()
            .filter(|task| task["title"].as_str().unwrap().ends_with(&title));
        let Some(task) = of_session.next() else {
            return Vec::new();
        };
        assert!(of_session.next().is_none(), "{session} is one task");
        let view = self.read(&format!("/api/tasks/{}", task["id"].as_str().unwrap()));
        let mut events = view["timeline"].as_array().unwrap().clone();
        events.retain(|event| event["kind"] != "task.start" && event["kind"] != "task.complete");
        events
    }

    /// What was prompted in a session, in the order of its timeline.
    pub(crate) fn messages(self, session: &str) -> Vec<String> {
        let events = self.events_of(session);
        let titles = events
            .iter()
            .map(|event| event["title"].as_str().unwrap().to_owned());
        titles.collect()
    }
}

/// Checks that a hook ends by itself, succeeds, and has said nothing.
#[track_caller]
pub(crate) fn quiet(mut child: Child) {
    wait(&mut child);
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert_eq!(String::from_utf8_lossy(&said), "");
    assert_eq!(output.status.code(), Some(0));
}

/// The same of a hook that is given a payload.
#[track_caller]
pub(crate) fn quiet_with(mut command: Command, payload: &[u8]) {
    let mut child = command.spawn().unwrap();
    // A hook that has read enough may be gone before all is written.
    child.stdin.take().unwrap().write_all(payload).ok();
    quiet(child);
}
