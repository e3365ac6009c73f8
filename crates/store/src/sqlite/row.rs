//! Rows to values. A row that cannot be understood is an error that names it.

use agent_tracer_core::entity::{Bookmark, Evaluation, Event, Session, Task};
use agent_tracer_core::ids::{BookmarkId, EventId, SessionId, TaskId};
use agent_tracer_core::rows::{Binding, EventRow, SessionRow, TaskRow};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::vocabulary::{
    BookmarkKind, EventKind, Lane, Phase, Rating, SessionStatus, TaskKind, TaskStatus,
};
use rusqlite::Row;
use rusqlite::types::{Type, ValueRef};
use serde::de::DeserializeOwned;

use crate::error::BadValue;

pub(super) const TASK_COLUMNS: &str = "id, title, slug, status, task_kind, created_at, updated_at, \
     last_activity_at, display_title, workspace_path, parent_task_id, parent_session_id, \
     background_task_id, last_session_started_at, runtime_source, activity, usage";

pub(super) const SESSION_COLUMNS: &str =
    "id, task_id, status, started_at, summary, ended_at, events, last_at, last_phase, announced";

pub(super) const EVENT_COLUMNS: &str = "id, task_id, session_id, kind, lane, title, body, metadata, \
     classification, created_at, linked, position";

pub(super) const BOOKMARK_COLUMNS: &str = "b.id, b.task_id, b.event_id, b.kind, b.title, b.note, \
     b.metadata, b.created_at, b.updated_at, t.title, e.title";

pub(super) const EVALUATION_COLUMNS: &str = "task_id, rating, use_case, workflow_tags, outcome_note, \
     approach_note, reuse_when, watchouts, workflow_snapshot, workflow_context, search_text, \
     evaluated_at";

type RowResult<T> = rusqlite::Result<T>;

/// A task from [`TASK_COLUMNS`].
pub(super) fn task(row: &Row<'_>) -> RowResult<Task> {
    Ok(Task {
        id: TaskId::new(row.get::<_, String>(0)?),
        title: row.get(1)?,
        slug: row.get(2)?,
        status: word(row, 3, TaskStatus::parse)?,
        task_kind: word(row, 4, TaskKind::parse)?,
        created_at: time(row, 5)?,
        updated_at: time(row, 6)?,
        last_activity_at: time(row, 7)?,
        display_title: row.get(8)?,
        workspace_path: row.get(9)?,
        parent_task_id: row.get::<_, Option<String>>(10)?.map(TaskId::new),
        parent_session_id: row.get(11)?,
        background_task_id: row.get(12)?,
        last_session_started_at: row.get::<_, Option<i64>>(13)?.map(Timestamp::from_millis),
        runtime_source: row.get(14)?,
        activity: optional_json(row, 15)?,
        usage: optional_json(row, 16)?,
    })
}

/// A task with what is kept beside it, from [`TASK_COLUMNS`], `candidates`, `figures`.
pub(super) fn task_row(row: &Row<'_>) -> RowResult<TaskRow> {
    Ok(TaskRow {
        task: task(row)?,
        candidates: json(row, 17)?,
        figures: json(row, 18)?,
    })
}

/// A session from [`SESSION_COLUMNS`].
pub(super) fn session_row(row: &Row<'_>) -> RowResult<SessionRow> {
    let last_phase: Option<String> = row.get(8)?;
    Ok(SessionRow {
        session: Session {
            id: SessionId::new(row.get::<_, String>(0)?),
            task_id: TaskId::new(row.get::<_, String>(1)?),
            status: word(row, 2, SessionStatus::parse)?,
            started_at: time(row, 3)?,
            summary: row.get(4)?,
            ended_at: row.get::<_, Option<i64>>(5)?.map(Timestamp::from_millis),
        },
        events: row.get(6)?,
        last_at: time(row, 7)?,
        last_phase: last_phase.as_deref().and_then(Phase::parse),
        announced: row.get(9)?,
    })
}

/// An event from [`EVENT_COLUMNS`].
pub(super) fn event_row(row: &Row<'_>) -> RowResult<EventRow> {
    let lane: String = row.get(4)?;
    Ok(EventRow {
        event: Event {
            id: EventId::new(row.get::<_, String>(0)?),
            task_id: TaskId::new(row.get::<_, String>(1)?),
            session_id: row.get::<_, Option<String>>(2)?.map(SessionId::new),
            kind: word(row, 3, EventKind::parse)?,
            lane: Lane::from_any(&lane),
            title: row.get(5)?,
            body: row.get(6)?,
            metadata: json(row, 7)?,
            classification: json(row, 8)?,
            created_at: time(row, 9)?,
        },
        linked: row.get(10)?,
    })
}

/// A bookmark from [`BOOKMARK_COLUMNS`].
pub(super) fn bookmark(row: &Row<'_>) -> RowResult<Bookmark> {
    Ok(Bookmark {
        id: BookmarkId::new(row.get::<_, String>(0)?),
        task_id: TaskId::new(row.get::<_, String>(1)?),
        event_id: row.get::<_, Option<String>>(2)?.map(EventId::new),
        kind: word(row, 3, BookmarkKind::parse)?,
        title: row.get(4)?,
        note: row.get(5)?,
        metadata: json(row, 6)?,
        created_at: time(row, 7)?,
        updated_at: time(row, 8)?,
        task_title: row.get(9)?,
        event_title: row.get(10)?,
    })
}

/// An evaluation from [`EVALUATION_COLUMNS`].
pub(super) fn evaluation(row: &Row<'_>) -> RowResult<Evaluation> {
    Ok(Evaluation {
        task_id: TaskId::new(row.get::<_, String>(0)?),
        rating: word(row, 1, Rating::parse)?,
        use_case: row.get(2)?,
        workflow_tags: json(row, 3)?,
        outcome_note: row.get(4)?,
        approach_note: row.get(5)?,
        reuse_when: row.get(6)?,
        watchouts: row.get(7)?,
        workflow_snapshot: optional_json(row, 8)?,
        workflow_context: row.get(9)?,
        search_text: row.get(10)?,
        evaluated_at: time(row, 11)?,
    })
}

/// A binding from `source, runtime_session_id, task_id, session_id, process, from_transcript`.
pub(super) fn binding(row: &Row<'_>) -> RowResult<Binding> {
    Ok(Binding {
        source: row.get(0)?,
        runtime_session_id: row.get(1)?,
        task_id: TaskId::new(row.get::<_, String>(2)?),
        session_id: row.get::<_, Option<String>>(3)?.map(SessionId::new),
        process: row.get(4)?,
        from_transcript: row.get(5)?,
    })
}

fn time(row: &Row<'_>, column: usize) -> RowResult<Timestamp> {
    Ok(Timestamp::from_millis(row.get(column)?))
}

pub(super) fn word<T>(row: &Row<'_>, column: usize, parse: fn(&str) -> Option<T>) -> RowResult<T> {
    let text: String = row.get(column)?;
    parse(&text).ok_or_else(|| bad(row, column, format!("{text:?} is not a known word")))
}

/// A number that stands for something.
pub(super) fn known<T>(row: &Row<'_>, column: usize, read: fn(u8) -> Option<T>) -> RowResult<T> {
    let number: u8 = row.get(column)?;
    read(number).ok_or_else(|| bad(row, column, format!("{number} stands for nothing")))
}

/// Reads what was stored as JSON, however deep it is: what was once accepted must stay readable.
fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> RowResult<T> {
    let text = row
        .get_ref(column)?
        .as_str()
        .map_err(|error| bad(row, column, error.to_string()))?;
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.disable_recursion_limit();
    T::deserialize(&mut reader).map_err(|error| bad(row, column, error.to_string()))
}

pub(super) fn optional_json<T: DeserializeOwned>(
    row: &Row<'_>,
    column: usize,
) -> RowResult<Option<T>> {
    let is_there = !matches!(row.get_ref(column)?, ValueRef::Null);
    is_there.then(|| json(row, column)).transpose()
}

fn bad(row: &Row<'_>, column: usize, reason: String) -> rusqlite::Error {
    let name = row.as_ref().column_name(column).unwrap_or_default();
    let value = BadValue {
        row: row.get(0).unwrap_or_default(),
        column: name.to_owned(),
        reason,
    };
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, value.into())
}
