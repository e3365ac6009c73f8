//! Hooks whose server is away, hangs, or is somebody else.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{Home, Server, program, prompt, quiet_with};

#[test]
fn what_the_server_missed_it_is_told_in_order_once_it_is_there() {
    let home = Home::new();
    for message in ["one", "two", "three"] {
        home.deliver("s", message);
    }
    assert_eq!(home.waiting().len(), 3);
    let server = home.serve();
    home.taken();
    assert_eq!(server.client().messages("s"), ["one", "two", "three"]);
    home.deliver("s", "four");
    home.taken();
    assert_eq!(server.client().messages("s").len(), 4);
}

#[test]
fn a_server_that_hangs_is_told_later_and_once() {
    let home = Home::new();
    let server = home.serve();
    home.deliver("s", "before");
    home.taken();
    server.signal("STOP");
    for message in ["first", "second"] {
        // The first of them is sent and not answered: it may have arrived, and has.
        home.deliver("s", message);
    }
    quiet_with(
        home.hook(&["claude-code"]),
        &prompt(&"x".repeat(1 << 20), "large"),
    );
    assert_eq!(home.waiting().len(), 3);
    server.signal("CONT");
    home.taken();
    assert_eq!(server.client().messages("s"), ["before", "first", "second"]);
}

#[test]
fn the_event_and_the_options_of_the_program_are_taken() {
    let home = Home::new();
    let server = home.serve();
    let payload = br#"{"session_id":"s","custom":1}"#;
    quiet_with(home.hook(&["claude-code", "SomethingNew"]), payload);
    let mut command = program();
    command
        .arg("--db")
        .arg(home.database())
        .args(["--port", &server.port.to_string()]);
    command.args(["hook", "claude-code", "SomethingElse"]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    quiet_with(command, payload);
    home.taken();
    let events = server.client().events_of("s");
    let names: Vec<_> = events
        .iter()
        .map(|event| &event["metadata"]["hookEvent"])
        .collect();
    assert_eq!(names, ["SomethingNew", "SomethingElse"]);
}

#[test]
fn a_server_of_another_database_is_given_what_waits_first() {
    let (home, elsewhere) = (Home::new(), Home::new());
    home.deliver("s", "one");
    home.deliver("s", "two");
    let server = elsewhere.serve();
    // It may not have the time for all of it at once.
    let mut sent = vec!["one".to_owned(), "two".to_owned()];
    while !home.waiting().is_empty() {
        let mut hook = home.hook(&["claude-code"]);
        hook.env("MONITOR_PORT", server.port.to_string());
        sent.push(format!("and {}", sent.len()));
        quiet_with(hook, &prompt("s", sent.last().unwrap()));
    }
    assert_eq!(server.client().messages("s"), sent);
}

#[test]
fn another_program_on_the_port_takes_nothing_away() {
    let home = Home::new();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let serving = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let read = stream.read(&mut request).unwrap();
        assert!(request[..read].starts_with(b"POST /hooks/claude-code HTTP/1.1\r\n"));
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
            .unwrap();
    });
    let mut hook = home.hook(&["claude-code"]);
    hook.env("MONITOR_PORT", port.to_string());
    quiet_with(hook, &prompt("s", "mine"));
    serving.join().unwrap();
    assert_eq!(home.waiting().len(), 1);
}

#[test]
fn the_token_of_the_running_server_is_found() {
    let home = Home::new();
    let token = home.folder.path().join("token");
    fs::write(&token, "0123456789abcdef").unwrap();
    let mut command = program();
    command
        .args(["serve", "--port", "0", "--db"])
        .arg(home.database());
    let mut server = Server::of({
        command.arg("--token-file").arg(&token);
        command
    });
    home.deliver("s", "with the token");
    home.taken();
    fs::write(&token, "fedcba9876543210").unwrap();
    home.deliver("s", "with another one");
    home.taken();
    server.kill();
    let open = home.serve();
    assert_eq!(
        open.client().messages("s"),
        ["with the token", "with another one"]
    );
}

#[test]
fn a_full_spool_keeps_the_oldest_and_counts_the_rest() {
    let home = Home::new();
    home.deliver("s", "kept");
    // As many bytes as may wait, by its name.
    let large = home.spool().join("0001795000000000-0.67108864");
    fs::write(&large, "").unwrap();
    // It was not there when this was counted.
    fs::remove_file(home.spool().join(".tally")).unwrap();
    home.deliver("s", "lost");
    home.deliver("s", "lost too");
    fs::remove_file(large).unwrap();
    let server = home.serve();
    home.taken();
    let lost = "2 hook calls were lost: too many waited for the server already";
    assert_eq!(server.client().messages("s"), ["kept", lost]);
}

#[test]
fn where_nothing_can_be_written_nothing_is_said() {
    let home = Home::new();
    let mut hook = home.hook(&["claude-code"]);
    hook.env("XDG_DATA_HOME", "/dev/null");
    quiet_with(hook, &prompt("s", "lost"));
    let mut hook = home.hook(&["claude-code"]);
    hook.env_remove("XDG_DATA_HOME").env_remove("HOME");
    quiet_with(hook, &prompt("s", "lost"));
    fs::create_dir_all(home.spool().parent().unwrap()).unwrap();
    fs::write(home.spool(), "in the way").unwrap();
    home.deliver("s", "lost");
}

#[test]
fn secrets_never_reach_the_spool() {
    let home = Home::new();
    let settings = home.folder.path().join("config.toml");
    let own = "[[redaction.patterns]]\nname = \"badge\"\npattern = 'B-\\d{4}'\n";
    fs::write(&settings, own).unwrap();
    let with_settings = || {
        let mut hook = home.hook(&["claude-code"]);
        hook.arg("--config").arg(&settings);
        hook
    };
    // Made up, and joined here so that no scanner takes it for a leak.
    let key = ["gh", "p_16C7e42F292c6912E7710c838347Ae178B4a"].concat();
    quiet_with(
        with_settings(),
        &prompt("s", &format!("the key {key} of B-1234")),
    );
    let waiting = home.waiting();
    let kept = fs::read_to_string(&waiting[0]).unwrap();
    assert!(!kept.contains(&key) && !kept.contains("B-1234"), "{kept}");
    // What its owner wants kept is not known: then nothing is.
    fs::write(&settings, "[redaction").unwrap();
    quiet_with(with_settings(), &prompt("s", "of B-1234"));
    assert_eq!(home.waiting(), waiting);
    fs::remove_file(&settings).unwrap();
    let server = home.serve();
    home.taken();
    let events = server.client().events_of("s");
    assert_eq!(events.len(), 2, "{events:#?}");
    assert!(events[0]["metadata"]["redacted"].is_object(), "{events:#?}");
    assert_eq!(events[1]["metadata"]["gap"]["reason"], "settings");
}

/// In a file system of its own, as small as it may be.
#[test]
fn on_a_full_disk_losses_are_still_counted() {
    let home = Home::new();
    let mut script = Command::new("unshare");
    script.args([
        "--user",
        "--map-root-user",
        "--mount",
        "sh",
        "-ec",
        FULL_DISK,
        "-",
    ]);
    script
        .arg(env!("CARGO_BIN_EXE_agent-tracer"))
        .arg(home.folder.path());
    let output = script
        .env_remove("MONITOR_PORT")
        .env_remove("MONITOR_BASE_URL")
        .output();
    let Some(output) = output.ok().filter(|output| output.status.code() != Some(1)) else {
        println!("skipped: no file system can be mounted here");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said} {complained}");
    assert_eq!(
        said.matches("\"reason\":\"unwritable\"").count(),
        20,
        "{said}"
    );
}

const FULL_DISK: &str = r#"
    mount -t tmpfs -o size=512k none "$2" 2>/dev/null || exit 1
    export XDG_DATA_HOME="$2" MONITOR_PORT=1
    call() { echo '{"session_id":"s","hook_event_name":"Notification","message":"m"}' | "$1" hook claude-code; }
    call "$1" || exit 2
    cat /dev/zero > "$2/fill" 2>/dev/null && exit 3
    for call in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do call "$1" || exit 4; done
    cat "$2"/agent-tracer/*.spool/lost || exit 5
"#;

/// Whoever owns the folder may look inside, and nobody else.
#[cfg(unix)]
#[test]
fn what_waits_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    home.deliver("s", "secret");
    let server = home.serve();
    let record = home.spool().with_file_name("agent-tracer.sqlite.server");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home.spool()), 0o700);
    assert_eq!(mode(&record), 0o600);
    drop(server);
}
