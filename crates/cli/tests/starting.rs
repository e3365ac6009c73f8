//! How it starts, and what it says when it cannot.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::process::Stdio;
use std::time::Instant;

use serde_json::json;

use crate::support::{Client, PATIENCE, Server, complaint, program, run};

#[test]
fn help_says_what_it_does() {
    let output = run(&["--help"]);
    assert!(output.status.success());
    let help = String::from_utf8(output.stdout).unwrap();
    for said in [
        "Shows, live, what the coding agents on this machine are doing",
        "Without a command it serves",
        "serve ",
        "demo ",
        "hook ",
        "--port",
        "3847",
        "MONITOR_PORT",
        "--host",
        "127.0.0.1",
        "--db",
        "--token-file",
        "--config",
        "--version",
    ] {
        assert!(help.contains(said), "{said}: {help}");
    }
    let hook = String::from_utf8(run(&["hook", "--help"]).stdout).unwrap();
    assert!(hook.contains("always exits 0"), "{hook}");
    let version = String::from_utf8(run(&["--version"]).stdout).unwrap();
    assert_eq!(
        version.trim(),
        format!("agent-tracer {}", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn it_says_where_it_is_and_where_it_keeps_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("new/folder/tracer.sqlite");
    let mut server = Server::start(&database);
    assert_eq!(server.client().read("/health")["ok"], true);
    server.signal("TERM");
    let (status, said) = server.ended();
    assert!(status.success());
    assert!(said.contains(&database.display().to_string()), "{said}");
    assert!(said.contains("demo --port"), "{said}");
}

#[test]
fn it_serves_without_a_command_in_the_usual_place() {
    let home = tempfile::tempdir().unwrap();
    let mut command = program();
    command
        .args(["--port", "0"])
        .env("XDG_DATA_HOME", home.path());
    let server = Server::of(command);
    server.client().read("/api/overview");
    assert!(
        home.path()
            .join("agent-tracer/agent-tracer.sqlite")
            .exists()
    );
}

#[test]
fn a_taken_port_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let database = folder.path().join("tracer.sqlite");
    let output = run(&["serve", "--port", &port, "--db", database.to_str().unwrap()]);
    let said = complaint(&output);
    assert!(
        said.contains(&format!("port {port} is taken")) && said.contains("--port"),
        "{said}"
    );
    assert!(!database.exists(), "nothing is made");
}

#[test]
fn settings_that_make_no_sense_are_named_with_their_line() {
    let folder = tempfile::tempdir().unwrap();
    let (database, settings) = (folder.path().join("db"), folder.path().join("config.toml"));
    let start = || {
        let (database, settings) = (database.to_str().unwrap(), settings.to_str().unwrap());
        complaint(&run(&[
            "--port", "0", "--db", database, "--config", settings,
        ]))
    };
    assert!(
        start().contains("cannot be read"),
        "a file that is asked for must be there"
    );
    for (text, said) in [
        (
            "[redaction]\nprompt = false\n",
            "line 2: unknown field `prompt`",
        ),
        (
            "[redaction]\npatterns = [\n  { name = 'a', pattern = '(' },\n]\n",
            "line 3: the pattern of \"a\" is no regular expression: unclosed group",
        ),
    ] {
        fs::write(&settings, text).unwrap();
        let complaint = start();
        assert!(
            complaint.contains(said) && complaint.contains("config.toml"),
            "{complaint}"
        );
    }
    assert!(!database.exists(), "nothing is made");
}

#[test]
fn settings_in_their_usual_place_are_followed() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("agent-tracer")).unwrap();
    let settings = "[redaction]\nprompts = false\n";
    fs::write(home.path().join("agent-tracer/config.toml"), settings).unwrap();
    let mut command = program();
    command
        .args(["--port", "0", "--db"])
        .arg(home.path().join("db"))
        .env("XDG_CONFIG_HOME", home.path());
    let server = Server::of(command);
    let payload = json!({
        "hook_event_name": "UserPromptSubmit", "session_id": "s", "prompt": "a plan of mine",
    });
    server.client().post("/hooks/claude-code", &payload);
    let tasks = server.client().read("/api/tasks");
    let task = tasks["tasks"][0]["id"].as_str().unwrap();
    let told = server.client().read(&format!("/api/tasks/{task}"));
    let told = format!("{tasks}{told}");
    assert!(
        told.contains("not kept: prompts are switched off"),
        "{told}"
    );
    assert!(!told.contains("a plan of mine"), "{told}");
}

#[test]
fn a_folder_that_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    for database in [
        file.join("tracer.sqlite"),
        file.join("deeper/tracer.sqlite"),
    ] {
        let database = database.to_str().unwrap();
        let said = complaint(&run(&["--port", "0", "--db", database]));
        assert!(said.contains(database), "{said}");
    }
    assert_eq!(fs::read(&file).unwrap(), b"mine");
    let said = complaint(&run(&[
        "--port",
        "0",
        "--db",
        folder.path().to_str().unwrap(),
    ]));
    assert!(said.contains("cannot use the database"), "{said}");
}

#[test]
fn a_file_of_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    let notes = "these are my notes, and no database\n".repeat(100);
    fs::write(&file, &notes).unwrap();
    let said = complaint(&run(&["--port", "0", "--db", file.to_str().unwrap()]));
    assert!(said.contains("is not a database of agent-tracer"), "{said}");
    assert_eq!(fs::read_to_string(&file).unwrap(), notes);
}

#[test]
fn a_newer_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("tracer.sqlite");
    let mut server = Server::start(&database);
    server.signal("TERM");
    server.ended();
    // The number of the format, where SQLite keeps it.
    let mut bytes = fs::read(&database).unwrap();
    bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    fs::write(&database, &bytes).unwrap();
    let said = complaint(&run(&["--port", "0", "--db", database.to_str().unwrap()]));
    assert!(said.contains("made by a newer agent-tracer"), "{said}");
    assert!(said.contains("9999") && said.contains("--db"), "{said}");
    assert_eq!(fs::read(&database).unwrap(), bytes);
}

#[test]
fn a_second_server_on_a_database_is_refused_and_the_first_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("tracer.sqlite");
    let server = Server::start(&database);
    server
        .client()
        .post("/api/task-start", &json!({ "title": "x" }));
    let said = complaint(&run(&["--port", "0", "--db", database.to_str().unwrap()]));
    assert!(said.contains("already uses the database"), "{said}");
    server
        .client()
        .post("/api/task-start", &json!({ "title": "x" }));
    let overview = server.client().read("/api/overview");
    assert_eq!(overview["stats"]["totalTasks"], 2);
}

#[test]
fn an_open_host_needs_a_token_and_a_token_must_be_good() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("tracer.sqlite");
    let database = database.to_str().unwrap();
    let open = ["--port", "0", "--host", "0.0.0.0", "--db", database];
    let said = complaint(&run(&open));
    assert!(said.contains("--token-file"), "{said}");
    let token = folder.path().join("token");
    let path = token.to_str().unwrap();
    let with_token = [&open[..], &["--token-file", path]].concat();
    let said = complaint(&run(&with_token));
    assert!(said.contains(path), "{said}");
    fs::write(&token, "short").unwrap();
    let said = complaint(&run(&with_token));
    assert!(
        said.contains("16 characters") && !said.contains("short"),
        "{said}"
    );
}

#[test]
fn it_serves_when_nobody_reads_what_it_says() {
    // Below the ports that the system gives to clients: else a client that knocks before the
    // server listens may be given the very port, and connect to itself.
    let first = 20_000 + u16::try_from(std::process::id() % 10_000).unwrap();
    let said = (first..first + 10)
        .map(served_unread)
        .find(|said| !said.contains("is taken"));
    assert_eq!(said.as_deref(), Some(""));
}

/// Serves with nobody at the other end of stdout until it answers; gives what it complained of.
fn served_unread(port: u16) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut child = program()
        .args(["serve", "--port", &port.to_string(), "--db"])
        .arg(folder.path().join("tracer.sqlite"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let begun = Instant::now();
    while Client::new(port).ask("GET", "/health", "").is_err() {
        if child.try_wait().unwrap().is_some() {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "it answers or ends");
        std::thread::yield_now();
    }
    child.kill().ok();
    let said = child.wait_with_output().unwrap().stderr;
    String::from_utf8(said).unwrap()
}
