//! Rows to what followers are told of them, each with its place: the commit that changed it, and
//! its place within that commit.

use agent_tracer_core::wire::follow::RowChange;
use rusqlite::Row;

use super::numbers::seq;
use super::row;
use crate::removals::RemovedKind;

/// The commit, the sort of row, and the place among those of the sort.
pub(super) type Place = (i64, u8, i64);

pub(super) type Placed = (Place, RowChange);

/// From `TASK_COLUMNS`, `seq`.
pub(super) fn task(row: &Row<'_>) -> rusqlite::Result<Placed> {
    let (task, at) = (row::task(row)?, row.get(17)?);
    let change = RowChange::Task {
        id: task.id.clone(),
        seq: seq(at).0,
        row: Some(task),
    };
    Ok(((at, 0, 0), change))
}

/// From `SESSION_COLUMNS`, `seq`.
pub(super) fn session(row: &Row<'_>) -> rusqlite::Result<Placed> {
    let (session, at) = (row::session_row(row)?.session, row.get(10)?);
    let change = RowChange::Session {
        id: session.id.clone(),
        seq: seq(at).0,
        row: Some(session),
    };
    Ok(((at, 1, 0), change))
}

/// From `EVENT_COLUMNS` (the last of which is `position`), `seq`.
pub(super) fn event(row: &Row<'_>) -> rusqlite::Result<Placed> {
    let (event, at) = (row::event_row(row)?.event, row.get(12)?);
    let change = RowChange::Event {
        id: event.id.clone(),
        seq: seq(at).0,
        row: Some(event),
    };
    Ok(((at, 2, row.get(11)?), change))
}

/// From `BOOKMARK_COLUMNS`, `seq`.
pub(super) fn bookmark(row: &Row<'_>) -> rusqlite::Result<Placed> {
    let (bookmark, at) = (row::bookmark(row)?, row.get(11)?);
    let change = RowChange::Bookmark {
        id: bookmark.id.clone(),
        seq: seq(at).0,
        row: Some(bookmark),
    };
    Ok(((at, 0, 0), change))
}

/// From `EVALUATION_COLUMNS`, `seq`.
pub(super) fn evaluation(row: &Row<'_>) -> rusqlite::Result<Placed> {
    let (evaluation, at) = (row::evaluation(row)?, row.get(12)?);
    let change = RowChange::Evaluation {
        id: evaluation.task_id.clone(),
        seq: seq(at).0,
        row: Some(evaluation),
    };
    Ok(((at, 1, 0), change))
}

/// From `seq`, `kind`, `id`.
pub(super) fn removal(row: &Row<'_>) -> rusqlite::Result<Placed> {
    let (at, id): (i64, String) = (row.get(0)?, row.get(2)?);
    let kind = row::word(row, 1, RemovedKind::parse)?;
    Ok(((at, 3, 0), kind.change(&id, seq(at).0)))
}
