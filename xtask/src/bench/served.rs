//! A server that runs as a child while it is measured.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context as _, anyhow};

/// Killed when it goes out of scope.
pub(super) struct Served {
    child: Child,
    pub(super) port: u16,
    /// Where events are posted.
    pub(super) path: &'static str,
}

impl Served {
    /// The product, with its database and everything else it may write inside `folder`.
    pub(super) fn product(release: &Path, folder: &Path) -> anyhow::Result<Self> {
        Self::product_at(release, folder, &folder.join("db.sqlite"))
    }

    /// The same with its database in a place of its own.
    pub(super) fn product_at(
        release: &Path,
        folder: &Path,
        database: &Path,
    ) -> anyhow::Result<Self> {
        let mut command = Command::new(release.join("agent-tracer"));
        command.args(["serve", "--port", "0", "--db"]).arg(database);
        command
            .current_dir(folder)
            .env("HOME", folder)
            .env_remove("MONITOR_PORT");
        Self::start(command, folder, "/api/tool-used")
    }

    pub(super) fn bare(folder: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command
            .args(["bare-server", "--db"])
            .arg(folder.join("bare.sqlite"));
        Self::start(command, folder, "/bare")
    }

    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The server that writes ready bytes to everybody.
    pub(super) fn floor(folder: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("floor-server");
        Self::start(command, folder, "/flush")
    }

    /// Starts any server that prints its address, and keeps what it complains of in `folder`.
    pub(super) fn start(
        mut command: Command,
        folder: &Path,
        path: &'static str,
    ) -> anyhow::Result<Self> {
        let log = folder.join("stderr.log");
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&log)?)
            .spawn()
            .with_context(|| format!("could not start {}", command.get_program().display()))?;
        let port = printed_port(&mut child);
        let mut served = Self {
            child,
            port: 0,
            path,
        };
        served.port = port.with_context(|| std::fs::read_to_string(&log).unwrap_or_default())?;
        Ok(served)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // One that already ended is as good as one that was killed.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Waits for the address on the child's output, and goes on reading so that the pipe never fills.
fn printed_port(child: &mut Child) -> anyhow::Result<u16> {
    let output = child.stdout.take().context("the server has no output")?;
    let (found, port) = mpsc::sync_channel(1);
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if let Some(port) = port_in(&line) {
                // The first address is taken; later ones find the channel full.
                found.try_send(port).ok();
            }
        }
    });
    port.recv_timeout(Duration::from_secs(30))
        .map_err(|error| anyhow!("the server printed no address: {error}"))
}

fn port_in(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("http://127.0.0.1:")?;
    let end = rest
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(rest.len());
    rest[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port_in;

    #[test]
    fn the_port_is_found_in_any_sentence() {
        assert_eq!(port_in("listening on http://127.0.0.1:3847/"), Some(3847));
        assert_eq!(port_in("http://127.0.0.1:65535"), Some(65535));
        assert_eq!(port_in("\u{1b}[1mhttp://127.0.0.1:80\u{1b}[0m"), Some(80));
        assert_eq!(port_in("opening the database"), None);
    }
}
