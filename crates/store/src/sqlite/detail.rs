//! What is read of the overview, of one task, and of what a person kept.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use agent_tracer_core::entity::{Evaluation, OverviewObservability, OverviewStats, Usage};
use agent_tracer_core::figures::{self, STALE_AFTER_MINUTES, Totals};
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::rows::Rows as _;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::usage::{UsageHour, UsageReport, usage_report};
use rusqlite::{Connection, OptionalExtension as _};

use super::numbers::{read_meta, stored};
use super::row::{self, BOOKMARK_COLUMNS, EVALUATION_COLUMNS, SESSION_COLUMNS, TASK_COLUMNS};
use super::rows::{BOOKMARK_TABLES, ConnectionRows, sql};
use super::usage::{self, SUM_COLUMNS};
use crate::error::StoreError;
use crate::model::{Kept, TaskDetail};

pub(super) fn overview(
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

pub(super) fn task_detail(
    connection: &Connection,
    id: &TaskId,
) -> Result<Option<TaskDetail>, StoreError> {
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

pub(super) fn usage_in(
    connection: &Connection,
    hours: &RangeInclusive<i64>,
) -> Result<UsageReport, StoreError> {
    let sums = usage_sums_in(connection, hours)?.into_iter().collect();
    let waiting = connection
        .prepare_cached(
            "SELECT count(*) FROM usage INDEXED BY usage_waiting WHERE task_id IS NULL",
        )?
        .query_row((), |row| row.get(0))?;
    let dropped = stored(read_meta(connection, "usage_dropped")?);
    Ok(usage_report(sums, waiting, dropped))
}

/// What was used in some hours.
pub(super) fn usage_sums_in(
    connection: &Connection,
    hours: &RangeInclusive<i64>,
) -> Result<BTreeMap<UsageHour, Usage>, StoreError> {
    let sql = sql!(
        "SELECT hour, source, model, ",
        SUM_COLUMNS,
        " FROM usage_hours WHERE hour BETWEEN ?1 AND ?2"
    );
    let mut statement = connection.prepare_cached(sql)?;
    let sums = statement.query_map([hours.start(), hours.end()], usage::hour_sum)?;
    Ok(sums.collect::<Result<_, _>>()?)
}

pub(super) fn kept(connection: &Connection, task: Option<&TaskId>) -> Result<Kept, StoreError> {
    let sql = sql!(
        "SELECT ",
        BOOKMARK_COLUMNS,
        BOOKMARK_TABLES,
        " WHERE ?1 IS NULL OR b.task_id = ?1 ORDER BY b.created_at DESC, b.id DESC",
    );
    let mut statement = connection.prepare_cached(sql)?;
    let bookmarks = statement.query_map([task.map(TaskId::as_str)], row::bookmark)?;
    let bookmarks = bookmarks.collect::<Result<_, _>>()?;
    let evaluations = match task {
        Some(task) => Vec::from_iter(ConnectionRows(connection).evaluation(task)?),
        None => all_evaluations(connection)?,
    };
    Ok(Kept {
        bookmarks,
        evaluations,
    })
}

fn all_evaluations(connection: &Connection) -> Result<Vec<Evaluation>, StoreError> {
    let sql = sql!(
        "SELECT ",
        EVALUATION_COLUMNS,
        " FROM evaluations ORDER BY evaluated_at DESC, task_id DESC",
    );
    let mut statement = connection.prepare_cached(sql)?;
    let evaluations = statement.query_map((), row::evaluation)?;
    Ok(evaluations.collect::<Result<_, _>>()?)
}
