//! `agent-tracer hook`: whatever happens, it says nothing, succeeds, and ends.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

use serde_json::json;

use crate::support::{Home, Server, program, quiet, quiet_with};

fn payload(more: usize) -> Vec<u8> {
    let mut payload = json!({
        "session_id": "s", "hook_event_name": "UserPromptSubmit", "cwd": "/w", "prompt_id": "p",
        "prompt": "Do it",
    });
    let rest = more.saturating_sub(payload.to_string().len());
    payload["pad"] = "x".repeat(rest).into();
    payload.to_string().into_bytes()
}

/// A hook that is told the port of its server.
fn to(home: &Home, port: u16) -> Command {
    let mut command = home.hook(&["claude-code"]);
    command.env("MONITOR_PORT", port.to_string());
    command
}

/// A port that nobody listens on.
fn nowhere() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

#[test]
fn what_an_agent_reports_is_stored() {
    let home = Home::new();
    let server = home.serve();
    quiet_with(home.hook(&["claude-code"]), &payload(0));
    home.taken();
    let tasks = server.client().read("/api/tasks");
    let task = &tasks["tasks"][0];
    assert_eq!(task["runtimeSource"], "claude-code");
    assert_eq!(task["displayTitle"], "Do it");
}

#[test]
fn nonsense_is_swallowed() {
    let home = Home::new();
    let server = home.serve();
    for nonsense in [
        &b""[..],
        b"garbage",
        b"{}",
        b"null",
        b"\xff\xfe\x00",
        b"{\"session_id\":1}",
    ] {
        quiet_with(home.hook(&["claude-code"]), nonsense);
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
        quiet_with(home.hook(arguments), &payload(0));
    }
    home.taken();
    let stats = server.client().read("/api/overview")["stats"].clone();
    assert_eq!(stats["totalTasks"], 1, "of the one that names the agent");
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_swallowed_too() {
    use std::os::unix::ffi::OsStrExt as _;
    let home = Home::new();
    let mut command = home.hook(&[]);
    command.arg(std::ffi::OsStr::from_bytes(b"\xff\xfe"));
    quiet_with(command, &payload(0));
    let mut command = to(&home, nowhere());
    command.arg(std::ffi::OsStr::from_bytes(b"\xff\xfe"));
    quiet_with(command, &payload(0));
}

#[test]
fn a_server_that_is_not_there_costs_nothing() {
    let home = Home::new();
    quiet_with(to(&home, nowhere()), &payload(0));
    let mut command = to(&home, nowhere());
    command.env("MONITOR_PORT", "nonsense");
    command.env(
        "MONITOR_BASE_URL",
        format!("http://127.0.0.1:{}", nowhere()),
    );
    quiet_with(command, &payload(0));
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let home = Home::new();
    let mute = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = mute.local_addr().unwrap().port();
    quiet_with(to(&home, port), &payload(0));
    quiet_with(to(&home, port), &payload(16 << 20));
}

#[test]
fn an_input_that_never_ends_is_given_up() {
    let home = Home::new();
    let _server = home.serve();
    for sent in [&b""[..], b"{\"session_id\":"] {
        let mut child = home.hook(&["claude-code"]).spawn().unwrap();
        let mut kept_open = child.stdin.take().unwrap();
        kept_open.write_all(sent).unwrap();
        quiet(child);
        drop(kept_open);
    }
}

#[test]
fn a_large_payload_arrives_and_a_larger_one_is_told_as_lost() {
    let home = Home::new();
    let server = home.serve();
    for bytes in [1 << 20, (16 << 20) - 100, 16 << 20, 64 << 20] {
        quiet_with(home.hook(&["claude-code"]), &payload(bytes));
    }
    home.taken();
    // The large ones are one prompt, and so count once.
    assert_eq!(server.client().messages("w"), ["Do it"]);
    let lost = server.client().events_of("lost hook calls");
    let gaps = lost.iter().map(|event| &event["metadata"]["gap"]);
    let counts = gaps.map(|gap| {
        assert_eq!(gap["reason"], "tooLarge");
        gap["count"].as_u64().unwrap()
    });
    assert_eq!(counts.sum::<u64>(), 2);
}

#[test]
fn a_token_is_shown_to_the_server_that_asks_for_one() {
    let home = Home::new();
    let file = home.folder.path().join("token");
    std::fs::write(&file, " 0123456789abcdef\n").unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let mut command = to(&home, listener.local_addr().unwrap().port());
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

#[test]
fn a_first_call_that_is_lost_is_told_too() {
    let home = Home::new();
    let server = home.serve();
    quiet_with(home.hook(&["claude-code"]), &payload(17 << 20));
    home.taken();
    let lost = server.client().events_of("lost hook calls");
    assert_eq!(lost.len(), 1, "{lost:?}");
    assert_eq!(lost[0]["metadata"]["gap"]["reason"], "tooLarge");
}

#[test]
fn hooks_keep_to_the_settings_of_the_last_server() {
    let home = Home::new();
    let settings = home.folder.path().join("mine.toml");
    std::fs::write(&settings, "[redaction]\nprompts = false\n").unwrap();
    let mut serve = program();
    serve
        .args(["serve", "--port", "0", "--db"])
        .arg(home.database());
    serve.arg("--config").arg(&settings);
    drop(Server::of(serve));
    quiet_with(home.hook(&["claude-code"]), &payload(0));
    let kept = std::fs::read_to_string(&home.waiting()[0]).unwrap();
    assert!(!kept.contains("Do it"), "{kept}");
}
