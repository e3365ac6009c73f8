use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, ensure};

/// Builds the least that can be started.
pub(super) fn empty_program(folder: &Path) -> anyhow::Result<PathBuf> {
    let (source, program) = (folder.join("empty.rs"), folder.join("empty"));
    std::fs::write(&source, "fn main() {}\n")?;
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut build = Command::new(rustc);
    build.arg("-O").arg("-o").arg(&program).arg(&source);
    ensure!(
        build.status().context("could not start rustc")?.success(),
        "the empty program did not build"
    );
    Ok(program)
}

/// How long calls took, in milliseconds, sorted.
pub(super) struct Take(Vec<f64>);

impl Take {
    fn of(mut milliseconds: Vec<f64>) -> Self {
        milliseconds.sort_by(f64::total_cmp);
        Self(milliseconds)
    }

    /// The time that this part of the calls did not exceed.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a short list"
    )]
    pub(super) fn at(&self, quantile: f64) -> f64 {
        let place = (self.0.len() as f64 * quantile).ceil() as usize;
        self.0
            .get(place.saturating_sub(1))
            .copied()
            .unwrap_or_default()
    }
}

/// An agent that calls its hook, and an empty program in turn.
pub(super) struct Caller<'a> {
    pub empty: &'a Path,
    pub product: &'a Path,
    pub home: &'a Path,
    pub payload_bytes: usize,
    /// Whether what waits is taken away before each call.
    pub is_first: bool,
}

impl Caller<'_> {
    /// Calls both `times` times, so many at once; gives the times of the empty program and of the
    /// hook.
    pub(super) fn take(&self, times: u32, at_once: u32) -> anyhow::Result<(Take, Take)> {
        let (mut empty, mut hook) = (Vec::new(), Vec::new());
        std::thread::scope(|scope| {
            let agents: Vec<_> = (0..at_once)
                .map(|agent| scope.spawn(move || self.take_one(agent, times / at_once)))
                .collect();
            for agent in agents {
                let (mut e, mut h) = agent.join().expect("no panic")?;
                empty.append(&mut e);
                hook.append(&mut h);
            }
            anyhow::Ok(())
        })?;
        Ok((Take::of(empty), Take::of(hook)))
    }

    fn take_one(&self, agent: u32, times: u32) -> anyhow::Result<(Vec<f64>, Vec<f64>)> {
        let (mut empty, mut hook) = (Vec::new(), Vec::new());
        // The first is not counted: files are read from the disk.
        for number in 0..=times {
            let payload = payload(agent, number, self.payload_bytes);
            let mut nothing = Command::new(self.empty);
            let without = call(&mut nothing, &payload)?;
            if self.is_first {
                // Where nothing waits yet there is nothing to take away.
                std::fs::remove_dir_all(spool(self.home)).ok();
            }
            let with = call(self.hook().args(["hook", "claude-code"]), &payload)?;
            if number > 0 {
                empty.push(without);
                hook.push(with);
            }
        }
        Ok((empty, hook))
    }

    fn hook(&self) -> Command {
        let mut command = Command::new(self.product);
        command
            .env("XDG_DATA_HOME", self.home)
            .env("HOME", self.home)
            .env_remove("MONITOR_PORT")
            .env_remove("MONITOR_BASE_URL");
        command
    }
}

/// Where a home's hooks leave what the server does not take.
pub(super) fn spool(home: &Path) -> PathBuf {
    home.join("agent-tracer").join("agent-tracer.sqlite.spool")
}

/// The beginning of a call, of some size.
fn payload(agent: u32, number: u32, bytes: usize) -> Vec<u8> {
    let mut payload = serde_json::json!({
        "session_id": format!("bench-{agent}"), "hook_event_name": "PreToolUse", "cwd": "/w",
        "tool_name": "Write", "tool_use_id": format!("call-{agent}-{number}"),
        "tool_input": { "file_path": "/w/a.rs", "content": "" },
    });
    let missing = bytes.saturating_sub(payload.to_string().len());
    payload["tool_input"]["content"] = "let text = 1;\n".repeat(missing / 15).into();
    payload.to_string().into_bytes()
}

/// Runs a program to its end; gives how long that took, in milliseconds.
fn call(command: &mut Command, payload: &[u8]) -> anyhow::Result<f64> {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let begun = Instant::now();
    let mut child = command.spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // The empty program reads nothing.
        stdin.write_all(payload).ok();
    }
    let status = child.wait()?;
    let took = begun.elapsed();
    ensure!(status.success(), "a program failed: {status}");
    Ok(took.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use super::Take;

    #[test]
    fn a_quantile_is_one_of_the_times() {
        let take = Take::of((1..=200).rev().map(f64::from).collect());
        assert!((take.at(0.5) - 100.0).abs() < 1e-9);
        assert!((take.at(0.99) - 198.0).abs() < 1e-9);
        assert!(Take::of(Vec::new()).at(0.5).abs() < 1e-9);
    }
}
