use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use agent_tracer_core::entity::{
    Bookmark, Event, OverviewObservability, OverviewStats, Task, TaskObservability,
};
use agent_tracer_core::figures::{self, STALE_AFTER_MINUTES, Totals};
use agent_tracer_core::ids::{EventId, TaskId};
use agent_tracer_core::rows::Rows as _;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::vocabulary::TaskStatus;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

use super::connection::connect;
use super::pages;
use super::row::{self, BOOKMARK_COLUMNS, EVENT_COLUMNS, SESSION_COLUMNS, TASK_COLUMNS};
use super::rows::{BOOKMARK_TABLES, ConnectionRows, sql};
use super::writer::read_seq;
use crate::error::StoreError;
use crate::model::{Cursor, EventPage, Seq, TaskDetail, TaskPage};
use crate::traits::Read;

/// Connections that read, lent one at a time.
#[derive(Debug)]
pub struct ReaderPool {
    path: PathBuf,
    size: usize,
    idle: Mutex<Vec<Reader>>,
}

impl ReaderPool {
    pub(super) fn new(path: PathBuf, size: usize) -> Self {
        Self {
            path,
            size,
            idle: Mutex::new(Vec::new()),
        }
    }

    /// How many readers are meant to work at a time; callers wait for their turn.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Runs `work` with a reader. Blocks: call it where waiting is allowed.
    pub fn with<T>(
        &self,
        work: impl FnOnce(&Reader) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let reader = match idle {
            Some(reader) => reader,
            None => Reader::new(connect(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?)?,
        };
        let result = work(&reader);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < self.size {
            idle.push(reader);
        }
        result
    }
}

/// One connection that reads.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
}

impl Reader {
    pub(super) fn new(connection: Connection) -> Result<Self, StoreError> {
        connection.pragma_update(None, "query_only", true)?;
        Ok(Self { connection })
    }

    /// Runs `work` in one read transaction: everything in it is as of one moment.
    fn at_once<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let result = work(&transaction)?;
        transaction.finish()?;
        Ok(result)
    }
}

impl Read for Reader {
    fn changed_since(
        &self,
        _topic: &agent_tracer_core::wire::follow::Topic,
        _after: Seq,
        _limit: usize,
    ) -> Result<crate::traits::ChangedSince, StoreError> {
        Ok(crate::traits::ChangedSince::Window)
    }

    fn overview(
        &self,
        now: Timestamp,
    ) -> Result<(Seq, OverviewStats, OverviewObservability), StoreError> {
        self.at_once(|connection| {
            let (stats, observability) = overview(connection, now)?;
            Ok((read_seq(connection)?, stats, observability))
        })
    }

    fn tasks(
        &self,
        limit: Option<usize>,
        before: Option<&Cursor>,
    ) -> Result<(Seq, TaskPage), StoreError> {
        self.at_once(|connection| {
            Ok((
                read_seq(connection)?,
                pages::tasks(connection, limit, before)?,
            ))
        })
    }

    fn tasks_in(&self, status: TaskStatus, limit: usize) -> Result<Vec<Task>, StoreError> {
        pages::tasks_in(&self.connection, status, limit)
    }

    fn snapshot(&self, now: Timestamp) -> Result<(Seq, OverviewStats, Vec<Task>), StoreError> {
        self.at_once(|connection| {
            let (stats, _) = overview(connection, now)?;
            Ok((
                read_seq(connection)?,
                stats,
                pages::tasks(connection, None, None)?.tasks,
            ))
        })
    }

    fn task(&self, id: &TaskId) -> Result<Option<(Seq, TaskDetail)>, StoreError> {
        self.at_once(|connection| {
            let seq = read_seq(connection)?;
            Ok(task_detail(connection, id)?.map(|detail| (seq, detail)))
        })
    }

    fn timeline(
        &self,
        task: &TaskId,
        limit: usize,
        before: Option<&Cursor>,
    ) -> Result<EventPage, StoreError> {
        self.at_once(|connection| pages::timeline(connection, task, limit, before))
    }

    fn visit_timeline(
        &self,
        task: &TaskId,
        visit: &mut dyn FnMut(Event) -> bool,
    ) -> Result<Option<TaskDetail>, StoreError> {
        self.at_once(|connection| {
            let Some(detail) = task_detail(connection, task)? else {
                return Ok(None);
            };
            let sql = sql!(
                "SELECT ",
                EVENT_COLUMNS,
                " FROM events WHERE task_id = ?1 ORDER BY created_at, position",
            );
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([task.as_str()])?;
            while let Some(row) = rows.next()? {
                if !visit(row::event_row(row)?.event) {
                    break;
                }
            }
            Ok(Some(detail))
        })
    }

    fn event(&self, id: &EventId) -> Result<Option<Event>, StoreError> {
        Ok(ConnectionRows(&self.connection)
            .event(id)?
            .map(|row| row.event))
    }

    fn observability(
        &self,
        task: &TaskId,
        now: Timestamp,
    ) -> Result<Option<TaskObservability>, StoreError> {
        self.at_once(|connection| {
            let rows = ConnectionRows(connection);
            let Some(row) = rows.task(task)? else {
                return Ok(None);
            };
            let sessions = rows.running_sessions(task)?;
            Ok(Some(figures::task_observability(&row, &sessions, now)))
        })
    }

    fn bookmarks(&self, task: Option<&TaskId>) -> Result<Vec<Bookmark>, StoreError> {
        let sql = sql!(
            "SELECT ",
            BOOKMARK_COLUMNS,
            BOOKMARK_TABLES,
            " WHERE ?1 IS NULL OR b.task_id = ?1 ORDER BY b.created_at DESC, b.id DESC",
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([task.map(TaskId::as_str)], row::bookmark)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn overview(
    connection: &Connection,
    now: Timestamp,
) -> Result<(OverviewStats, OverviewObservability), StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM totals")?;
    let rows = statement.query_map((), |row| {
        let mut figures = [0; 14];
        for (place, figure) in (1..).zip(&mut figures) {
            *figure = row.get(place)?;
        }
        Ok((row.get(0)?, Totals::from_array(figures)))
    })?;
    let sources: Vec<(String, Totals)> = rows.collect::<Result<_, _>>()?;
    let recently_active: i64 = connection
        .prepare_cached("SELECT coalesce(sum(tasks), 0) FROM active_minutes WHERE minute > ?1")?
        .query_row([now.minute() - STALE_AFTER_MINUTES], |row| row.get(0))?;
    Ok(figures::overview(&sources, recently_active, now))
}

fn task_detail(connection: &Connection, id: &TaskId) -> Result<Option<TaskDetail>, StoreError> {
    let by_id = sql!("SELECT ", TASK_COLUMNS, " FROM tasks WHERE id = ?1");
    let task = connection
        .prepare_cached(by_id)?
        .query_row([id.as_str()], row::task)
        .optional()?;
    let Some(task) = task else { return Ok(None) };
    let of_task = sql!(
        "SELECT ",
        SESSION_COLUMNS,
        " FROM sessions WHERE task_id = ?1 ORDER BY started_at, id"
    );
    let sessions = connection
        .prepare_cached(of_task)?
        .query_map([id.as_str()], |row| Ok(row::session_row(row)?.session))?
        .collect::<Result<_, _>>()?;
    let of_parent = sql!(
        "SELECT ",
        TASK_COLUMNS,
        " FROM tasks WHERE parent_task_id = ?1 ORDER BY created_at, id"
    );
    let children = connection
        .prepare_cached(of_parent)?
        .query_map([id.as_str()], row::task)?
        .collect::<Result<_, _>>()?;
    Ok(Some(TaskDetail {
        task,
        sessions,
        children,
    }))
}
