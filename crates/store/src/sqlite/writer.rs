use std::cell::RefCell;
use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use agent_tracer_core::command::Command;
use agent_tracer_core::decide::{Refusal, decide};
use agent_tracer_core::ids::IdSource;
use agent_tracer_core::rows::Writes;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::topics::topics_of;
use rusqlite::{Connection, TransactionBehavior};

use super::epoch::Served;
use super::held::{CurrentRows, HeldRows};
use super::numbers::{read_seq, stored};
use super::rows::ConnectionRows;
use super::statements::{Target, statements_at_once, write_at_once};
use super::sweep::sweep;
use super::topics::{Topics, task_seqs};
use crate::error::StoreError;
use crate::model::Seq;
use crate::removals::{REMOVALS_KEPT, RemovalPin, removals_of};
use crate::traits::{Committed, Outcome, Refused, TopicChange, Write};

/// How long the end waits for readers.
const FINISH_MAX: Duration = Duration::from_secs(1);

/// The one connection that writes.
#[derive(Debug)]
pub struct Writer {
    connection: Connection,
    seq: Seq,
    topics: Topics,
    held: RefCell<HeldRows>,
    removals: Keeping,
    served: Option<Served>,
    _lock: Arc<File>,
}

/// Which removals are kept.
#[derive(Clone, Debug)]
struct Keeping {
    newest: usize,
    pin: RemovalPin,
}

impl Writer {
    /// Takes over a connection that is ready to write. The writer holds on to the lock, so that
    /// no other server can open the database while it lives.
    pub(super) fn new(
        connection: Connection,
        lock: Arc<File>,
        pin: RemovalPin,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            seq: read_seq(&connection)?,
            topics: Topics::read(&connection)?,
            connection,
            held: RefCell::default(),
            removals: Keeping {
                newest: REMOVALS_KEPT,
                pin,
            },
            served: None,
            _lock: lock,
        })
    }

    /// The number of the last commit.
    pub fn seq(&self) -> Seq {
        self.seq
    }

    /// Notes what was served last in that file from now on.
    pub(super) fn serve(&mut self, served: Served) {
        self.served = Some(served);
    }

    /// Keeps only the `newest` removals from now on, so that a test can outlive them.
    pub fn keep_removals(&mut self, newest: usize) {
        self.removals.newest = newest;
    }

    /// Limits the file to `pages` pages, so that a test can fill the disk without filling it.
    pub fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        self.connection
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
        Ok(())
    }
}

impl Write for Writer {
    fn commit(
        &mut self,
        group: Vec<Command>,
        clock: &dyn Fn() -> Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Vec<Outcome>, StoreError> {
        let result = self.commit_group(group, clock, ids);
        match &result {
            Ok(_) => self.held.get_mut().let_go(),
            // What is held may be ahead of what is stored.
            Err(_) => self.held = RefCell::default(),
        }
        result
    }

    fn sweep(&mut self, limit: usize) -> Result<bool, StoreError> {
        sweep(&mut self.connection, limit)
    }

    fn finish(&mut self) -> Result<(), StoreError> {
        self.connection.busy_timeout(FINISH_MAX)?;
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))?;
        Ok(())
    }
}

impl Writer {
    fn commit_group(
        &mut self,
        group: Vec<Command>,
        clock: &dyn Fn() -> Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Vec<Outcome>, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut open = OpenGroup {
            connection: &transaction,
            held: &self.held,
            seq: self.seq,
            topics: self.topics,
            removals: &self.removals,
        };
        let outcomes = group
            .into_iter()
            .map(|command| open.carry_out(command, clock(), ids))
            .collect::<Result<_, _>>()?;
        let (seq, topics) = (open.seq, open.topics);
        if seq != self.seq {
            self.held.borrow_mut().write(&transaction)?;
            transaction
                .prepare_cached("UPDATE meta SET value = ?1 WHERE name = 'seq'")?
                .execute([stored(seq)])?;
            transaction.commit()?;
            (self.seq, self.topics) = (seq, topics);
            if let Some(served) = &mut self.served {
                served.note(seq);
            }
        }
        Ok(outcomes)
    }
}

/// A group while its transaction is open.
struct OpenGroup<'a> {
    connection: &'a Connection,
    held: &'a RefCell<HeldRows>,
    /// The number of the last command that changed something.
    seq: Seq,
    topics: Topics,
    removals: &'a Keeping,
}

impl OpenGroup<'_> {
    /// Carries out one command. What is wrong with this command alone is its outcome; what is
    /// wrong with the disk, or has ended the transaction, is the group's error.
    fn carry_out(
        &mut self,
        command: Command,
        now: Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, StoreError> {
        let outcome = self.attempt(command, now, ids);
        match outcome {
            Err(Refused::Failed(error))
                if self.connection.is_autocommit() || !error.is_of_one_row() =>
            {
                Err(error)
            }
            outcome => Ok(outcome),
        }
    }

    fn attempt(&mut self, command: Command, now: Timestamp, ids: &mut dyn IdSource) -> Outcome {
        let rows = CurrentRows {
            held: self.held,
            stored: ConnectionRows(self.connection),
        };
        let decision = decide(&rows, command, now, ids).map_err(|refusal| match refusal {
            Refusal::Rejected(rejection) => Refused::Rejected(rejection),
            Refusal::Unavailable(error) => Refused::Failed(error.into()),
        })?;
        let changes = decision.writes != Writes::default() || !decision.messages.is_empty();
        let mut topics = Vec::new();
        if changes {
            let next = Seq(self.seq.0 + 1);
            topics = self.write(decision.writes, next)?;
            self.seq = next;
        }
        Ok(Committed {
            seq: changes.then_some(self.seq),
            reply: decision.reply,
            messages: decision.messages,
            topics,
        })
    }

    /// Writes what a decision came to; gives what it did to the topics.
    fn write(&mut self, mut writes: Writes, seq: Seq) -> Result<Vec<TopicChange>, StoreError> {
        let moves = moves_trash(&writes);
        if moves {
            // This reaches everything of a task, so nothing is held across it.
            self.held.borrow_mut().write(self.connection)?;
        }
        let tasks = task_seqs(self.connection, &self.held.borrow(), &writes)?;
        self.write_or_undo(&writes, seq)?;
        self.keep_removals(removals_of(&writes).count(), seq)?;
        let rows = topics_of(&mut writes, seq.0);
        let mut held = self.held.borrow_mut();
        if moves {
            *held = HeldRows::default();
        }
        held.take(writes, seq);
        Ok(self.topics.advance(rows, tasks, seq))
    }

    /// Counts new removals, and lets go of old ones.
    fn keep_removals(&mut self, new: usize, seq: Seq) -> Result<(), StoreError> {
        if new == 0 {
            return Ok(());
        }
        let stored = self.topics.removals + new;
        let (kept, free_up_to) = (self.removals.newest, self.removals.pin.free_up_to());
        let to = Target::new(self.connection, seq);
        let gone = to.prune_removals(stored, kept, free_up_to)?;
        self.topics.removals = stored.saturating_sub(gone);
        Ok(())
    }

    /// Writes what is not held: all of it, or nothing. One statement is that by itself; several
    /// get a savepoint.
    fn write_or_undo(&self, writes: &Writes, seq: Seq) -> Result<(), StoreError> {
        if statements_at_once(writes) < 2 {
            return write_at_once(self.connection, writes, seq);
        }
        let run = |sql| self.connection.prepare_cached(sql)?.execute(());
        run("SAVEPOINT command")?;
        let written = write_at_once(self.connection, writes, seq);
        // Some errors make SQLite end the whole transaction; then there is nothing left to undo.
        if self.connection.is_autocommit() {
            return written;
        }
        if written.is_err() {
            run("ROLLBACK TO command")?;
        }
        run("RELEASE command")?;
        written
    }
}

/// Whether tasks go into the trash or out of it.
fn moves_trash(writes: &Writes) -> bool {
    let moved = [
        &writes.removed_tasks,
        &writes.restored_tasks,
        &writes.emptied_tasks,
    ];
    moved.iter().any(|tasks| !tasks.is_empty())
}
