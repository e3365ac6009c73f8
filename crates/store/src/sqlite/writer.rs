use std::cell::RefCell;
use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use agent_tracer_core::command::Command;
use agent_tracer_core::decide::{Refusal, decide};
use agent_tracer_core::ids::IdSource;
use agent_tracer_core::rows::Writes;
use agent_tracer_core::time::Timestamp;
use rusqlite::{Connection, TransactionBehavior};

use super::held::{CurrentRows, HeldRows};
use super::rows::ConnectionRows;
use super::statements::{statements_at_once, write_at_once};
use crate::error::StoreError;
use crate::model::Seq;
use crate::traits::{Committed, Outcome, Refused, Write};

/// How long the end waits for readers.
const FINISH_MAX: Duration = Duration::from_secs(1);

/// The one connection that writes.
#[derive(Debug)]
pub struct Writer {
    connection: Connection,
    seq: Seq,
    held: RefCell<HeldRows>,
    _lock: Arc<File>,
}

impl Writer {
    /// Takes over a connection that is ready to write. The writer holds on to the lock, so that
    /// no other server can open the database while it lives.
    pub(super) fn new(connection: Connection, lock: Arc<File>) -> Result<Self, StoreError> {
        let seq = read_seq(&connection)?;
        Ok(Self {
            connection,
            seq,
            held: RefCell::default(),
            _lock: lock,
        })
    }

    /// The number of the last commit.
    pub fn seq(&self) -> Seq {
        self.seq
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
        };
        let outcomes = group
            .into_iter()
            .map(|command| open.carry_out(command, clock(), ids))
            .collect::<Result<_, _>>()?;
        let seq = open.seq;
        if seq != self.seq {
            self.held.borrow_mut().write(&transaction)?;
            transaction
                .prepare_cached("UPDATE meta SET value = ?1 WHERE name = 'seq'")?
                .execute([i64::try_from(seq.0).unwrap_or(i64::MAX)])?;
            transaction.commit()?;
            self.seq = seq;
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
        if changes {
            let next = Seq(self.seq.0 + 1);
            self.write(decision.writes, next)?;
            self.seq = next;
        }
        Ok(Committed {
            seq: changes.then_some(self.seq),
            reply: decision.reply,
            messages: decision.messages,
            topics: Vec::new(),
        })
    }

    fn write(&self, writes: Writes, seq: Seq) -> Result<(), StoreError> {
        if writes.removed_tasks.is_empty() {
            self.write_or_undo(&writes, seq)?;
            self.held.borrow_mut().take(writes, seq);
            return Ok(());
        }
        // Deleting reaches everything of a task, so nothing is held across it.
        self.held.borrow_mut().write(self.connection)?;
        self.write_or_undo(&writes, seq)?;
        let mut held = self.held.borrow_mut();
        *held = HeldRows::default();
        held.take(writes, seq);
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

/// The number of the last commit that the connection sees.
pub(super) fn read_seq(connection: &Connection) -> Result<Seq, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE name = 'seq'")?;
    let seq: i64 = statement.query_row((), |row| row.get(0))?;
    Ok(Seq(u64::try_from(seq).unwrap_or_default()))
}
