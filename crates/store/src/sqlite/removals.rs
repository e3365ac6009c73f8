//! The table of what is gone.

use agent_tracer_core::ids::TaskId;
use agent_tracer_core::rows::Writes;
use rusqlite::Connection;

use super::statements::Target;
use crate::error::StoreError;
use crate::model::Seq;
use crate::removals::{RemovedKind, removals_of};

impl Target<'_> {
    /// Remembers what a decision removes.
    pub(super) fn put_removals(&self, writes: &Writes) -> Result<(), StoreError> {
        for (kind, id) in removals_of(writes) {
            let sql = "INSERT INTO removals VALUES (?1, ?2, ?3)";
            self.run(sql, (self.seq, kind.as_str(), id))?;
        }
        let tasks = removals_of(writes).any(|(kind, _)| kind == RemovedKind::Task);
        let others = removals_of(writes).any(|(kind, _)| kind != RemovedKind::Task);
        for (name, touched) in [("task_removed", tasks), ("bookmark_removed", others)] {
            if touched {
                self.put_meta(name, self.seq)?;
            }
        }
        Ok(())
    }

    /// Lets go of removals beyond the newest `kept` and up to the commit `free_up_to`, whole
    /// commits only; `stored` is how many there are. Says how many went.
    pub(super) fn prune_removals(
        &self,
        stored: usize,
        kept: usize,
        free_up_to: u64,
    ) -> Result<usize, StoreError> {
        let excess = stored.saturating_sub(kept.max(1));
        if excess == 0 {
            return Ok(0);
        }
        let oldest_kept = self.ask::<i64>(
            "SELECT seq FROM removals WHERE seq > 0 ORDER BY seq LIMIT 1 OFFSET ?1",
            [i64::try_from(excess).unwrap_or(i64::MAX)],
        )?;
        let free_up_to = i64::try_from(free_up_to).unwrap_or(i64::MAX);
        let last = free_up_to.min(oldest_kept.unwrap_or_default() - 1);
        let horizon = self.ask::<i64>("SELECT max(seq) FROM removals WHERE seq <= ?1", [last])?;
        let Some(horizon) = horizon else {
            return Ok(0);
        };
        self.put_meta("horizon", horizon)?;
        self.run("DELETE FROM removals WHERE seq <= ?1", [horizon])
    }
}

/// How many removals are kept.
pub(super) fn count(connection: &Connection) -> Result<usize, StoreError> {
    let count = connection.query_row("SELECT count(*) FROM removals", (), |row| {
        row.get::<_, i64>(0)
    })?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// The last commit that deleted a task with that id, as far as it is remembered.
pub(super) fn last_removal(
    connection: &Connection,
    task: &TaskId,
) -> Result<Option<Seq>, StoreError> {
    let sql = "SELECT max(seq) FROM removals WHERE id = ?1 AND kind = 'task'";
    let mut statement = connection.prepare_cached(sql)?;
    let seq: Option<i64> = statement.query_row([task.as_str()], |row| row.get(0))?;
    Ok(seq.map(super::numbers::seq))
}
