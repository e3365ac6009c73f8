use agent_tracer_core::entity::Task;
use agent_tracer_core::ids::{EventId, TaskId};
use agent_tracer_core::rows::EventRow;
use agent_tracer_core::task_filter::TaskFilter;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::vocabulary::TaskStatus;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::row::{self, EVENT_COLUMNS, TASK_COLUMNS};
use super::rows::sql;
use crate::error::StoreError;
use crate::fitting::FittingPage;
use crate::model::{Cursor, EventPage, FittingTasks, TaskPage, Workspace};

/// A page of the task list, most recently active first.
pub(super) fn tasks(
    connection: &Connection,
    limit: Option<usize>,
    before: Option<&Cursor>,
) -> Result<TaskPage, StoreError> {
    let sql = sql!(
        "SELECT ",
        TASK_COLUMNS,
        " FROM tasks WHERE (last_activity_at, id) < (?1, ?2) \
         ORDER BY last_activity_at DESC, id DESC LIMIT ?3",
    );
    let at = before.map_or(i64::MAX, |cursor| cursor.at);
    let row = before.map_or("", |cursor| cursor.row.as_str());
    let mut tasks: Vec<Task> = connection
        .prepare_cached(sql)?
        .query_map((at, row, more_than(limit)), row::task)?
        .collect::<Result<_, _>>()?;
    let before = cut(&mut tasks, limit).then(|| tasks.last()).flatten();
    let before = before.map(|task| Cursor {
        at: task.last_activity_at.as_millis(),
        row: task.id.to_string(),
    });
    Ok(TaskPage { tasks, before })
}

/// The most recently active tasks in a state. Those that wait have an index of their own: they
/// are few, and the ones that somebody must see.
pub(super) fn tasks_in(
    connection: &Connection,
    status: TaskStatus,
    limit: usize,
) -> Result<Vec<Task>, StoreError> {
    // The word stands in the text, so that SQLite can choose the index by it.
    let sql = format!(
        "SELECT {TASK_COLUMNS} FROM tasks WHERE status = '{}' \
         ORDER BY last_activity_at DESC, id DESC LIMIT ?1",
        status.as_str()
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(&sql)?;
    let tasks = statement.query_map([limit], row::task)?;
    Ok(tasks.collect::<Result<_, _>>()?)
}

/// A page of the tasks that fit, and how many there are.
pub(super) fn tasks_fitting(
    connection: &Connection,
    filter: &TaskFilter,
    limit: usize,
    before: Option<&Cursor>,
) -> Result<FittingTasks, StoreError> {
    let sql = sql!(
        "SELECT ",
        TASK_COLUMNS,
        " FROM tasks WHERE last_activity_at BETWEEN ?1 AND ?2 \
         ORDER BY last_activity_at DESC, id DESC",
    );
    let millis = |time: Option<Timestamp>, else_: i64| time.map_or(else_, Timestamp::as_millis);
    let bounds = (millis(filter.from, i64::MIN), millis(filter.to, i64::MAX));
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(bounds)?;
    let mut fitting = FittingPage::new(limit, before);
    while let Some(row) = rows.next()? {
        let task = row::task(row)?;
        if filter.fits(&task) {
            fitting.add(task);
        }
    }
    Ok(fitting.finish())
}

/// The folders that tasks name.
pub(super) fn workspaces(connection: &Connection) -> Result<Vec<Workspace>, StoreError> {
    let sql = "SELECT workspace_path, count(*), max(last_activity_at) FROM tasks \
         WHERE workspace_path IS NOT NULL GROUP BY workspace_path ORDER BY workspace_path";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok(Workspace {
            path: row.get(0)?,
            tasks: usize::try_from(row.get::<_, i64>(1)?).unwrap_or_default(),
            last_activity_at: Timestamp::from_millis(row.get(2)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Where an event stands in its timeline.
pub(super) fn event_cursor(
    connection: &Connection,
    id: &EventId,
) -> Result<Option<Cursor>, StoreError> {
    let sql = "SELECT created_at, position FROM events e WHERE e.id = ?1 \
               AND EXISTS (SELECT 1 FROM tasks t WHERE t.id = e.task_id)";
    let mut statement = connection.prepare_cached(sql)?;
    let cursor = statement.query_row([id.as_str()], |row| {
        Ok(Cursor {
            at: row.get(0)?,
            row: row.get::<_, i64>(1)?.to_string(),
        })
    });
    Ok(cursor.optional()?)
}

/// A page of a timeline, oldest first.
pub(super) fn timeline(
    connection: &Connection,
    task: &TaskId,
    limit: usize,
    before: Option<&Cursor>,
) -> Result<EventPage, StoreError> {
    let mut rows = match before {
        Some(cursor) => same_time(connection, task, limit, cursor)?,
        None => Vec::new(),
    };
    let at = before.map_or(i64::MAX, |cursor| cursor.at);
    rows.extend(older(connection, task, limit - rows.len().min(limit), at)?);
    let before = cut(&mut rows, Some(limit)).then(|| rows.last()).flatten();
    let before = before.map(|(position, row)| Cursor {
        at: row.event.created_at.as_millis(),
        row: position.to_string(),
    });
    rows.reverse();
    Ok(EventPage {
        events: rows.into_iter().map(|(_, row)| row.event).collect(),
        before,
    })
}

/// Events of the cursor's own time that come before it, newest first. Asked for by themselves:
/// in one question with the older ones, SQLite would walk through all events of that time.
fn same_time(
    connection: &Connection,
    task: &TaskId,
    limit: usize,
    cursor: &Cursor,
) -> Result<Vec<(i64, EventRow)>, StoreError> {
    let sql = sql!(
        "SELECT ",
        EVENT_COLUMNS,
        " FROM events WHERE task_id = ?1 AND created_at = ?2 AND position < ?3 \
         ORDER BY position DESC LIMIT ?4",
    );
    let position: i64 = cursor.row.parse().unwrap_or(i64::MAX);
    let limit = more_than(Some(limit));
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(
        (task.as_str(), cursor.at, position, limit),
        positioned_event,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Events from before that time, newest first.
fn older(
    connection: &Connection,
    task: &TaskId,
    limit: usize,
    at: i64,
) -> Result<Vec<(i64, EventRow)>, StoreError> {
    let sql = sql!(
        "SELECT ",
        EVENT_COLUMNS,
        " FROM events WHERE task_id = ?1 AND created_at < ?2 \
         ORDER BY created_at DESC, position DESC LIMIT ?3",
    );
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(
        (task.as_str(), at, more_than(Some(limit))),
        positioned_event,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn positioned_event(row: &Row<'_>) -> rusqlite::Result<(i64, EventRow)> {
    Ok((row.get(11)?, row::event_row(row)?))
}

/// One row more than is wanted, to know whether there is another page.
fn more_than(limit: Option<usize>) -> i64 {
    limit
        .and_then(|limit| i64::try_from(limit.saturating_add(1)).ok())
        .unwrap_or(-1)
}

/// Cuts the row that was too many; says whether there was one.
fn cut<T>(rows: &mut Vec<T>, limit: Option<usize>) -> bool {
    let Some(limit) = limit.filter(|limit| rows.len() > *limit) else {
        return false;
    };
    rows.truncate(limit);
    true
}
