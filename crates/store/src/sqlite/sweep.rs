//! Removing what is left of tasks for good, a few rows at a time: a huge task must not keep the
//! writer from others for long.
//!
//! Nobody sees these rows any more, so nothing is said of it and it takes no number. A crash in the
//! middle leaves some of them; they are found again by the trash.

use agent_tracer_core::ids::TaskId;
use rusqlite::{Connection, TransactionBehavior};

use super::statements::Target;
use crate::error::StoreError;
use crate::model::Seq;

/// What a task has beside its events. The last is where it is found.
const TABLES: [&str; 5] = [
    "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE task_id = ?1 LIMIT ?2)",
    "DELETE FROM marks WHERE (task_id, kind, name) IN \
     (SELECT task_id, kind, name FROM marks WHERE task_id = ?1 LIMIT ?2)",
    "DELETE FROM usage WHERE (source, key) IN \
     (SELECT source, key FROM usage WHERE task_id = ?1 LIMIT ?2)",
    "DELETE FROM usage_sums WHERE (task_id, session_id, prompt_id, hour, source, model) IN \
     (SELECT task_id, session_id, prompt_id, hour, source, model FROM usage_sums \
      WHERE task_id = ?1 LIMIT ?2)",
    "DELETE FROM trash WHERE task_id IN (SELECT task_id FROM trash WHERE task_id = ?1 LIMIT ?2)",
];

/// An event takes with it all payloads that told of it, whatever else those told of.
const EVENTS: [&str; 4] = [
    "DELETE FROM payloads WHERE seq IN \
     (SELECT position >> 16 FROM events WHERE task_id = ?1 LIMIT ?2)",
    "DELETE FROM payloads WHERE seq IN (SELECT seq FROM payload_changes WHERE position IN \
     (SELECT position FROM events WHERE task_id = ?1 LIMIT ?2))",
    "DELETE FROM payload_changes WHERE position IN \
     (SELECT position FROM events WHERE task_id = ?1 LIMIT ?2)",
    "DELETE FROM events WHERE position IN \
     (SELECT position FROM events WHERE task_id = ?1 LIMIT ?2)",
];

/// Removes up to `limit` rows of what was emptied of the trash, in a transaction of their own; says
/// whether there may be more.
pub(super) fn sweep(connection: &mut Connection, limit: usize) -> Result<bool, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let to = Target::new(&transaction, Seq::default());
    let mut swept = 0;
    while swept < limit {
        let sql = "SELECT task_id FROM trash WHERE kept IS NULL ORDER BY task_id LIMIT 1";
        let Some(task) = to.ask::<String>(sql, ())? else {
            break;
        };
        swept += to.sweep_task(&TaskId::new(task), limit - swept)?;
    }
    transaction.commit()?;
    Ok(swept >= limit)
}

impl Target<'_> {
    /// Removes up to `limit` rows of one sort of a task that was emptied of the trash, at last its
    /// name there. Says how many; none when nothing is left of it.
    pub(super) fn sweep_task(&self, task: &TaskId, limit: usize) -> Result<usize, StoreError> {
        let params = (task.as_str(), i64::try_from(limit).unwrap_or(i64::MAX));
        let mut swept = 0;
        for sql in EVENTS {
            swept = self.run(sql, params)?;
        }
        let mut others = TABLES.iter();
        while swept == 0
            && let Some(sql) = others.next()
        {
            swept = self.run(sql, params)?;
        }
        Ok(swept)
    }
}
