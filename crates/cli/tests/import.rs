//! `agent-tracer import`: with a server and without one.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{PATIENCE, Server, complaint, program};

/// A person whose Claude Code keeps one recorded session.
struct Person(TempDir);

impl Person {
    fn new() -> Self {
        let person = Self(tempfile::tempdir().unwrap());
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
        let recorded = "claude-code/first-edit.transcripts/-home-dev-project";
        let from = fixtures.join(recorded);
        let to = person.0.path().join("claude/projects/-home-dev-project");
        std::fs::create_dir_all(&to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let text = std::fs::read(entry.path()).unwrap();
            std::fs::write(to.join(entry.file_name()), text).unwrap();
        }
        person
    }

    fn database(&self) -> PathBuf {
        self.0.path().join("agent-tracer.sqlite")
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command
            .args(arguments)
            .arg("--db")
            .arg(self.database())
            .env("HOME", self.0.path())
            .env("CLAUDE_CONFIG_DIR", self.0.path().join("claude"))
            .stdin(Stdio::null());
        command
    }

    fn serve(&self, more: &[&str]) -> Server {
        Server::of(self.program(&[&["serve", "--port", "0"], more].concat()))
    }

    #[track_caller]
    fn import(&self, arguments: &[&str]) -> String {
        let output = self.program(&[&["import"], arguments].concat()).output();
        let output = output.unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && said.is_empty(), "{said}");
        let text = String::from_utf8(output.stdout).unwrap();
        let folder = self.0.path().canonicalize().unwrap();
        text.replace(&*folder.to_string_lossy(), "~")
            .replace(&*self.0.path().to_string_lossy(), "~")
    }
}

fn tasks(server: &Server) -> Vec<Value> {
    let answer = server.client().read("/api/tasks");
    answer["tasks"].as_array().unwrap().clone()
}

#[test]
fn a_running_server_is_asked() {
    let person = Person::new();
    let server = person.serve(&[]);
    assert_eq!(
        person.import(&["--dry-run"]),
        "Claude Code: 1 session in ~/claude, 1 session to read\n"
    );
    assert_eq!(tasks(&server).len(), 0);
    assert_eq!(
        person.import(&[]),
        "Claude Code: 1 session in ~/claude, 1 session to read\nImported 1 session: 10 events.\n"
    );
    assert_eq!(tasks(&server)[0]["status"], "completed");
    assert_eq!(
        person.import(&[]),
        "Claude Code: 1 session in ~/claude, 0 sessions to read\nImported 0 sessions: 0 events.\n"
    );
}

#[test]
fn without_a_server_it_is_done_all_the_same() {
    let person = Person::new();
    let said = person.import(&["claude-code", "--since", "2026-01-31"]);
    assert!(said.ends_with("Imported 1 session: 10 events.\n"), "{said}");
    assert_eq!(tasks(&person.serve(&[])).len(), 1);
}

#[test]
fn what_cannot_be_imported_is_said() {
    let person = Person::new();
    let output = person.program(&["import", "--since", "yesterday"]).output();
    let output = output.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("\"yesterday\" is no date such as 2026-01-31"),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(1));
    let output = person.program(&["import", "--port", "1"]).output().unwrap();
    assert!(complaint(&output).contains("no server answers"));
}

#[test]
fn a_history_is_offered_while_nothing_is_recorded() {
    let person = Person::new();
    let said = introduction(&person);
    let offer = "agent-tracer import (1 session is on this disk)";
    assert!(said.contains(offer), "{said}");
    person.import(&[]);
    let said = introduction(&person);
    assert!(!said.contains("agent-tracer import"), "{said}");
}

/// What the server says when it starts.
fn introduction(person: &Person) -> String {
    let mut server = person.serve(&[]);
    server.client().read("/health");
    server.signal("TERM");
    server.ended().1
}

/// What somebody wrote before the server started is not, what is written then is.
#[test]
fn transcripts_are_followed_if_that_is_asked_for() {
    let person = Person::new();
    let server = person.serve(&["--follow-transcripts=claude-code"]);
    let file = person
        .0
        .path()
        .join("claude/projects/-home-dev-project/new.jsonl");
    let line = serde_json::json!({
        "type": "user", "sessionId": "new", "cwd": "/w", "timestamp": "2026-11-25T00:00:00.000Z",
        "message": { "content": "go" },
    });
    std::fs::write(file, format!("{line}\n")).unwrap();
    let begun = Instant::now();
    while !tasks(&server)
        .iter()
        .any(|task| task["displayTitle"] == "go")
    {
        assert!(begun.elapsed() < PATIENCE, "it is told");
        std::thread::yield_now();
    }
}
