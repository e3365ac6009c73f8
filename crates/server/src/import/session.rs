//! One recorded session: its transcripts, read side by side in the order of their times.

use std::io;
use std::sync::Arc;

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::adapter::transcript::{QUIET_MILLIS, Told};
use agent_tracer_core::redact::Redactor;
use agent_tracer_core::report::{AgentReport, Delivery};
use agent_tracer_core::time::Timestamp;

use super::Recorded;
use super::file::TranscriptFile;
use super::importer::Known;

/// How much one delivery tells at most: nobody waits long behind it.
const TOLD_MAX: usize = 64;
/// About how many bytes one delivery has at most (what it tells last may exceed it).
const BYTES_MAX: usize = 256 << 10;
/// After this long without a new line a turn is over, if it looks so.
const SETTLED_MILLIS: i64 = 10_000;

/// See the module.
pub(super) struct SessionReader {
    agent: Agent,
    files: Vec<TranscriptFile>,
    last_at: Option<Timestamp>,
    is_closed: bool,
    redactor: Arc<Redactor>,
}

/// What is delivered at once, and about how many bytes that takes.
pub(super) struct Batch {
    pub(super) delivery: Delivery,
    pub(super) bytes: usize,
}

impl SessionReader {
    /// Opens its transcripts. `known` is how far each was read before.
    pub(super) fn open(
        recorded: &Recorded,
        known: &Known,
        redactor: &Arc<Redactor>,
    ) -> io::Result<Self> {
        let mut files = Vec::new();
        let mut is_closed = !recorded.files.is_empty();
        for found in &recorded.files {
            let known = known.get(&*found.path.to_string_lossy()).cloned();
            is_closed &= known.as_ref().is_some_and(|known| known.is_closed);
            files.extend(TranscriptFile::open(recorded.agent, found, known)?);
        }
        Ok(Self {
            agent: recorded.agent,
            files,
            last_at: None,
            is_closed,
            redactor: Arc::clone(redactor),
        })
    }

    /// Looks at its transcripts again, which may have grown, and at those that are new.
    pub(super) fn refresh(&mut self, recorded: &Recorded, known: &Known) -> io::Result<()> {
        self.files
            .iter_mut()
            .try_for_each(TranscriptFile::refresh)?;
        for found in &recorded.files {
            if !self.files.iter().any(|file| file.path() == found.path) {
                let known = known.get(&*found.path.to_string_lossy()).cloned();
                self.files
                    .extend(TranscriptFile::open(self.agent, found, known)?);
            }
        }
        Ok(())
    }

    /// What comes next, up to the bounds of a delivery. `None` once nothing is new.
    pub(super) fn batch(&mut self, now: Timestamp) -> io::Result<Option<Batch>> {
        let mut told = Vec::new();
        let mut bytes = 0;
        while told.len() < TOLD_MAX && bytes < BYTES_MAX {
            let Some((next, size)) = self.next()? else {
                told.extend(self.rest(now));
                break;
            };
            bytes += size;
            told.extend(self.gap_before(&next));
            self.last_at = self.last_at.max(Some(next.at));
            told.push(next);
        }
        Ok(self.delivered(told, bytes))
    }

    /// What happened first of what the transcripts tell next.
    fn next(&mut self) -> io::Result<Option<(Told, usize)>> {
        let mut first: Option<(Timestamp, usize)> = None;
        for (place, file) in self.files.iter_mut().enumerate() {
            if let Some(at) = file.next_at()?
                && first.is_none_or(|(earliest, _)| at < earliest)
            {
                first = Some((at, place));
            }
        }
        let told_until = self.files.iter().filter_map(|file| file.told_until).max();
        self.last_at = self.last_at.max(told_until);
        let file = first.and_then(|(_, place)| self.files.get_mut(place));
        let told = file.and_then(TranscriptFile::take);
        if told.is_some() {
            self.is_closed = false;
        }
        Ok(told)
    }

    /// The session's end, if it was quiet for so long before its next turn that it had ended.
    fn gap_before(&self, next: &Told) -> Option<Told> {
        let last = self.last_at?;
        let is_long = next.at.millis_since(last) > QUIET_MILLIS;
        (is_long && next.begins_a_turn()).then(|| self.end(last))?
    }

    fn end(&self, at: Timestamp) -> Option<Told> {
        self.files.iter().find_map(|file| file.transcript().end(at))
    }

    /// What follows from nothing being written any more.
    fn rest(&mut self, now: Timestamp) -> Vec<Told> {
        let files = self.files.iter();
        let written_at = files.filter_map(|file| file.transcript().last_at()).max();
        let quiet = written_at.map_or(0, |at| now.millis_since(at));
        let mut told = Vec::new();
        if quiet >= SETTLED_MILLIS {
            told.extend(self.files.iter_mut().flat_map(TranscriptFile::settle));
        }
        if quiet >= QUIET_MILLIS && !self.is_closed {
            self.is_closed = true;
            told.extend(written_at.and_then(|at| self.end(at)));
        }
        told
    }

    fn delivered(&mut self, told: Vec<Told>, bytes: usize) -> Option<Batch> {
        let is_closed = self.is_closed;
        let news = self
            .files
            .iter_mut()
            .filter_map(|file| file.news(is_closed));
        let transcripts: Vec<_> = news.collect();
        let usage = self.files.iter_mut().flat_map(TranscriptFile::take_usage);
        let usage: Vec<_> = usage.collect();
        if told.is_empty() && transcripts.is_empty() && usage.is_empty() {
            return None;
        }
        let reports = told.into_iter().flat_map(|told| self.understood(told));
        let delivery = Delivery {
            reports: reports.collect(),
            usage,
            transcripts: Some(transcripts),
            ..Delivery::default()
        };
        Some(Batch { delivery, bytes })
    }

    /// Secrets go first: nothing behind this line ever sees one.
    fn understood(&self, mut told: Told) -> Vec<AgentReport> {
        let removed = self.redactor.redact(&mut told.payload);
        let mut reports = told.reports(self.agent);
        for report in &mut reports {
            report.note_removed(&removed);
        }
        reports
    }

    /// Lines that could not be read, and lines of sorts that nobody knows.
    pub(super) fn skipped(&self) -> u64 {
        let of = |file: &TranscriptFile| file.unreadable + file.transcript().unknown();
        self.files.iter().map(of).sum()
    }
}
