use agent_tracer_core::command::Command;
use agent_tracer_core::decide::{Decision, Refusal, decide};
use agent_tracer_core::ids::IdSource;
use agent_tracer_core::memory::Memory;
use agent_tracer_core::rows::Writes;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::topics::topics_of;

use crate::error::StoreError;
use crate::model::Seq;
use crate::removals::RemovalPin;
use crate::traits::{Committed, Outcome, Write};

mod changes;
mod journal;
mod read;

use journal::Journal;

/// The store in plain memory: nothing is durable, everything else holds. The model that the
/// contract suite holds SQLite against, and a store for tests.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    /// The rows.
    pub memory: Memory,
    seq: Seq,
    journal: Journal,
}

impl MemoryStore {
    /// Keeps only the `newest` removals from now on, so that a test can outlive them.
    pub fn keep_removals(&mut self, newest: usize) {
        self.journal.kept = newest;
    }

    /// What keeps removals while somebody still has to be told of them.
    pub fn removal_pin(&self) -> RemovalPin {
        self.journal.pin.clone()
    }

    fn carry_out(&mut self, decision: Decision) -> Committed {
        let mut writes = decision.writes;
        let changes = writes != Writes::default() || !decision.messages.is_empty();
        let mut topics = Vec::new();
        if changes {
            self.seq.0 += 1;
            self.memory.apply(writes.clone());
            let prevs = self.journal.note(&writes, self.seq.0);
            topics = self
                .journal
                .advance(topics_of(&mut writes, self.seq.0), prevs, self.seq);
        }
        Committed {
            seq: changes.then_some(self.seq),
            reply: decision.reply,
            messages: decision.messages,
            topics,
        }
    }
}

impl Write for MemoryStore {
    fn commit(
        &mut self,
        group: Vec<Command>,
        clock: &dyn Fn() -> Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Vec<Outcome>, StoreError> {
        group
            .into_iter()
            .map(
                |command| match decide(&self.memory, command, clock(), ids) {
                    Ok(decision) => Ok(Ok(self.carry_out(decision))),
                    Err(Refusal::Rejected(rejection)) => Ok(Err(rejection.into())),
                    Err(Refusal::Unavailable(error)) => Err(error.into()),
                },
            )
            .collect()
    }

    /// All of it went at once.
    fn sweep(&mut self, _limit: usize) -> Result<bool, StoreError> {
        Ok(false)
    }
}
