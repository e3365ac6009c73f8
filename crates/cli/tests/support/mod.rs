//! The program as a process, and the smallest client for it.

mod client;
mod home;

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

pub(crate) use client::{Client, Socket};
pub(crate) use home::{Home, prompt, quiet, quiet_with};

/// Longer than anything takes that does not hang.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// The program, apart from what is set outside.
pub(crate) fn program() -> Command {
    clean(Command::new(env!("CARGO_BIN_EXE_agent-tracer")))
}

/// A command without the variables that the program reads.
pub(crate) fn clean(mut command: Command) -> Command {
    for name in [
        "MONITOR_PORT",
        "MONITOR_BASE_URL",
        "RUST_LOG",
        "XDG_DATA_HOME",
        "AGENT_TRACER_TOKEN_FILE",
    ] {
        command.env_remove(name);
    }
    // No test touches what is somebody's: nothing is there, and nothing can be made.
    command.env("HOME", "/proc/nowhere");
    // Nor the settings of who runs the tests.
    command.env_remove("AGENT_TRACER_CONFIG");
    command.env("XDG_CONFIG_HOME", "/nonexistent");
    command
}

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> Output {
    program()
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Checks that the program said one sentence about what is wrong, and failed; gives the sentence.
#[track_caller]
pub(crate) fn complaint(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "one sentence: {said}");
    assert!(said.starts_with("agent-tracer: "), "{said}");
    assert!(output.stdout.is_empty(), "nothing but the sentence");
    said
}

/// A running server. Dropped, it is killed.
pub(crate) struct Server {
    child: Child,
    stdout: BufReader<ChildStdout>,
    pub(crate) port: u16,
}

impl Server {
    /// Starts a server on a free port and waits until it listens.
    pub(crate) fn start(database: &Path) -> Self {
        let mut command = program();
        command.args(["serve", "--port", "0", "--db"]).arg(database);
        Self::of(command)
    }

    pub(crate) fn of(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let port = line.trim().rsplit(':').next().unwrap();
        let port = port
            .parse()
            .unwrap_or_else(|_| panic!("it says where it is: {line:?}"));
        Self {
            child,
            stdout,
            port,
        }
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.port)
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args(["-s", name, &self.child.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Sends a signal to what the process started: a tool that runs the server keeps signals.
    pub(crate) fn signal_children(&self, name: &str) {
        let parent = self.child.id().to_string();
        let sent = Command::new("pkill")
            .args(["--signal", name, "--parent", &parent])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Ends the process at once, as a crash would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until the process has ended; gives how, and the rest of what it said.
    pub(crate) fn ended(&mut self) -> (ExitStatus, String) {
        let status = wait(&mut self.child);
        let mut said = String::new();
        self.stdout.read_to_string(&mut said).unwrap();
        (status, said)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Waits until a process has ended by itself.
pub(crate) fn wait(child: &mut Child) -> ExitStatus {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        assert!(begun.elapsed() < PATIENCE, "the process does not end");
        std::thread::yield_now();
    }
}

/// Numbers that look random and are the same for the same seed.
pub(crate) struct Seeded(pub(crate) u64);

impl Seeded {
    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}
