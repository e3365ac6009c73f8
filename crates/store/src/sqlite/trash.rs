//! Deleted tasks, for as long as anything of them is stored.

use agent_tracer_core::entity::DeletedTask;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::rows::{RowResult, TaskRow, Writes};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::trash::{LISTED_TASKS_MAX, Remains, TrashedTask, closed_until, closes_at};
use rusqlite::{Connection, Row, params};

use super::put::json;
use super::row;
use super::rows::{ConnectionRows, task_id};
use super::statements::Target;
use crate::error::StoreError;

/// Leaves answers of models out whose tasks' remains are being removed: they are found by their
/// agents' sessions, which may go on in other tasks.
pub(super) const IS_NOT_REMAINS: &str =
    "NOT EXISTS (SELECT 1 FROM trash t WHERE t.task_id = usage.task_id AND t.kept IS NULL)";

impl ConnectionRows<'_> {
    pub(super) fn remains(&self, id: &TaskId) -> RowResult<Option<Remains>> {
        let sql = "SELECT task_id, kept FROM trash WHERE task_id = ?1";
        self.one(sql, [id.as_str()], remains)
    }

    pub(super) fn children_in_trash(&self, task: &TaskId) -> RowResult<Vec<TaskId>> {
        let sql = "SELECT task_id FROM trash WHERE parent_task_id = ?1 ORDER BY task_id";
        self.all(sql, [task.as_str()], task_id)
    }

    pub(super) fn in_trash_until(&self, until: Timestamp, limit: usize) -> RowResult<Vec<TaskId>> {
        let sql = "SELECT task_id FROM trash WHERE kept IS NOT NULL AND deleted_at <= ?1 \
                   ORDER BY deleted_at, task_id LIMIT ?2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.all(sql, (until.as_millis(), limit), task_id)
    }
}

/// From `task_id`, `kept`.
fn remains(row: &Row<'_>) -> rusqlite::Result<Remains> {
    let kept: Option<TrashedTask> = row::optional_json(row, 1)?;
    Ok(kept.map_or(Remains::Rows, |task| Remains::Whole(Box::new(task))))
}

impl Target<'_> {
    /// Moves tasks into the trash and out of it. To be called before what is restored or made again
    /// is written, and when nothing is held.
    pub(super) fn move_trash(&self, writes: &Writes) -> Result<(), StoreError> {
        for task in &writes.removed_tasks {
            self.run("DELETE FROM tasks WHERE id = ?1", [task.as_str()])?;
        }
        for task in &writes.trashed_tasks {
            self.put_trashed(task)?;
        }
        for task in &writes.emptied_tasks {
            self.empty(task, writes)?;
        }
        for task in &writes.restored_tasks {
            self.restore(task, writes)?;
        }
        Ok(())
    }

    fn put_trashed(&self, trashed: &TrashedTask) -> Result<(), StoreError> {
        let task = &trashed.row.task;
        self.run(
            "INSERT INTO trash VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET \
             display_title = ?3, parent_task_id = ?4, kept = ?5",
            params![
                task.id.as_str(),
                trashed.entry.deleted_at.as_millis(),
                task.display_title,
                task.parent_task_id.as_ref().map(TaskId::as_str),
                json(trashed)?,
            ],
        )?;
        Ok(())
    }

    /// Forgets what could be restored. The rows go by and by (see `sweep.rs`), unless a task with
    /// that id is made again.
    fn empty(&self, task: &TaskId, writes: &Writes) -> Result<(), StoreError> {
        let id = task.as_str();
        self.run("DELETE FROM bindings WHERE task_id = ?1", [id])?;
        let sql = "UPDATE trash SET kept = NULL, parent_task_id = NULL WHERE task_id = ?1";
        self.run(sql, [id])?;
        if written(task, writes).is_some() {
            while self.sweep_task(task, usize::MAX)? > 0 {}
        }
        Ok(())
    }

    /// The row is written at once, so that it can say which commit brought it back.
    fn restore(&self, task: &TaskId, writes: &Writes) -> Result<(), StoreError> {
        self.run("DELETE FROM trash WHERE task_id = ?1", [task.as_str()])?;
        if let Some(row) = written(task, writes) {
            self.put_task(row)?;
            let sql = "UPDATE tasks SET restored_seq = ?2 WHERE id = ?1";
            self.run(sql, (task.as_str(), self.seq))?;
        }
        Ok(())
    }
}

/// The row that a decision writes of a task. They are in the order of their ids.
fn written<'a>(task: &TaskId, writes: &'a Writes) -> Option<&'a TaskRow> {
    let place = writes.tasks.binary_search_by(|row| row.task.id.cmp(task));
    place.ok().and_then(|place| writes.tasks.get(place))
}

/// What can still be restored, what was deleted last first.
pub(super) fn listed(
    connection: &Connection,
    now: Timestamp,
) -> Result<Vec<DeletedTask>, StoreError> {
    let sql = "SELECT task_id, display_title, deleted_at, parent_task_id FROM trash \
               WHERE kept IS NOT NULL AND deleted_at > ?1 \
               ORDER BY deleted_at DESC, task_id DESC LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let since = closed_until(now).as_millis();
    let tasks = statement.query_map((since, LISTED_TASKS_MAX), |row| {
        let deleted_at = Timestamp::from_millis(row.get(2)?);
        Ok(DeletedTask {
            id: task_id(row)?,
            display_title: row.get(1)?,
            deleted_at,
            emptied_at: closes_at(deleted_at),
            parent_task_id: row.get::<_, Option<String>>(3)?.map(TaskId::new),
        })
    })?;
    Ok(tasks.collect::<Result<_, _>>()?)
}

/// Whether the trash holds what it should not hold any more.
pub(super) fn is_due(connection: &Connection, now: Timestamp) -> Result<bool, StoreError> {
    let until = closed_until(now);
    Ok(!ConnectionRows(connection)
        .in_trash_until(until, 1)?
        .is_empty())
}
