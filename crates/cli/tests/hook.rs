//! `agent-tracer hook`: whatever happens, it says nothing, succeeds, and ends.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};

use serde_json::json;

use crate::support::{Server, program, wait};

fn hook(arguments: &[&str], port: u16) -> Command {
    let mut command = program();
    command
        .arg("hook")
        .args(arguments)
        .env("MONITOR_PORT", port.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Checks that a hook ends by itself, succeeds, and has said nothing.
#[track_caller]
fn quiet(mut child: Child) {
    wait(&mut child);
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert_eq!(String::from_utf8_lossy(&said), "");
    assert_eq!(output.status.code(), Some(0));
}

#[track_caller]
fn quiet_with(mut command: Command, payload: &[u8]) {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    // A hook that has read enough may be gone before all is written.
    child.stdin.take().unwrap().write_all(payload).ok();
    quiet(child);
}

fn payload(more: usize) -> Vec<u8> {
    let mut payload = json!({
        "session_id": "s", "hook_event_name": "UserPromptSubmit", "cwd": "/w", "prompt_id": "p",
        "prompt": "Do it",
    });
    let rest = more.saturating_sub(payload.to_string().len());
    payload["pad"] = "x".repeat(rest).into();
    payload.to_string().into_bytes()
}

/// A port that nobody listens on.
fn nowhere() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

#[test]
fn what_an_agent_reports_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("tracer.sqlite"));
    quiet_with(hook(&["claude-code"], server.port), &payload(0));
    let tasks = server.client().read("/api/tasks");
    let task = &tasks["tasks"][0];
    assert_eq!(task["runtimeSource"], "claude-code");
    assert_eq!(task["displayTitle"], "Do it");
}

#[test]
fn nonsense_is_swallowed() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("tracer.sqlite"));
    for nonsense in [
        &b""[..],
        b"garbage",
        b"{}",
        b"null",
        b"\xff\xfe\x00",
        b"{\"session_id\":1}",
    ] {
        quiet_with(hook(&["claude-code"], server.port), nonsense);
    }
    for arguments in [
        &["nobody"][..],
        &[],
        &[""],
        &["../../api/task-start"],
        &["claude-code HTTP/1.1\r\nx: y"],
        &["claude-code", "--made", "up"],
        &["--made-up"],
    ] {
        quiet_with(hook(arguments, server.port), &payload(0));
    }
    let stats = server.client().read("/api/overview")["stats"].clone();
    assert_eq!(stats["totalTasks"], 1, "of the one that names the agent");
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_swallowed_too() {
    use std::os::unix::ffi::OsStrExt as _;
    let mut command = hook(&[], nowhere());
    command.arg(std::ffi::OsStr::from_bytes(b"\xff\xfe"));
    quiet_with(command, &payload(0));
    let mut command = hook(&["claude-code"], nowhere());
    command.arg(std::ffi::OsStr::from_bytes(b"\xff\xfe"));
    quiet_with(command, &payload(0));
}

#[test]
fn a_server_that_is_not_there_costs_nothing() {
    quiet_with(hook(&["claude-code"], nowhere()), &payload(0));
    let mut command = hook(&["claude-code"], nowhere());
    command.env("MONITOR_PORT", "nonsense");
    command.env(
        "MONITOR_BASE_URL",
        format!("http://127.0.0.1:{}", nowhere()),
    );
    quiet_with(command, &payload(0));
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let mute = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = mute.local_addr().unwrap().port();
    quiet_with(hook(&["claude-code"], port), &payload(0));
    quiet_with(hook(&["claude-code"], port), &payload(16 << 20));
}

#[test]
fn an_input_that_never_ends_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("tracer.sqlite"));
    for sent in [&b""[..], b"{\"session_id\":"] {
        let mut child = hook(&["claude-code"], server.port)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut kept_open = child.stdin.take().unwrap();
        kept_open.write_all(sent).unwrap();
        quiet(child);
        drop(kept_open);
    }
}

#[test]
fn a_large_payload_arrives_and_a_larger_one_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("tracer.sqlite"));
    quiet_with(
        hook(&["claude-code"], server.port),
        &payload((16 << 20) + 2),
    );
    quiet_with(hook(&["claude-code"], server.port), &payload(64 << 20));
    let tasks = || server.client().read("/api/overview")["stats"]["totalTasks"].clone();
    assert_eq!(tasks(), 0);
    quiet_with(hook(&["claude-code"], server.port), &payload(1 << 20));
    assert_eq!(tasks(), 1);
    quiet_with(hook(&["claude-code"], server.port), &payload(16 << 20));
}

#[test]
fn a_token_is_shown_to_the_server_that_asks_for_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, " 0123456789abcdef\n").unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let mut command = hook(&["claude-code"], listener.local_addr().unwrap().port());
    command.env("AGENT_TRACER_TOKEN_FILE", &file);
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = vec![0; 300];
        let read = stream.read(&mut head).unwrap();
        String::from_utf8_lossy(&head[..read]).into_owned()
    });
    quiet_with(command, &payload(0));
    let asked = asked.join().unwrap();
    assert!(
        asked.contains("\r\nauthorization: Bearer 0123456789abcdef\r\n"),
        "{asked}"
    );
}
