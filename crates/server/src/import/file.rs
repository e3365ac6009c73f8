use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::adapter::transcript::{Told, Transcript};
use agent_tracer_core::rows::TranscriptRow;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::usage::UsageRecord;
use agent_tracer_core::usage::transcript::TranscriptUsage;

use super::Found;
use super::find::look;
use super::fnv::Fnv;
use super::lines::{Lines, Next};
use crate::http::lenient;

/// A transcript that is being read: what it tells next, and how far what it told goes.
///
/// What was told on an earlier occasion is read again, so that the reader knows what it knew then,
/// and not told again. If it is not what it was then, the file was replaced: all of it is new, and
/// the names of what it tells keep the domain from taking anything twice.
pub(super) struct TranscriptFile {
    agent: Agent,
    found: Found,
    lines: Lines<BufReader<File>>,
    transcript: Transcript,
    usage: Option<TranscriptUsage>,
    /// What the lines that were read say of usage, as far as nobody took it.
    used: Vec<UsageRecord>,
    known: Option<TranscriptRow>,
    /// What the line that was read last tells, as far as nobody took it.
    ahead: VecDeque<Told>,
    /// How many bytes that line has, until somebody took it.
    ahead_bytes: usize,
    /// How far everything was taken.
    taken: (u64, Fnv),
    /// How far the store knows that.
    noted: Option<TranscriptRow>,
    /// When the last line was written that was told before.
    pub(super) told_until: Option<Timestamp>,
    /// Lines that could not be read.
    pub(super) unreadable: u64,
}

impl TranscriptFile {
    /// `None` if the agent keeps no transcripts that are known.
    pub(super) fn open(
        agent: Agent,
        found: &Found,
        known: Option<TranscriptRow>,
    ) -> io::Result<Option<Self>> {
        let path = found.path.display().to_string();
        let Some(transcript) = Transcript::new(agent, &path) else {
            return Ok(None);
        };
        let noted = known.clone();
        Ok(Some(Self {
            agent,
            found: found.clone(),
            lines: Lines::new(BufReader::new(File::open(&found.path)?)),
            transcript,
            usage: TranscriptUsage::of_source(agent.source()),
            used: Vec::new(),
            known: known.filter(|known| known.offset > 0),
            ahead: VecDeque::new(),
            ahead_bytes: 0,
            taken: (0, Fnv::default()),
            noted,
            told_until: None,
            unreadable: 0,
        }))
    }

    /// When what it tells next happened; nothing if it tells nothing more now.
    pub(super) fn next_at(&mut self) -> io::Result<Option<Timestamp>> {
        while self.ahead.is_empty() {
            if !self.read_line()? {
                return Ok(None);
            }
        }
        Ok(self.ahead.front().map(|told| told.at))
    }

    /// Takes what it tells next, and says how many bytes were read for it.
    pub(super) fn take(&mut self) -> Option<(Told, usize)> {
        let told = self.ahead.pop_front()?;
        if self.ahead.is_empty() {
            self.taken = (self.lines.end, self.lines.fingerprint);
        }
        Some((told, std::mem::take(&mut self.ahead_bytes)))
    }

    /// Takes what the lines that were read say of usage. Told twice, it counts once.
    pub(super) fn take_usage(&mut self) -> Vec<UsageRecord> {
        std::mem::take(&mut self.used)
    }

    /// Reads a line; says whether there was one.
    fn read_line(&mut self) -> io::Result<bool> {
        let is_whole = |line: &[u8]| serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
        let line = match self
            .lines
            .next(|line| line.ends_with(b"}") && is_whole(line))?
        {
            Next::Line([] | [b'\r']) => return self.after_line(),
            Next::Line(line) => {
                self.ahead_bytes = line.len();
                lenient::read(line).ok()
            }
            Next::TooLong => None,
            Next::End => return self.at_end(),
        };
        match line {
            Some(line) => {
                let used = self.usage.as_mut().map(|usage| usage.read(&line));
                self.used.extend(used.into_iter().flatten());
                self.ahead.extend(self.transcript.read(line));
            }
            None => self.unreadable += 1,
        }
        self.after_line()
    }

    /// Drops what was told before.
    fn after_line(&mut self) -> io::Result<bool> {
        if let Some(known) = &self.known {
            if self.lines.end > known.offset {
                return self.begin_again();
            }
            self.ahead.clear();
            self.used.clear();
            if self.lines.end == known.offset {
                if self.lines.fingerprint.0 != known.fingerprint {
                    return self.begin_again();
                }
                self.known = None;
                self.told_until = self.transcript.last_at();
            }
        }
        if self.ahead.is_empty() {
            self.taken = (self.lines.end, self.lines.fingerprint);
        }
        Ok(true)
    }

    fn at_end(&mut self) -> io::Result<bool> {
        // Shorter than it was.
        if self.known.is_some() {
            return self.begin_again();
        }
        Ok(false)
    }

    /// It is not the file that it was: all of it is new.
    fn begin_again(&mut self) -> io::Result<bool> {
        if let Some(anew) = Self::open(self.agent, &self.found, None)? {
            *self = Self {
                noted: self.noted.take(),
                ..anew
            };
        }
        Ok(true)
    }

    /// Looks at the file again, which may have grown. One that became shorter is read anew.
    pub(super) fn refresh(&mut self) -> io::Result<()> {
        self.found = look(&self.found.path)?;
        if self.found.size < self.lines.end {
            self.begin_again()?;
        }
        Ok(())
    }

    /// How far it is taken, if the store does not know that yet.
    pub(super) fn news(&mut self, is_closed: bool) -> Option<TranscriptRow> {
        let (offset, fingerprint) = self.taken;
        let row = TranscriptRow {
            path: self.found.path.to_string_lossy().into_owned(),
            size: self.found.size,
            modified_ms: self.found.modified_ms,
            offset,
            fingerprint: fingerprint.0,
            is_closed,
        };
        if self.known.is_some() || self.noted.as_ref() == Some(&row) {
            return None;
        }
        self.noted = Some(row.clone());
        Some(row)
    }

    pub(super) fn path(&self) -> &Path {
        &self.found.path
    }

    pub(super) fn transcript(&self) -> &Transcript {
        &self.transcript
    }

    /// See [`Transcript::settle`].
    pub(super) fn settle(&mut self) -> Vec<Told> {
        self.transcript.settle()
    }
}
