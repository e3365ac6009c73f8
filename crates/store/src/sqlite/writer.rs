use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use agent_tracer_core::command::Command;
use agent_tracer_core::decide::{Refusal, decide};
use agent_tracer_core::ids::IdSource;
use agent_tracer_core::rows::Writes;
use agent_tracer_core::time::Timestamp;
use rusqlite::{Connection, TransactionBehavior};

use super::checkpoint::{log_bytes, log_of};
use super::connection::BUSY_TIMEOUT;
use super::rows::ConnectionRows;
use super::statements::write;
use crate::error::StoreError;
use crate::model::Seq;
use crate::traits::{Committed, Outcome, Refused, Write};

/// Above this size of the log the writer itself moves it into the database: the checkpointer
/// cannot empty it while commits never stop, and it must not grow without end.
const LOG_BYTES_MAX: u64 = 64 << 20;

/// How much the log must grow before the writer tries again to empty one that a reader pins.
const LOG_BYTES_STEP: u64 = 16 << 20;

/// The one connection that writes.
#[derive(Debug)]
pub struct Writer {
    connection: Connection,
    log: PathBuf,
    log_bytes_max: u64,
    seq: Seq,
    _lock: Arc<File>,
}

impl Writer {
    /// Takes over a connection that is ready to write. The writer holds on to the lock, so that
    /// no other server can open the database while it lives.
    pub(super) fn new(
        connection: Connection,
        path: &Path,
        lock: Arc<File>,
    ) -> Result<Self, StoreError> {
        let seq = read_seq(&connection)?;
        Ok(Self {
            connection,
            log: log_of(path),
            log_bytes_max: LOG_BYTES_MAX,
            seq,
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

    /// Empties a log that has grown too long, unless a reader still needs it: no commit waits for
    /// readers.
    fn bound_log(&mut self) -> Result<(), StoreError> {
        let bytes = log_bytes(&self.log);
        if bytes <= self.log_bytes_max {
            return Ok(());
        }
        self.connection.busy_timeout(Duration::ZERO)?;
        let pinned = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get(0));
        self.connection.busy_timeout(BUSY_TIMEOUT)?;
        self.log_bytes_max = if pinned? {
            bytes + LOG_BYTES_STEP
        } else {
            LOG_BYTES_MAX
        };
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
        self.bound_log()?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let before = self.seq;
        let mut seq = before;
        let mut outcomes = Vec::with_capacity(group.len());
        for command in group {
            outcomes.push(carry_out(&transaction, command, clock(), ids, &mut seq)?);
        }
        if seq == before {
            return Ok(outcomes);
        }
        transaction
            .prepare_cached("UPDATE meta SET value = ?1 WHERE name = 'seq'")?
            .execute([i64::try_from(seq.0).unwrap_or(i64::MAX)])?;
        transaction.commit()?;
        self.seq = seq;
        Ok(outcomes)
    }
}

/// Carries out one command inside the group's transaction. What is wrong with this command alone
/// is its outcome; what is wrong with the disk, or has ended the transaction, is the group's error.
fn carry_out(
    connection: &Connection,
    command: Command,
    now: Timestamp,
    ids: &mut dyn IdSource,
    seq: &mut Seq,
) -> Result<Outcome, StoreError> {
    let next = Seq(seq.0 + 1);
    let outcome = attempt(connection, command, now, ids, next);
    match outcome {
        Err(Refused::Failed(error)) if connection.is_autocommit() || !error.is_of_one_row() => {
            return Err(error);
        }
        Ok(Committed { seq: Some(_), .. }) => *seq = next,
        _ => {}
    }
    Ok(outcome)
}

fn attempt(
    connection: &Connection,
    command: Command,
    now: Timestamp,
    ids: &mut dyn IdSource,
    next: Seq,
) -> Outcome {
    let decided = decide(&ConnectionRows(connection), command, now, ids);
    let decision = decided.map_err(|refusal| match refusal {
        Refusal::Rejected(rejection) => Refused::Rejected(rejection),
        Refusal::Unavailable(error) => Refused::Failed(error.into()),
    })?;
    let changes = decision.writes != Writes::default() || !decision.messages.is_empty();
    if changes {
        write_or_undo(connection, &decision.writes, next)?;
    }
    Ok(Committed {
        seq: changes.then_some(next),
        reply: decision.reply,
        messages: decision.messages,
    })
}

/// Writes everything, or nothing of it, inside a savepoint of its own.
fn write_or_undo(connection: &Connection, writes: &Writes, seq: Seq) -> Result<(), StoreError> {
    let run = |sql| connection.prepare_cached(sql)?.execute(());
    run("SAVEPOINT command")?;
    let written = write(connection, writes, seq);
    // Some errors make SQLite end the whole transaction; then there is nothing left to undo.
    if connection.is_autocommit() {
        return written;
    }
    if written.is_err() {
        run("ROLLBACK TO command")?;
    }
    run("RELEASE command")?;
    written
}

/// The number of the last commit that the connection sees.
pub(super) fn read_seq(connection: &Connection) -> Result<Seq, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE name = 'seq'")?;
    let seq: i64 = statement.query_row((), |row| row.get(0))?;
    Ok(Seq(u64::try_from(seq).unwrap_or_default()))
}
