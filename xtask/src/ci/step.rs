//! One check, and the two ways to run a program for it.

use std::io::{Read as _, Seek as _};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context as _, bail};

pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) work: fn(&Setting) -> anyhow::Result<Outcome>,
}

/// What the steps must know of where they run.
pub(super) struct Setting {
    /// Whatever cannot run here is a failure.
    pub(super) ci: bool,
    /// The browser tests are wanted.
    pub(super) browser: bool,
}

pub(super) enum Outcome {
    Passed,
    Skipped(String),
}

impl Outcome {
    pub(super) fn skipped(reason: &str) -> Self {
        Self::Skipped(reason.to_owned())
    }
}

/// Runs a program whose output matters only when it fails; then the output is the error.
pub(super) fn quietly(command: &mut Command) -> anyhow::Result<Outcome> {
    let mut output = tempfile::tempfile().context("could not make a file for the output")?;
    let status = command
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output.try_clone()?)
        .status();
    let status = started(command, status)?;
    if status.success() {
        return Ok(Outcome::Passed);
    }
    let mut text = Vec::new();
    output.rewind()?;
    output.read_to_end(&mut text)?;
    bail!(
        "{}\n{}: {status}",
        String::from_utf8_lossy(&text),
        shown(command)
    )
}

/// Runs a program whose progress and counts a reader wants to see, such as the tests.
pub(super) fn openly(command: &mut Command) -> anyhow::Result<Outcome> {
    let status = command.stdin(Stdio::null()).status();
    let status = started(command, status)?;
    if !status.success() {
        bail!("{}: {status}", shown(command));
    }
    Ok(Outcome::Passed)
}

/// Whether a program starts and ends well: the way to ask "is it installed?".
pub(super) fn works(command: &mut Command) -> bool {
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

fn started(command: &Command, status: std::io::Result<ExitStatus>) -> anyhow::Result<ExitStatus> {
    status.with_context(|| format!("could not start {}", shown(command)))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_failure_carries_both_streams_in_order() {
        let error = quietly(&mut shell("echo one; echo two >&2; echo three; exit 3"))
            .err()
            .unwrap();
        let text = error.to_string();
        assert!(text.starts_with("one\ntwo\nthree\n"), "{text}");
        assert!(text.contains("exit status: 3"), "{text}");
    }

    #[test]
    fn a_program_that_does_not_exist_is_named() {
        let error = openly(&mut Command::new("no-such-program-here"))
            .err()
            .unwrap();
        assert!(format!("{error:#}").contains("no-such-program-here"));
        assert!(!works(&mut Command::new("no-such-program-here")));
        assert!(works(&mut shell("exit 0")));
        assert!(!works(&mut shell("exit 1")));
    }
}
