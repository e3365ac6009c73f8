//! Access to sessions.

use super::{Draft, Held, Step};
use crate::command::Rejection;
use crate::entity::Session;
use crate::ids::{SessionId, TaskId};
use crate::rows::SessionRow;
use crate::vocabulary::SessionStatus;
use crate::wire::Message;

impl Draft<'_> {
    pub(crate) fn find_session(&mut self, id: &SessionId) -> Step<Option<&SessionRow>> {
        if !self.sessions.contains_key(id) {
            let row = self.rows.session(id)?;
            let row = match row {
                Some(row) if self.is_there(&row.session.task_id)? => Some(row),
                _ => None,
            };
            self.sessions.insert(id.clone(), Held::loaded(row));
        }
        Ok(self.sessions.get(id).and_then(|held| held.now.as_ref()))
    }

    /// The session, to be changed: it will be written.
    pub(crate) fn session_mut(&mut self, id: &SessionId) -> Step<&mut SessionRow> {
        self.find_session(id)?;
        let held = self
            .sessions
            .get_mut(id)
            .ok_or(Rejection::SessionNotFound)?;
        held.dirty = true;
        held.now
            .as_mut()
            .ok_or_else(|| Rejection::SessionNotFound.into())
    }

    /// The session, which must be one of the task's.
    pub(crate) fn session_of(&mut self, task: &TaskId, id: &SessionId) -> Step<&SessionRow> {
        let row = self.find_session(id)?.ok_or(Rejection::SessionNotFound)?;
        if row.session.task_id == *task {
            Ok(row)
        } else {
            Err(super::tasks::invalid(
                "sessionId is a session of another task",
            ))
        }
    }

    /// The running sessions of a task as they are now, newest first.
    pub(crate) fn running_sessions(&mut self, task: &TaskId) -> Step<Vec<SessionId>> {
        for row in self.rows.running_sessions(task)? {
            let id = row.session.id.clone();
            self.sessions
                .entry(id)
                .or_insert_with(|| Held::loaded(Some(row)));
        }
        let mut running: Vec<_> = self
            .sessions
            .values()
            .filter_map(|held| held.now.as_ref())
            .filter(|row| row.session.task_id == *task && is_running(row))
            .map(|row| (row.session.started_at, row.session.id.clone()))
            .collect();
        running.sort_by(|a, b| b.cmp(a));
        Ok(running.into_iter().map(|(_, id)| id).collect())
    }

    pub(crate) fn is_session_running(&mut self, id: &SessionId) -> Step<bool> {
        Ok(self.find_session(id)?.is_some_and(is_running))
    }

    /// Opens a session on a task. The caller announces it.
    pub(crate) fn open_session(&mut self, task: &TaskId, summary: Option<String>) -> Step<Session> {
        let session = Session {
            id: SessionId::new(self.next_id()),
            task_id: task.clone(),
            status: SessionStatus::Running,
            started_at: self.now,
            summary,
            ended_at: None,
        };
        let now = self.now;
        let task_row = self.touch_task(task)?;
        task_row.task.last_session_started_at = Some(now);
        task_row.figures.sessions += 1;
        task_row.figures.open_sessions += 1;
        let row = SessionRow {
            session: session.clone(),
            events: 0,
            last_at: now,
            last_phase: None,
            announced: false,
        };
        self.sessions.insert(
            session.id.clone(),
            Held {
                before: None,
                now: Some(row),
                dirty: true,
            },
        );
        Ok(session)
    }

    /// Ends a running session and announces it. A session that does not run stays as it is.
    pub(crate) fn end_session(
        &mut self,
        id: &SessionId,
        status: SessionStatus,
        summary: Option<String>,
    ) -> Step<()> {
        if !self.is_session_running(id)? {
            return Ok(());
        }
        let now = self.now;
        let row = self.session_mut(id)?;
        let tail = row.tail(now);
        row.session.status = status;
        row.session.ended_at = Some(now);
        row.session.summary = summary.or(row.session.summary.take());
        row.last_at = row.last_at.max(now);
        row.last_phase = None;
        let session = row.session.clone();
        let task = self.touch_task(&session.task_id)?;
        task.figures.open_sessions -= 1;
        task.figures.add_time(tail);
        self.announce(Message::SessionEnded(session));
        Ok(())
    }
}

fn is_running(row: &SessionRow) -> bool {
    row.session.status == SessionStatus::Running
}
