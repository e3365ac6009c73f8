//! `agent-tracer doctor`: what it finds, and that it leaves nothing behind.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use insta::assert_snapshot;
use serde_json::json;

use crate::hooks::Home;
use crate::support::Server;

const SETTINGS: &str = ".claude/settings.json";

/// Asks the doctor; gives its exit code and what it said, with the port out of it.
fn ask(home: &Home, port: u16, arguments: &[&str]) -> (Option<i32>, String) {
    let port = port.to_string();
    let arguments = [&["doctor"], arguments].concat();
    let output = home.run_with(&arguments, &[("MONITOR_PORT", Path::new(&port))]);
    let said = home.said(&output).replace(&port, "[port]");
    (output.status.code(), said)
}

fn installed() -> Home {
    let home = Home::new();
    home.done(&["hooks", "install", "--yes", "claude-code"]);
    home
}

/// A server that knows no agents.
fn older_server() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = [0; 4096];
            let read = stream.read(&mut head).unwrap_or_default();
            let answer = match head.get(..read) {
                Some(head) if head.starts_with(b"GET /health ") => {
                    "200 OK\r\n\r\n{\"name\":\"agent-tracer\"}"
                }
                Some(head) if head.starts_with(b"GET ") => "200 OK\r\n\r\n{\"tasks\":[]}",
                _ => "404 Not Found\r\n\r\n{}",
            };
            write!(stream, "HTTP/1.1 {answer}").ok();
        }
    });
    port
}

/// A port that nobody listens on.
fn nowhere() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

#[test]
fn a_chain_that_holds_is_proven_and_leaves_nothing() {
    let home = installed();
    let server = Server::start(&home.path("tracer.sqlite"));
    let before = home.read(SETTINGS);
    let (code, said) = ask(&home, server.port, &[]);
    assert_snapshot!(said);
    assert_eq!(code, Some(0));
    let tasks = server.client().read("/api/tasks");
    assert_eq!(tasks["tasks"], json!([]));
    assert!(
        tasks["seq"].as_u64() >= Some(3),
        "begun, ended and deleted: {tasks}"
    );
    assert_eq!(home.read(SETTINGS), before);
}

#[test]
fn every_agent_is_proven() {
    let home = Home::of_all_agents();
    let server = Server::start(&home.path("tracer.sqlite"));
    home.done(&["hooks", "install", "--yes"]);
    let (code, said) = ask(&home, server.port, &[]);
    assert_snapshot!(said);
    assert_eq!(code, Some(0));
    assert_eq!(server.client().read("/api/tasks")["tasks"], json!([]));
}

#[test]
fn a_server_that_is_not_there_is_the_first_thing_wrong() {
    let home = installed();
    let (code, said) = ask(&home, nowhere(), &[]);
    assert_snapshot!(said);
    assert_eq!(code, Some(1));
}

#[test]
fn a_server_that_asks_for_a_token_says_so() {
    let home = installed();
    home.write("token", "0123456789abcdef0123456789abcdef");
    let mut command = crate::support::program();
    command
        .args(["serve", "--port", "0", "--db"])
        .arg(home.path("tracer.sqlite"));
    command.arg("--token-file").arg(home.path("token"));
    let server = Server::of(command);
    let (code, said) = ask(&home, server.port, &[]);
    assert!(
        said.contains("asks for a token: name its file in AGENT_TRACER_TOKEN_FILE"),
        "{said}"
    );
    assert_eq!(code, Some(1));
}

#[test]
fn an_older_server_is_told_from_a_broken_hook() {
    let home = installed();
    let (code, said) = ask(&home, older_server(), &[]);
    assert_snapshot!(said);
    assert_eq!(code, Some(1));
}

#[test]
fn hooks_that_are_not_there_are_named_with_the_command_for_them() {
    let home = Home::new();
    let server = Server::start(&home.path("tracer.sqlite"));
    let (code, said) = ask(&home, server.port, &["claude-code", "opencode"]);
    assert_snapshot!(said);
    assert_eq!(code, Some(1));
    home.write(SETTINGS, "{");
    let (code, said) = ask(&home, server.port, &[]);
    assert!(
        said.contains("The settings cannot be read: ~/.claude/settings.json"),
        "{said}"
    );
    assert_eq!(code, Some(1));
}

#[test]
fn hooks_that_do_not_do_what_they_should_are_named() {
    let home = installed();
    let server = Server::start(&home.path("tracer.sqlite"));
    let other = home.path("other/agent-tracer");
    let settings = home.read(SETTINGS);
    let ours = env!("CARGO_BIN_EXE_agent-tracer");
    home.write(SETTINGS, &settings.replace(ours, other.to_str().unwrap()));
    let gone = ask(&home, server.port, &[]).1;
    assert!(
        gone.contains(
            "run ~/other/agent-tracer, which is gone: run `agent-tracer hooks install claude-code`"
        ),
        "{gone}"
    );
    for (script, says) in [
        ("exit 3", "failed with exit status: 3"),
        ("echo x", "printed \"x\\n\", which disturbs the agent"),
        (
            "exit 0",
            "but a test event did not arrive at http://127.0.0.1:[port]",
        ),
    ] {
        home.write("other/agent-tracer", &format!("#!/bin/sh\n{script}\n"));
        home.set_mode("other/agent-tracer", 0o755);
        let (code, said) = ask(&home, server.port, &[]);
        assert!(said.contains(says), "{said}");
        assert!(
            said.contains("run another copy of the program, ~/other/agent-tracer."),
            "{said}"
        );
        assert_eq!(code, Some(1));
        assert_eq!(server.client().read("/api/tasks")["tasks"], json!([]));
    }
}

#[test]
fn hooks_that_are_switched_off_are_named() {
    let home = installed();
    let server = Server::start(&home.path("tracer.sqlite"));
    let settings = home.read(SETTINGS);
    home.write(
        SETTINGS,
        &settings.replacen('{', "{\n  \"disableAllHooks\": true,", 1),
    );
    let (code, said) = ask(&home, server.port, &[]);
    assert!(
        said.contains("switched off by disableAllHooks in ~/.claude/settings.json"),
        "{said}"
    );
    assert_eq!(code, Some(1));
    home.done(&["hooks", "install", "--yes", "gemini-cli"]);
    let settings = home.read(".gemini/settings.json");
    home.write(
        ".gemini/settings.json",
        &settings.replacen('{', "{\n  \"hooksConfig\": {\"enabled\": false},", 1),
    );
    let said = ask(&home, server.port, &["gemini-cli"]).1;
    assert!(
        said.contains("switched off by hooksConfig.enabled in ~/.gemini/settings.json"),
        "{said}"
    );
    home.done(&["hooks", "install", "--yes", "codex"]);
    home.write(
        ".codex/config.toml",
        "model = \"m\"\n[features]\nhooks = false\n",
    );
    let said = ask(&home, server.port, &["codex"]).1;
    assert!(
        said.contains("switched off by features.hooks in ~/.codex/config.toml"),
        "{said}"
    );
}

#[test]
fn the_hooks_of_a_project_are_looked_at_where_there_are_no_others() {
    let home = Home::new();
    let server = Server::start(&home.path("tracer.sqlite"));
    home.done(&["hooks", "install", "--project", "--yes", "claude-code"]);
    let (code, said) = ask(&home, server.port, &[]);
    assert!(
        said.contains("The hooks are in ~/project/.claude/settings.local.json."),
        "{said}"
    );
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn settings_that_no_server_would_start_with_are_named() {
    let home = installed();
    let server = Server::start(&home.path("tracer.sqlite"));
    home.write(
        ".config/agent-tracer/config.toml",
        "[redaction]\nprompt = true\n",
    );
    let (code, said) = ask(&home, server.port, &["claude-code"]);
    assert!(
        said.contains("config.toml") && said.contains("line 2"),
        "{said}"
    );
    assert_eq!(code, Some(1));
}
