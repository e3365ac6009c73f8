use agent_tracer_core::entity::{Bookmark, Evaluation, Usage};
use agent_tracer_core::ids::{BookmarkId, EventId, SessionId, TaskId};
use agent_tracer_core::rows::{
    Binding, EventRow, Mark, MarkKind, RowResult, Rows, RowsUnavailable, SessionRow, TaskRow,
    UsageSelection,
};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::trash::Remains;
use agent_tracer_core::usage::{UsageBucket, UsageId, UsageOrigin, UsageRow};
use rusqlite::{Connection, OptionalExtension as _, Params, Row};

use super::numbers::seq;
use super::row::{
    self, BOOKMARK_COLUMNS, EVALUATION_COLUMNS, EVENT_COLUMNS, SESSION_COLUMNS, TASK_COLUMNS,
};
use super::trash::IS_NOT_REMAINS;
use super::usage::{self, SUM_COLUMNS, USAGE_COLUMNS};
use crate::error::StoreError;
use crate::model::Seq;

/// The rows of the transaction that is open on a connection.
pub(super) struct ConnectionRows<'a>(pub &'a Connection);

impl ConnectionRows<'_> {
    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> RowResult<Option<T>> {
        let mut statement = self.0.prepare_cached(sql).map_err(unavailable)?;
        statement
            .query_row(params, read)
            .optional()
            .map_err(unavailable)
    }

    pub(super) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> RowResult<Vec<T>> {
        let mut statement = self.0.prepare_cached(sql).map_err(unavailable)?;
        let rows = statement.query_map(params, read).map_err(unavailable)?;
        rows.collect::<Result<_, _>>().map_err(unavailable)
    }
}

fn unavailable(error: rusqlite::Error) -> RowsUnavailable {
    StoreError::from(error).into()
}

pub(super) fn task_id(row: &Row<'_>) -> rusqlite::Result<TaskId> {
    Ok(TaskId::new(row.get::<_, String>(0)?))
}

fn mark(row: &Row<'_>) -> rusqlite::Result<Mark> {
    Ok(Mark {
        count: row.get(0)?,
        note: row.get(1)?,
    })
}

fn named_mark(row: &Row<'_>) -> rusqlite::Result<(String, Mark)> {
    Ok((row.get(2)?, mark(row)?))
}

/// Joins the two texts at compile time of the statement cache: the same text each call.
macro_rules! sql {
    ($($part:expr),+ $(,)?) => {{
        static SQL: std::sync::LazyLock<String> =
            std::sync::LazyLock::new(|| [$($part),+].concat());
        SQL.as_str()
    }};
}
pub(super) use sql;

impl ConnectionRows<'_> {
    /// A task, and the commit that touched it last.
    pub(super) fn task_at(&self, id: &TaskId) -> RowResult<Option<(TaskRow, Seq)>> {
        let sql = sql!(
            "SELECT ",
            TASK_COLUMNS,
            ", candidates, figures, seq FROM tasks WHERE id = ?1"
        );
        self.one(sql, [id.as_str()], |row| {
            Ok((row::task_row(row)?, seq(row.get(19)?)))
        })
    }
}

impl Rows for ConnectionRows<'_> {
    fn task(&self, id: &TaskId) -> RowResult<Option<TaskRow>> {
        Ok(self.task_at(id)?.map(|(row, _)| row))
    }

    fn session(&self, id: &SessionId) -> RowResult<Option<SessionRow>> {
        let sql = sql!("SELECT ", SESSION_COLUMNS, " FROM sessions WHERE id = ?1");
        self.one(sql, [id.as_str()], row::session_row)
    }

    fn running_sessions(&self, task: &TaskId) -> RowResult<Vec<SessionRow>> {
        let sql = sql!(
            "SELECT ",
            SESSION_COLUMNS,
            " FROM sessions WHERE task_id = ?1 AND status = 'running' \
             ORDER BY started_at DESC, id DESC",
        );
        self.all(sql, [task.as_str()], row::session_row)
    }

    fn event(&self, id: &EventId) -> RowResult<Option<EventRow>> {
        let sql = sql!("SELECT ", EVENT_COLUMNS, " FROM events WHERE id = ?1");
        self.one(sql, [id.as_str()], row::event_row)
    }

    fn binding(&self, source: &str, runtime_session_id: &str) -> RowResult<Option<Binding>> {
        let sql = "SELECT source, runtime_session_id, task_id, session_id, process, from_transcript \
                   FROM bindings WHERE source = ?1 AND runtime_session_id = ?2";
        self.one(sql, [source, runtime_session_id], row::binding)
    }

    fn children(&self, task: &TaskId) -> RowResult<Vec<TaskId>> {
        let sql = "SELECT id FROM tasks WHERE parent_task_id = ?1 ORDER BY id";
        self.all(sql, [task.as_str()], task_id)
    }

    fn finished_tasks(&self, before: Option<Timestamp>) -> RowResult<Vec<TaskId>> {
        let Some(before) = before else {
            let sql = "SELECT id FROM tasks WHERE status IN ('completed', 'errored') ORDER BY id";
            return self.all(sql, (), task_id);
        };
        let sql = "SELECT id FROM tasks WHERE status IN ('completed', 'errored') \
                   AND parent_task_id IS NULL AND last_activity_at < ?1 ORDER BY id";
        self.all(sql, [before.as_millis()], task_id)
    }

    fn trashed(&self, id: &TaskId) -> RowResult<Option<Remains>> {
        self.remains(id)
    }

    fn trashed_children(&self, task: &TaskId) -> RowResult<Vec<TaskId>> {
        self.children_in_trash(task)
    }

    fn trashed_until(&self, until: Timestamp, limit: usize) -> RowResult<Vec<TaskId>> {
        self.in_trash_until(until, limit)
    }

    fn bookmark(&self, id: &BookmarkId) -> RowResult<Option<Bookmark>> {
        let sql = sql!(
            "SELECT ",
            BOOKMARK_COLUMNS,
            BOOKMARK_TABLES,
            " WHERE b.id = ?1"
        );
        self.one(sql, [id.as_str()], row::bookmark)
    }

    fn bookmark_at(&self, task: &TaskId, event: Option<&EventId>) -> RowResult<Option<Bookmark>> {
        let sql = sql!(
            "SELECT ",
            BOOKMARK_COLUMNS,
            BOOKMARK_TABLES,
            " WHERE b.task_id = ?1 AND ifnull(b.event_id, '') = ?2",
        );
        let event = event.map_or("", EventId::as_str);
        self.one(sql, [task.as_str(), event], row::bookmark)
    }

    fn bookmarks_of(&self, task: &TaskId) -> RowResult<Vec<Bookmark>> {
        let sql = sql!(
            "SELECT ",
            BOOKMARK_COLUMNS,
            BOOKMARK_TABLES,
            " WHERE b.task_id = ?1 ORDER BY b.id",
        );
        self.all(sql, [task.as_str()], row::bookmark)
    }

    fn evaluation(&self, task: &TaskId) -> RowResult<Option<Evaluation>> {
        let sql = sql!(
            "SELECT ",
            EVALUATION_COLUMNS,
            " FROM evaluations WHERE task_id = ?1"
        );
        self.one(sql, [task.as_str()], row::evaluation)
    }

    fn mark(&self, task: &TaskId, kind: MarkKind, name: &str) -> RowResult<Option<Mark>> {
        let sql = "SELECT count, note FROM marks WHERE task_id = ?1 AND kind = ?2 AND name = ?3";
        self.one(sql, (task.as_str(), kind as u8, name), mark)
    }

    fn is_delivered(&self, delivery: &str) -> RowResult<bool> {
        let sql = "SELECT 1 FROM deliveries WHERE id = ?1";
        Ok(self.one(sql, [delivery], |_| Ok(()))?.is_some())
    }

    fn marks(&self, task: &TaskId, kind: MarkKind) -> RowResult<Vec<(String, Mark)>> {
        let sql = "SELECT count, note, name FROM marks WHERE task_id = ?1 AND kind = ?2 \
                   ORDER BY name";
        self.all(sql, (task.as_str(), kind as u8), named_mark)
    }

    fn session_at(&self, task: &TaskId, at: Timestamp) -> RowResult<Option<SessionRow>> {
        let begun = sql!(
            "SELECT ",
            SESSION_COLUMNS,
            " FROM sessions WHERE task_id = ?1 AND started_at <= ?2 \
             ORDER BY started_at DESC, id DESC LIMIT 1"
        );
        let begun = self.one(begun, (task.as_str(), at.as_millis()), row::session_row)?;
        if begun.is_some() {
            return Ok(begun);
        }
        let first = sql!(
            "SELECT ",
            SESSION_COLUMNS,
            " FROM sessions WHERE task_id = ?1 ORDER BY started_at, id LIMIT 1"
        );
        self.one(first, [task.as_str()], row::session_row)
    }

    fn usage(&self, id: &UsageId) -> RowResult<Option<UsageRow>> {
        let sql = sql!(
            "SELECT ",
            USAGE_COLUMNS,
            " FROM usage WHERE source = ?1 AND key = ?2 AND ",
            IS_NOT_REMAINS
        );
        self.one(sql, [&id.source, &id.key], usage::usage_row)
    }

    fn usage_of_session(
        &self,
        source: &str,
        runtime_session_id: &str,
        selection: &UsageSelection,
    ) -> RowResult<Vec<UsageRow>> {
        let read = usage::usage_row;
        match selection {
            UsageSelection::Waiting => {
                let sql = sql!(
                    "SELECT ",
                    USAGE_COLUMNS,
                    " FROM usage WHERE source = ?1 AND runtime_session_id = ?2 \
                     AND task_id IS NULL"
                );
                self.all(sql, [source, runtime_session_id], read)
            }
            UsageSelection::Subagent(subagent) => {
                let sql = sql!(
                    "SELECT ",
                    USAGE_COLUMNS,
                    " FROM usage WHERE source = ?1 AND runtime_session_id = ?2 AND subagent = ?3 AND ",
                    IS_NOT_REMAINS
                );
                self.all(sql, [source, runtime_session_id, subagent], read)
            }
            UsageSelection::Counted { origin, until } => {
                let sql = sql!(
                    "SELECT ",
                    USAGE_COLUMNS,
                    " FROM usage WHERE source = ?1 AND runtime_session_id = ?2 AND origin = ?3 \
                     AND at <= ?4 AND derived AND counted AND ",
                    IS_NOT_REMAINS
                );
                let until = until.map_or(i64::MAX, Timestamp::as_millis);
                let params = (source, runtime_session_id, *origin as u8, until);
                self.all(sql, params, read)
            }
        }
    }

    fn newest_usage(
        &self,
        source: &str,
        runtime_session_id: &str,
        origin: UsageOrigin,
    ) -> RowResult<Option<Timestamp>> {
        let sql = sql!(
            "SELECT max(at) FROM usage \
             WHERE source = ?1 AND runtime_session_id = ?2 AND origin = ?3 AND ",
            IS_NOT_REMAINS
        );
        let params = (source, runtime_session_id, origin as u8);
        let newest: Option<Option<i64>> = self.one(sql, params, |row| row.get(0))?;
        Ok(newest.flatten().map(Timestamp::from_millis))
    }

    fn usage_waiting_beyond(&self, kept: usize) -> RowResult<Vec<UsageId>> {
        let sql = "SELECT key, source FROM usage INDEXED BY usage_waiting WHERE task_id IS NULL \
                   ORDER BY arrived_at DESC, source DESC, key DESC LIMIT -1 OFFSET ?1";
        let kept = i64::try_from(kept).unwrap_or(i64::MAX);
        self.all(sql, [kept], usage::usage_id)
    }

    fn usage_of_task(&self, task: &TaskId) -> RowResult<Vec<(UsageBucket, Usage)>> {
        let sql = sql!(
            "SELECT task_id, session_id, prompt_id, hour, source, model, ",
            SUM_COLUMNS,
            " FROM usage_sums WHERE task_id = ?1"
        );
        self.all(sql, [task.as_str()], usage::bucket)
    }

    fn answers_of_task(&self, task: &TaskId, limit: usize) -> RowResult<Vec<UsageRow>> {
        let sql = sql!(
            "SELECT ",
            USAGE_COLUMNS,
            " FROM usage WHERE task_id = ?1 AND counted AND origin <> ?2 \
             ORDER BY at DESC, source DESC, key DESC LIMIT ?3"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let params = (task.as_str(), UsageOrigin::Metric as u8, limit);
        let mut answers = self.all(sql, params, usage::usage_row)?;
        answers.reverse();
        Ok(answers)
    }
}

/// Where a bookmark's columns come from: its own row, and the titles it is joined with.
pub(super) const BOOKMARK_TABLES: &str = " FROM bookmarks b LEFT JOIN tasks t ON t.id = b.task_id \
     LEFT JOIN events e ON e.id = b.event_id";
