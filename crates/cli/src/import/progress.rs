//! What the program says of an import.

use std::io::{IsTerminal as _, Write as _};

use agent_tracer_core::wire::{ImportState, ImportStatus};
use anyhow::bail;

use crate::hooks::Agent;
use crate::say::{counted, say};

/// Says what there is of the agents that are asked for; of all if none is.
pub(super) fn say_found(status: &ImportStatus, wanted: &[Agent]) {
    let names: Vec<_> = wanted.iter().map(|agent| agent.name()).collect();
    let found = status.found.iter();
    let found: Vec<_> = found
        .filter(|found| names.is_empty() || names.contains(&&*found.agent))
        .collect();
    if found.is_empty() {
        say("No transcripts were found.");
    }
    for found in found {
        say(&format!(
            "{}: {} in {}, {} to read",
            found.agent_name,
            counted(found.sessions, "session"),
            found.folder,
            counted(found.unread, "session"),
        ));
    }
}

/// A line that says how far it is: on a terminal, where it can be written over.
pub(super) struct Progress {
    on_terminal: bool,
    shown: usize,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self {
            on_terminal: std::io::stdout().is_terminal(),
            shown: 0,
        }
    }

    pub(super) fn show(&mut self, status: &ImportStatus) {
        // What there is to read is known a moment after it was asked for.
        if !self.on_terminal || status.sessions == 0 {
            return;
        }
        let percent = (status.bytes_done * 100).checked_div(status.bytes);
        self.write(&format!(
            "Reading {} of {}, {} % … {}",
            status.sessions_done,
            counted(status.sessions, "session"),
            percent.unwrap_or_default(),
            counted(status.events, "event"),
        ));
    }

    /// Writes over what was shown.
    fn write(&mut self, line: &str) {
        let length = line.chars().count();
        let rest = " ".repeat(self.shown.saturating_sub(length));
        let mut out = std::io::stdout();
        write!(out, "\r{line}{rest}").ok();
        out.flush().ok();
        self.shown = length;
    }

    /// Says how it ended.
    pub(super) fn end(&mut self, status: &ImportStatus) -> anyhow::Result<()> {
        if self.shown > 0 {
            self.write("");
            self.write("");
        }
        if status.state == ImportState::Failed {
            let problem = status
                .problem
                .as_deref()
                .unwrap_or("the server's log says why");
            bail!("the import stopped: {problem}");
        }
        say(&format!(
            "Imported {}: {}.",
            counted(status.sessions_done - status.sessions_failed, "session"),
            counted(status.events, "event"),
        ));
        if status.lines_skipped > 0 {
            say(&format!(
                "Skipped {} that could not be read or that nobody knows.",
                counted(status.lines_skipped, "line")
            ));
        }
        if status.sessions_failed > 0 {
            say(&format!(
                "{} could not be read: the server's log says which.",
                counted(status.sessions_failed, "session")
            ));
        }
        Ok(())
    }
}
