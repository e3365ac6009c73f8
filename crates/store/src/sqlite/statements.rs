//! Writing what a decision came to.

use agent_tracer_core::entity::Bookmark;
use agent_tracer_core::figures::Totals;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::rows::{Binding, EventRow, Mark, MarkKind, SessionRow, TaskRow, Writes};
use agent_tracer_core::vocabulary::Phase;
use rusqlite::{Connection, Params, params};
use serde::Serialize;

use crate::error::StoreError;
use crate::model::Seq;

/// Writes everything, stamped with the commit's number.
pub(super) fn write(connection: &Connection, writes: &Writes, seq: Seq) -> Result<(), StoreError> {
    let to = Target {
        connection,
        seq: i64::try_from(seq.0).unwrap_or(i64::MAX),
    };
    for row in &writes.tasks {
        to.put_task(row)?;
    }
    for row in &writes.sessions {
        to.put_session(row)?;
    }
    for row in &writes.new_events {
        to.insert_event(row)?;
    }
    for row in &writes.changed_events {
        to.update_event(row)?;
    }
    for binding in &writes.bindings {
        to.put_binding(binding)?;
    }
    for (source, runtime) in &writes.removed_bindings {
        let sql = "DELETE FROM bindings WHERE source = ?1 AND runtime_session_id = ?2";
        to.run(sql, [source, runtime])?;
    }
    for bookmark in &writes.bookmarks {
        to.put_bookmark(bookmark)?;
    }
    for id in &writes.removed_bookmarks {
        to.run("DELETE FROM bookmarks WHERE id = ?1", [id.as_str()])?;
    }
    for (task, kind, name, mark) in &writes.marks {
        to.put_mark(task, *kind, name, mark.as_ref())?;
    }
    for (source, change) in &writes.totals {
        to.add_totals(source, *change)?;
    }
    for (minute, change) in &writes.active_minutes {
        to.add_active_minute(*minute, *change)?;
    }
    for task in &writes.removed_tasks {
        to.remove_task(task)?;
    }
    Ok(())
}

struct Target<'a> {
    connection: &'a Connection,
    seq: i64,
}

impl Target<'_> {
    fn run(&self, sql: &str, params: impl Params) -> Result<usize, StoreError> {
        Ok(self.connection.prepare_cached(sql)?.execute(params)?)
    }

    fn put_task(&self, row: &TaskRow) -> Result<(), StoreError> {
        let task = &row.task;
        self.run(
            "INSERT INTO tasks (id, title, slug, status, task_kind, created_at, updated_at, \
             last_activity_at, display_title, workspace_path, parent_task_id, parent_session_id, \
             background_task_id, last_session_started_at, runtime_source, candidates, figures, seq) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) \
             ON CONFLICT (id) DO UPDATE SET title = ?2, slug = ?3, status = ?4, task_kind = ?5, \
             updated_at = ?7, last_activity_at = ?8, display_title = ?9, workspace_path = ?10, \
             parent_task_id = ?11, parent_session_id = ?12, background_task_id = ?13, \
             last_session_started_at = ?14, runtime_source = ?15, candidates = ?16, \
             figures = ?17, seq = ?18",
            params![
                task.id.as_str(),
                task.title,
                task.slug,
                task.status.as_str(),
                task.task_kind.as_str(),
                task.created_at.as_millis(),
                task.updated_at.as_millis(),
                task.last_activity_at.as_millis(),
                task.display_title,
                task.workspace_path,
                task.parent_task_id.as_ref().map(TaskId::as_str),
                task.parent_session_id,
                task.background_task_id,
                task.last_session_started_at.map(|time| time.as_millis()),
                task.runtime_source,
                json(&row.candidates)?,
                json(&row.figures)?,
                self.seq,
            ],
        )?;
        Ok(())
    }

    fn put_session(&self, row: &SessionRow) -> Result<(), StoreError> {
        let session = &row.session;
        self.run(
            "INSERT INTO sessions (id, task_id, status, started_at, summary, ended_at, events, \
             last_at, last_phase, announced, seq) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
             ON CONFLICT (id) DO UPDATE SET status = ?3, summary = ?5, ended_at = ?6, events = ?7, \
             last_at = ?8, last_phase = ?9, announced = ?10, seq = ?11",
            params![
                session.id.as_str(),
                session.task_id.as_str(),
                session.status.as_str(),
                session.started_at.as_millis(),
                session.summary,
                session.ended_at.map(|time| time.as_millis()),
                row.events,
                row.last_at.as_millis(),
                row.last_phase.map(Phase::as_str),
                row.announced,
                self.seq,
            ],
        )?;
        Ok(())
    }

    fn insert_event(&self, row: &EventRow) -> Result<(), StoreError> {
        let event = &row.event;
        self.run(
            "INSERT INTO events (id, task_id, session_id, kind, lane, title, body, metadata, \
             classification, created_at, linked, seq) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                event.id.as_str(),
                event.task_id.as_str(),
                event.session_id.as_ref().map(|id| id.as_str()),
                event.kind.as_str(),
                event.lane.as_str(),
                event.title,
                event.body,
                json(&event.metadata)?,
                json(&event.classification)?,
                event.created_at.as_millis(),
                row.linked,
                self.seq,
            ],
        )?;
        Ok(())
    }

    fn update_event(&self, row: &EventRow) -> Result<(), StoreError> {
        let event = &row.event;
        self.run(
            "UPDATE events SET title = ?2, body = ?3, metadata = ?4, classification = ?5, \
             linked = ?6, seq = ?7 WHERE id = ?1",
            params![
                event.id.as_str(),
                event.title,
                event.body,
                json(&event.metadata)?,
                json(&event.classification)?,
                row.linked,
                self.seq,
            ],
        )?;
        Ok(())
    }

    fn put_binding(&self, binding: &Binding) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO bindings VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT DO UPDATE SET task_id = ?3, session_id = ?4",
            params![
                binding.source,
                binding.runtime_session_id,
                binding.task_id.as_str(),
                binding.session_id.as_ref().map(|id| id.as_str()),
            ],
        )?;
        Ok(())
    }

    fn put_bookmark(&self, bookmark: &Bookmark) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO bookmarks (id, task_id, event_id, kind, title, note, metadata, \
             created_at, updated_at, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
             ON CONFLICT (id) DO UPDATE SET title = ?5, note = ?6, metadata = ?7, updated_at = ?9, \
             seq = ?10",
            params![
                bookmark.id.as_str(),
                bookmark.task_id.as_str(),
                bookmark.event_id.as_ref().map(|id| id.as_str()),
                bookmark.kind.as_str(),
                bookmark.title,
                bookmark.note,
                json(&bookmark.metadata)?,
                bookmark.created_at.as_millis(),
                bookmark.updated_at.as_millis(),
                self.seq,
            ],
        )?;
        Ok(())
    }

    fn put_mark(
        &self,
        task: &TaskId,
        kind: MarkKind,
        name: &str,
        mark: Option<&Mark>,
    ) -> Result<(), StoreError> {
        match mark {
            Some(mark) => self.run(
                "INSERT INTO marks VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT DO UPDATE SET count = ?4, note = ?5",
                params![task.as_str(), kind as u8, name, mark.count, mark.note],
            ),
            None => self.run(
                "DELETE FROM marks WHERE task_id = ?1 AND kind = ?2 AND name = ?3",
                params![task.as_str(), kind as u8, name],
            ),
        }?;
        Ok(())
    }

    fn add_totals(&self, source: &str, change: Totals) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO totals VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, \
             ?14, ?15) ON CONFLICT DO UPDATE SET tasks = tasks + ?2, running = running + ?3, \
             waiting = waiting + ?4, completed = completed + ?5, errored = errored + ?6, \
             events = events + ?7, prompted = prompted + ?8, linked = linked + ?9, \
             with_questions = with_questions + ?10, with_todos = with_todos + ?11, \
             with_coordination = with_coordination + ?12, with_background = with_background + ?13, \
             ended_ms = ended_ms + ?14, running_since_ms = running_since_ms + ?15",
        )?;
        statement.raw_bind_parameter(1, source)?;
        for (place, figure) in (2..).zip(change.to_array()) {
            statement.raw_bind_parameter(place, figure)?;
        }
        statement.raw_execute()?;
        Ok(())
    }

    fn add_active_minute(&self, minute: i64, change: i64) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO active_minutes VALUES (?1, ?2) \
             ON CONFLICT DO UPDATE SET tasks = tasks + ?2",
            [minute, change],
        )?;
        self.run(
            "DELETE FROM active_minutes WHERE minute = ?1 AND tasks = 0",
            [minute],
        )?;
        Ok(())
    }

    fn remove_task(&self, task: &TaskId) -> Result<(), StoreError> {
        for table in ["events", "sessions", "bookmarks", "bindings", "marks"] {
            self.run(
                &format!("DELETE FROM {table} WHERE task_id = ?1"),
                [task.as_str()],
            )?;
        }
        self.run("DELETE FROM tasks WHERE id = ?1", [task.as_str()])?;
        Ok(())
    }
}

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::BadRow {
        table: "new",
        id: String::new(),
        reason: error.to_string(),
    })
}
