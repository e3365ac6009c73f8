use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;

use agent_tracer_core::entity::{Bookmark, Evaluation, Usage};
use agent_tracer_core::figures::{History, Totals};
use agent_tracer_core::ids::{BookmarkId, EventId, SessionId, TaskId};
use agent_tracer_core::rows::{
    Binding, EventRow, Mark, MarkKind, RowResult, Rows, SessionRow, TaskRow, UsageSelection, Writes,
};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::trash::Remains;
use agent_tracer_core::usage::{UsageBucket, UsageId, UsageOrigin, UsageRow};
use agent_tracer_core::vocabulary::SessionStatus;
use rusqlite::Connection;

use super::rows::ConnectionRows;
use super::statements::Target;
use crate::error::StoreError;
use crate::model::Seq;

/// How many rows of a sort are held between groups; beyond, all of that sort are let go.
const HELD_ROWS_MAX: usize = 4_096;

/// Rows by their keys, with the commit that changed each since it was last written.
#[derive(Debug)]
struct Held<K, T> {
    rows: HashMap<K, (Option<T>, Option<Seq>)>,
    /// Whether any was changed: a command may ask for all to be written once per task.
    is_changed: bool,
}

impl<K, T> Default for Held<K, T> {
    fn default() -> Self {
        Self {
            rows: HashMap::new(),
            is_changed: false,
        }
    }
}

impl<K: Eq + Hash, T: Clone> Held<K, T> {
    /// The row at hand, or the one that `load` gives, which is then at hand.
    fn get(&mut self, key: K, load: impl FnOnce() -> RowResult<Option<T>>) -> RowResult<Option<T>> {
        if let Some((row, _)) = self.rows.get(&key) {
            return Ok(row.clone());
        }
        let row = load()?;
        self.rows.insert(key, (row.clone(), None));
        Ok(row)
    }

    fn put(&mut self, key: K, row: Option<T>, seq: Seq) {
        self.rows.insert(key, (row, Some(seq)));
        self.is_changed = true;
    }

    /// Gives every changed row to `write`; none is changed afterwards.
    fn write<E>(
        &mut self,
        mut write: impl FnMut(&K, Option<&T>, Seq) -> Result<(), E>,
    ) -> Result<(), E> {
        if !std::mem::take(&mut self.is_changed) {
            return Ok(());
        }
        for (key, (row, changed)) in &mut self.rows {
            if let Some(seq) = changed.take() {
                write(key, row.as_ref(), seq)?;
            }
        }
        Ok(())
    }
}

/// The rows that the writer has at hand, as of the newest decision.
///
/// There is one writer, so a row it has read stays true until it changes it itself. That saves
/// reading a task for each of its events, and more: a task that a group of a hundred commands
/// changes a hundred times is written once. Only rows that are found by their key and written
/// over as a whole are held: writing them cannot fail for what is in them.
///
/// After any failure to write, everything held must be dropped: it may be ahead of the database.
#[derive(Debug, Default)]
pub(super) struct HeldRows {
    /// With the last commit that touched each.
    tasks: Held<TaskId, (TaskRow, Seq)>,
    sessions: Held<SessionId, SessionRow>,
    marks: Held<(TaskId, MarkKind, String), Mark>,
    /// The running sessions of the tasks for which that was asked.
    running: HashMap<TaskId, Vec<SessionId>>,
    /// Those that the open group took.
    deliveries: HashMap<String, Timestamp>,
    totals: HashMap<String, Totals>,
    active_minutes: HashMap<i64, i64>,
    history: History,
}

impl HeldRows {
    /// Takes what commit `seq` makes of the rows that are held.
    pub(super) fn take(&mut self, writes: Writes, seq: Seq) {
        for row in writes.tasks {
            self.tasks.put(row.task.id.clone(), Some((row, seq)), seq);
        }
        for row in writes.sessions {
            self.note_running(&row);
            self.sessions.put(row.session.id.clone(), Some(row), seq);
        }
        for (task, kind, name, mark) in writes.marks {
            self.marks.put((task, kind, name), mark, seq);
        }
        self.deliveries.extend(writes.deliveries);
        for (source, change) in writes.totals {
            self.totals.entry(source).or_default().add(change, 1);
        }
        self.history.add(writes.history);
        for (minute, change) in writes.active_minutes {
            *self.active_minutes.entry(minute).or_default() += change;
        }
    }

    /// Keeps the list of a task's running sessions true, where it is at hand.
    fn note_running(&mut self, row: &SessionRow) {
        let id = &row.session.id;
        if let Some(running) = self.running.get_mut(&row.session.task_id) {
            let known = running.iter().position(|session| session == id);
            match (row.session.status == SessionStatus::Running, known) {
                (true, None) => running.push(id.clone()),
                (false, Some(place)) => drop(running.remove(place)),
                (true, Some(_)) | (false, None) => {}
            }
        }
    }

    /// Writes everything that changed. What was changed stays at hand.
    pub(super) fn write(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.write_tasks(connection)?;
        self.write_sessions(connection)?;
        self.write_marks(connection)?;
        let to = Target::new(connection, Seq::default());
        for (delivery, at) in self.deliveries.drain() {
            to.put_delivery(&delivery, at)?;
        }
        for (source, change) in self.totals.drain() {
            to.add_totals(&source, change)?;
        }
        to.add_history(std::mem::take(&mut self.history))?;
        for (minute, change) in self.active_minutes.drain() {
            if change != 0 {
                to.add_active_minute(minute, change)?;
            }
        }
        Ok(())
    }

    fn write_tasks(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.tasks.write(|_, row, seq| match row {
            Some((row, _)) => Target::new(connection, seq).put_task(row),
            None => Ok(()),
        })
    }

    fn write_sessions(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.sessions.write(|_, row, seq| match row {
            Some(row) => Target::new(connection, seq).put_session(row),
            None => Ok(()),
        })
    }

    fn write_marks(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.marks.write(|(task, kind, name), mark, seq| {
            Target::new(connection, seq).put_mark(task, *kind, name, mark)
        })
    }

    /// The last commit that touched a task, where it is at hand.
    pub(super) fn task_seq(&self, id: &TaskId) -> Option<Seq> {
        let (row, _) = self.tasks.rows.get(id)?;
        row.as_ref().map(|(_, seq)| *seq)
    }

    /// Bounds what is held between groups. Only to be called when everything is written.
    pub(super) fn let_go(&mut self) {
        if self.tasks.rows.len() > HELD_ROWS_MAX {
            self.tasks.rows.clear();
        }
        if self.marks.rows.len() > HELD_ROWS_MAX {
            self.marks.rows.clear();
        }
        if self.sessions.rows.len() > HELD_ROWS_MAX || self.running.len() > HELD_ROWS_MAX {
            self.sessions.rows.clear();
            self.running.clear();
        }
    }
}

/// The rows of an open transaction, those at hand first.
pub(super) struct CurrentRows<'a> {
    pub held: &'a RefCell<HeldRows>,
    pub stored: ConnectionRows<'a>,
}

impl Rows for CurrentRows<'_> {
    fn task(&self, id: &TaskId) -> RowResult<Option<TaskRow>> {
        let mut held = self.held.borrow_mut();
        let found = held.tasks.get(id.clone(), || self.stored.task_at(id))?;
        Ok(found.map(|(row, _)| row))
    }

    fn session(&self, id: &SessionId) -> RowResult<Option<SessionRow>> {
        let mut held = self.held.borrow_mut();
        held.sessions.get(id.clone(), || self.stored.session(id))
    }

    fn running_sessions(&self, task: &TaskId) -> RowResult<Vec<SessionRow>> {
        let mut held = self.held.borrow_mut();
        if !held.running.contains_key(task) {
            held.write_sessions(self.stored.0)?;
            let rows = self.stored.running_sessions(task)?;
            let ids = rows.into_iter().map(|row| row.session.id).collect();
            held.running.insert(task.clone(), ids);
        }
        let ids = held.running.get(task).cloned().unwrap_or_default();
        drop(held);
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            rows.extend(self.session(&id)?);
        }
        rows.sort_by(|a, b| {
            let (a, b) = (&a.session, &b.session);
            (b.started_at, &b.id).cmp(&(a.started_at, &a.id))
        });
        Ok(rows)
    }

    fn event(&self, id: &EventId) -> RowResult<Option<EventRow>> {
        self.stored.event(id)
    }

    fn binding(&self, source: &str, runtime_session_id: &str) -> RowResult<Option<Binding>> {
        self.stored.binding(source, runtime_session_id)
    }

    fn children(&self, task: &TaskId) -> RowResult<Vec<TaskId>> {
        self.held.borrow_mut().write_tasks(self.stored.0)?;
        self.stored.children(task)
    }

    fn finished_tasks(&self, before: Option<Timestamp>) -> RowResult<Vec<TaskId>> {
        self.held.borrow_mut().write_tasks(self.stored.0)?;
        self.stored.finished_tasks(before)
    }

    fn trashed(&self, id: &TaskId) -> RowResult<Option<Remains>> {
        self.stored.trashed(id)
    }

    fn trashed_children(&self, task: &TaskId) -> RowResult<Vec<TaskId>> {
        self.stored.trashed_children(task)
    }

    fn trashed_until(&self, until: Timestamp, limit: usize) -> RowResult<Vec<TaskId>> {
        self.stored.trashed_until(until, limit)
    }

    fn bookmark(&self, id: &BookmarkId) -> RowResult<Option<Bookmark>> {
        self.held.borrow_mut().write_tasks(self.stored.0)?;
        self.stored.bookmark(id)
    }

    fn bookmark_at(&self, task: &TaskId, event: Option<&EventId>) -> RowResult<Option<Bookmark>> {
        self.held.borrow_mut().write_tasks(self.stored.0)?;
        self.stored.bookmark_at(task, event)
    }

    fn bookmarks_of(&self, task: &TaskId) -> RowResult<Vec<Bookmark>> {
        self.held.borrow_mut().write_tasks(self.stored.0)?;
        self.stored.bookmarks_of(task)
    }

    fn evaluation(&self, task: &TaskId) -> RowResult<Option<Evaluation>> {
        self.stored.evaluation(task)
    }

    fn mark(&self, task: &TaskId, kind: MarkKind, name: &str) -> RowResult<Option<Mark>> {
        let key = (task.clone(), kind, name.to_owned());
        let mut held = self.held.borrow_mut();
        held.marks.get(key, || self.stored.mark(task, kind, name))
    }

    fn is_delivered(&self, delivery: &str) -> RowResult<bool> {
        let held = self.held.borrow().deliveries.contains_key(delivery);
        Ok(held || self.stored.is_delivered(delivery)?)
    }

    fn marks(&self, task: &TaskId, kind: MarkKind) -> RowResult<Vec<(String, Mark)>> {
        self.held.borrow_mut().write_marks(self.stored.0)?;
        self.stored.marks(task, kind)
    }

    fn session_at(&self, task: &TaskId, at: Timestamp) -> RowResult<Option<SessionRow>> {
        self.held.borrow_mut().write_sessions(self.stored.0)?;
        self.stored.session_at(task, at)
    }

    fn usage(&self, id: &UsageId) -> RowResult<Option<UsageRow>> {
        self.stored.usage(id)
    }

    fn usage_of_session(
        &self,
        source: &str,
        runtime_session_id: &str,
        selection: &UsageSelection,
    ) -> RowResult<Vec<UsageRow>> {
        self.stored
            .usage_of_session(source, runtime_session_id, selection)
    }

    fn newest_usage(
        &self,
        source: &str,
        runtime_session_id: &str,
        origin: UsageOrigin,
    ) -> RowResult<Option<Timestamp>> {
        self.stored.newest_usage(source, runtime_session_id, origin)
    }

    fn usage_waiting_beyond(&self, kept: usize) -> RowResult<Vec<UsageId>> {
        self.stored.usage_waiting_beyond(kept)
    }

    fn usage_of_task(&self, task: &TaskId) -> RowResult<Vec<(UsageBucket, Usage)>> {
        self.stored.usage_of_task(task)
    }

    fn answers_of_task(&self, task: &TaskId, limit: usize) -> RowResult<Vec<UsageRow>> {
        self.stored.answers_of_task(task, limit)
    }
}
