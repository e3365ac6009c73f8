//! Writing the rows of tasks, sessions, events, bookmarks and evaluations.

use agent_tracer_core::entity::{Bookmark, Evaluation};
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::rows::{EventRow, SessionRow, TaskRow};
use agent_tracer_core::vocabulary::Phase;
use rusqlite::params;
use serde::Serialize;

use super::numbers::position;
use super::statements::Target;
use crate::error::StoreError;

impl Target<'_> {
    pub(super) fn put_task(&self, row: &TaskRow) -> Result<(), StoreError> {
        let task = &row.task;
        self.run(
            "INSERT INTO tasks (id, title, slug, status, task_kind, created_at, updated_at, \
             last_activity_at, display_title, workspace_path, parent_task_id, parent_session_id, \
             background_task_id, last_session_started_at, runtime_source, activity, candidates, \
             figures, seq, usage) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20) \
             ON CONFLICT (id) DO UPDATE SET title = ?2, slug = ?3, status = ?4, task_kind = ?5, \
             updated_at = ?7, last_activity_at = ?8, display_title = ?9, workspace_path = ?10, \
             parent_task_id = ?11, parent_session_id = ?12, background_task_id = ?13, \
             last_session_started_at = ?14, runtime_source = ?15, activity = ?16, \
             candidates = ?17, figures = ?18, seq = ?19, usage = ?20",
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
                task.last_session_started_at.map(agent_tracer_core::time::Timestamp::as_millis),
                task.runtime_source,
                task.activity.as_ref().map(json).transpose()?,
                json(&row.candidates)?,
                json(&row.figures)?,
                self.seq,
                task.usage.as_ref().map(json).transpose()?,
            ],
        )?;
        Ok(())
    }

    pub(super) fn put_session(&self, row: &SessionRow) -> Result<(), StoreError> {
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
                session
                    .ended_at
                    .map(agent_tracer_core::time::Timestamp::as_millis),
                row.events,
                row.last_at.as_millis(),
                row.last_phase.map(Phase::as_str),
                row.announced,
                self.seq,
            ],
        )?;
        Ok(())
    }

    pub(super) fn insert_event(&self, row: &EventRow, place: usize) -> Result<(), StoreError> {
        let event = &row.event;
        self.run(
            "INSERT INTO events (id, task_id, session_id, kind, lane, title, body, metadata, \
             classification, created_at, linked, seq, position) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            params![
                event.id.as_str(),
                event.task_id.as_str(),
                event
                    .session_id
                    .as_ref()
                    .map(agent_tracer_core::ids::SessionId::as_str),
                event.kind.as_str(),
                event.lane.as_str(),
                event.title,
                event.body,
                json(&event.metadata)?,
                json(&event.classification)?,
                event.created_at.as_millis(),
                row.linked,
                self.seq,
                position(self.seq, place, event)?,
            ],
        )?;
        Ok(())
    }

    pub(super) fn update_event(&self, row: &EventRow) -> Result<(), StoreError> {
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

    pub(super) fn put_bookmark(&self, bookmark: &Bookmark) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO bookmarks (id, task_id, event_id, kind, title, note, metadata, \
             created_at, updated_at, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
             ON CONFLICT (id) DO UPDATE SET title = ?5, note = ?6, metadata = ?7, updated_at = ?9, \
             seq = ?10",
            params![
                bookmark.id.as_str(),
                bookmark.task_id.as_str(),
                bookmark
                    .event_id
                    .as_ref()
                    .map(agent_tracer_core::ids::EventId::as_str),
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

    pub(super) fn put_evaluation(&self, evaluation: &Evaluation) -> Result<(), StoreError> {
        let snapshot = evaluation.workflow_snapshot.as_ref().map(json);
        self.run(
            "INSERT OR REPLACE INTO evaluations VALUES \
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            params![
                evaluation.task_id.as_str(),
                evaluation.rating.as_str(),
                evaluation.use_case,
                json(&evaluation.workflow_tags)?,
                evaluation.outcome_note,
                evaluation.approach_note,
                evaluation.reuse_when,
                evaluation.watchouts,
                snapshot.transpose()?,
                evaluation.workflow_context,
                evaluation.search_text,
                evaluation.evaluated_at.as_millis(),
                self.seq,
            ],
        )?;
        Ok(())
    }
}

pub(super) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::BadRow {
        row: "new".into(),
        column: "json".into(),
        reason: error.to_string(),
    })
}
