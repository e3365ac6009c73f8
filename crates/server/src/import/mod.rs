//! Importing: what agents wrote down of their sessions, told like what their hooks tell.
//!
//! `find` finds transcripts, those of one session together ([`Recorded`]). `session` reads them side
//! by side, in the order of their times, and makes deliveries of what they tell; each also says how
//! far it was read, so that both are stored or neither is. `importer` does that for all of them, one
//! delivery at a time, so that what agents report right now never waits for more than one; `follow`
//! for those that grow.

mod file;
mod find;
mod fnv;
mod follow;
mod importer;
mod lines;
mod session;

use std::path::PathBuf;

use agent_tracer_core::adapter::Agent;

pub(crate) use follow::follow;
pub(crate) use importer::{Importer, Request, StartError};

/// Where an agent keeps its transcripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranscriptFolder {
    /// The agent.
    pub agent: Agent,
    /// The folder that it keeps everything in, such as `~/.claude`.
    pub folder: PathBuf,
}

/// The transcripts of one session: the main agent's and those of its subagents.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub agent: Agent,
    pub files: Vec<Found>,
}

/// A transcript, as its folder tells of it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub path: PathBuf,
    pub size: u64,
    /// When it was written last, in milliseconds since 1970.
    pub modified_ms: i64,
}

impl Recorded {
    pub(crate) fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }

    /// When any of them was written last.
    pub(crate) fn modified_ms(&self) -> i64 {
        let times = self.files.iter().map(|file| file.modified_ms);
        times.max().unwrap_or_default()
    }
}
