use std::path::{Path, PathBuf};

use agent_tracer_core::command::Command;
use agent_tracer_core::decide::{Refusal, decide};
use agent_tracer_core::ids::IdSource;
use agent_tracer_core::rows::Writes;
use agent_tracer_core::time::Timestamp;
use rusqlite::{Connection, TransactionBehavior};

use super::checkpoint::{log_bytes, log_of};
use super::rows::ConnectionRows;
use super::statements::write;
use crate::error::StoreError;
use crate::model::Seq;
use crate::traits::{Committed, Outcome, Write};

/// Above this size of the log the writer itself moves it into the database: the checkpointer
/// cannot empty it while commits never stop, and it must not grow without end.
const LOG_BYTES_MAX: u64 = 64 << 20;

/// The one connection that writes.
#[derive(Debug)]
pub struct Writer {
    connection: Connection,
    log: PathBuf,
    seq: Seq,
}

impl Writer {
    pub(super) fn new(connection: Connection, path: &Path) -> Result<Self, StoreError> {
        let seq = read_seq(&connection)?;
        Ok(Self {
            connection,
            log: log_of(path),
            seq,
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

    fn bound_log(&self) -> Result<(), StoreError> {
        if log_bytes(&self.log) > LOG_BYTES_MAX {
            self.connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))?;
        }
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

/// Carries out one command inside the group's transaction, and a savepoint of its own.
fn carry_out(
    connection: &Connection,
    command: Command,
    now: Timestamp,
    ids: &mut dyn IdSource,
    seq: &mut Seq,
) -> Result<Outcome, StoreError> {
    let decision = match decide(&ConnectionRows(connection), command, now, ids) {
        Ok(decision) => decision,
        Err(Refusal::Rejected(rejection)) => return Ok(Err(rejection)),
        Err(Refusal::Unavailable(error)) => return Err(error.into()),
    };
    let mut committed = Committed {
        seq: None,
        reply: decision.reply,
        messages: decision.messages,
    };
    let changes = decision.writes != Writes::default() || !committed.messages.is_empty();
    if changes {
        let next = Seq(seq.0 + 1);
        connection
            .prepare_cached("SAVEPOINT command")?
            .execute(())?;
        write(connection, &decision.writes, next)?;
        connection.prepare_cached("RELEASE command")?.execute(())?;
        *seq = next;
        committed.seq = Some(next);
    }
    Ok(Ok(committed))
}

/// The number of the last commit that the connection sees.
pub(super) fn read_seq(connection: &Connection) -> Result<Seq, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE name = 'seq'")?;
    let seq: i64 = statement.query_row((), |row| row.get(0))?;
    Ok(Seq(u64::try_from(seq).unwrap_or_default()))
}
