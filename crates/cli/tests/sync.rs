//! A power cut after an answer loses nothing: the log is on the disk before the answer is sent.
//!
//! A kill proves nothing of that, since the system still writes what a dead process wrote. So the
//! system calls are watched.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::support::{Server, clean};

const REQUESTS: usize = 3;

#[test]
fn the_log_is_synced_before_the_answer_is_written() {
    if !has_strace() {
        assert!(
            std::env::var_os("AGENT_TRACER_REQUIRE_STRACE").is_none_or(|asked| asked != "1"),
            "strace is required here, and does not run"
        );
        println!("skipped: strace does not run here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let mut command = clean(Command::new("strace"));
    command
        .args(["-f", "-y", "-s", "200", "-e"])
        .arg("trace=fsync,fdatasync,write,writev,sendto,sendmsg,recvfrom,read,pwrite64")
        .arg("-o")
        .arg(&trace)
        .arg(env!("CARGO_BIN_EXE_agent-tracer"))
        .args(["serve", "--port", "0", "--db"])
        .arg(folder.path().join("tracer.sqlite"));
    let mut server = Server::of(command);
    for number in 0..REQUESTS {
        let id = format!("traced-{number}");
        let task = json!({ "taskId": id, "title": "x" });
        server.client().post("/api/task-start", &task);
    }
    stop(&mut server);
    let trace = fs::read_to_string(&trace).unwrap();
    let lines: Vec<&str> = trace.lines().collect();
    for number in 0..REQUESTS {
        check(&lines, number);
    }
}

fn has_strace() -> bool {
    let tried = Command::new("strace")
        .args(["-o", "/dev/null", "true"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    tried.is_ok_and(|status| status.success())
}

/// strace passes signals on to nobody: the server itself is asked.
fn stop(server: &mut Server) {
    server.signal_children("TERM");
    server.ended();
}

/// Checks the calls between the arrival of a request and its answer.
fn check(lines: &[&str], number: usize) {
    let id = format!("traced-{number}");
    let arrived = find(lines, |line| line.contains("recv") && line.contains(&id));
    let lines = &lines[arrived..];
    let written = find(lines, |line| is_log(line) && line.contains("pwrite64("));
    let answered = find(lines, |line| line.contains("HTTP/1.1 200 OK"));
    let synced = synced(lines);
    assert!(
        written < synced,
        "request {number}: what is synced was written before"
    );
    assert!(
        synced < answered,
        "request {number}: synced before the answer"
    );
    let after = &lines[written..answered];
    let last = after
        .iter()
        .rposition(|line| is_log(line) && line.contains("pwrite64("));
    assert!(
        written + last.unwrap() < synced,
        "request {number}: nothing is written after it"
    );
}

/// Where the first sync of the log has returned.
fn synced(lines: &[&str]) -> usize {
    let begun = find(lines, |line| is_log(line) && line.contains("sync("));
    if lines[begun].contains(") = 0") || lines[begun].trim_end().ends_with("= 0") {
        return begun;
    }
    assert!(
        lines[begun].contains("<unfinished ...>"),
        "{}",
        lines[begun]
    );
    let thread = lines[begun].split(' ').next().unwrap();
    let resumed = find(&lines[begun..], |line| {
        line.starts_with(thread) && line.contains("sync resumed>") && line.ends_with("= 0")
    });
    begun + resumed
}

fn is_log(line: &str) -> bool {
    line.contains("tracer.sqlite-wal>")
}

#[track_caller]
fn find(lines: &[&str], wanted: impl Fn(&str) -> bool) -> usize {
    let found = lines.iter().position(|line| wanted(line));
    found.unwrap_or_else(|| panic!("no such call in:\n{}", lines.join("\n")))
}
