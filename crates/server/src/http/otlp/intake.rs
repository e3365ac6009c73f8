use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use agent_tracer_core::command::Command;
use agent_tracer_core::redact::Redactor;
use agent_tracer_core::usage::MessageKey;
use agent_tracer_core::usage::telemetry::{Signals, Telemetry, telemetry};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::answer::Fault;
use crate::commit::Committer;

/// How many deliveries are read at a time. They are large, so the others wait unread.
const AT_A_TIME: usize = 4;
/// How long one waits for its turn.
const TURN_MAX: Duration = Duration::from_secs(10);
/// What a record of usage takes in the queue of commits, about.
const RECORD_BYTES: usize = 512;

/// The way in for telemetry, and the tally of what came.
pub(crate) struct OtlpIntake {
    turns: Semaphore,
    records: AtomicU64,
    used: AtomicU64,
}

impl Default for OtlpIntake {
    fn default() -> Self {
        Self {
            turns: Semaphore::new(AT_A_TIME),
            records: AtomicU64::new(0),
            used: AtomicU64::new(0),
        }
    }
}

impl OtlpIntake {
    /// Waits until a delivery may be read. Agents send several at once, at their end all they have:
    /// to make them wait a moment loses less than to send them away.
    pub(super) async fn turn(&self) -> Result<SemaphorePermit<'_>, Fault> {
        match tokio::time::timeout(TURN_MAX, self.turns.acquire()).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_)) | Err(_) => Err(Fault::busy()),
        }
    }

    /// Stores what records tell, if they tell anything.
    pub(super) async fn store(
        &self,
        committer: &Committer,
        redactor: &Redactor,
        signals: &Signals,
    ) -> Result<(), Fault> {
        let mut told = telemetry(&signals.read);
        redact(redactor, &mut told);
        self.note(signals.read.len() + signals.rejected, &told);
        if told.is_empty() {
            return Ok(());
        }
        let place = committer.reserve(told.len() * RECORD_BYTES)?;
        let command = Command::TakeTelemetry(Box::new(told));
        committer.commit(command, place).await?;
        Ok(())
    }

    fn note(&self, records: usize, told: &Telemetry) {
        let add = |tally: &AtomicU64, count: usize| {
            tally.fetch_add(u64::try_from(count).unwrap_or(0), Ordering::Relaxed);
        };
        add(&self.records, records);
        add(&self.used, told.len());
        tracing::debug!(records, used = told.len(), "telemetry came");
    }

    /// How many records came since the start, and how many of them told anything.
    pub(crate) fn tally(&self) -> Value {
        let records = self.records.load(Ordering::Relaxed);
        json!({ "records": records, "used": self.used.load(Ordering::Relaxed) })
    }
}

/// Every text that is kept: names may hold anything, too.
fn redact(redactor: &Redactor, told: &mut Telemetry) {
    let clean = |text: &mut String| {
        if let (Cow::Owned(left), _) = redactor.redact_text(text) {
            *text = left;
        }
    };
    for record in &mut told.usage {
        clean(&mut record.model);
        match &mut record.key {
            MessageKey::Named(text) | MessageKey::Derived(text) => clean(text),
        }
    }
    for failure in &mut told.failures {
        clean(&mut failure.key);
        failure.status.iter_mut().for_each(clean);
        failure.error.iter_mut().for_each(clean);
    }
}
