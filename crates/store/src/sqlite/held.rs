use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use agent_tracer_core::entity::Bookmark;
use agent_tracer_core::figures::Totals;
use agent_tracer_core::ids::{BookmarkId, EventId, SessionId, TaskId};
use agent_tracer_core::rows::{
    Binding, EventRow, Mark, MarkKind, RowResult, Rows, SessionRow, TaskRow, Writes,
};
use agent_tracer_core::vocabulary::SessionStatus;
use rusqlite::Connection;

use super::rows::ConnectionRows;
use super::statements::Statements;
use crate::error::StoreError;
use crate::model::Seq;

/// How many rows of each sort are held between groups; beyond, all are let go.
const HELD_ROWS_MAX: usize = 4_096;

/// A row, and the commit that changed it since it was last written.
#[derive(Debug)]
struct Held<T> {
    row: T,
    changed: Option<Seq>,
}

type MarkName = (TaskId, MarkKind, String);

/// The rows that the writer has at hand, as of the newest decision.
///
/// There is one writer, so a row it has read stays true until it changes it itself. That saves
/// reading the same task for each of its events, and more: a task that a group of a hundred
/// commands changes a hundred times is written once.
#[derive(Debug, Default)]
pub(super) struct HeldRows {
    tasks: HashMap<TaskId, Held<Option<TaskRow>>>,
    sessions: HashMap<SessionId, Held<Option<SessionRow>>>,
    /// The running sessions of each task, if they were asked for.
    running: HashMap<TaskId, Vec<SessionId>>,
    marks: HashMap<MarkName, Held<Option<Mark>>>,
    /// Events of this group, stored or changed; written in this order.
    events: HashMap<EventId, usize>,
    new_events: Vec<(EventRow, Seq)>,
    changed_events: HashMap<EventId, (EventRow, Seq)>,
    totals: HashMap<String, Totals>,
    active_minutes: HashMap<i64, i64>,
}

impl HeldRows {
    /// Takes over what a decision writes, as part of commit `seq`. What is rare goes to the
    /// database at once; what is frequent is held until [`HeldRows::write`].
    pub(super) fn take(
        &mut self,
        writes: Writes,
        seq: Seq,
        connection: &Connection,
    ) -> Result<(), StoreError> {
        let removes = !writes.removed_tasks.is_empty();
        self.take_tasks_and_sessions(&writes, seq);
        for row in writes.new_events {
            self.events.insert(row.event.id.clone(), self.new_events.len());
            self.new_events.push((row, seq));
        }
        for row in writes.changed_events {
            self.take_changed_event(row, seq);
        }
        for (task, kind, name, mark) in writes.marks {
            self.marks.insert((task, kind, name), Held { row: mark, changed: Some(seq) });
        }
        for (source, change) in writes.totals {
            self.totals.entry(source).or_default().add(change, 1);
        }
        for (minute, change) in writes.active_minutes {
            *self.active_minutes.entry(minute).or_default() += change;
        }
        let to = Statements::new(connection, seq);
        to.write_rare(&writes.bindings, &writes.removed_bindings, &writes.bookmarks, &writes.removed_bookmarks)?;
        if removes {
            self.write(connection)?;
            writes.removed_tasks.iter().try_for_each(|task| to.remove_task(task))?;
            self.let_go();
        }
        Ok(())
    }

    fn take_tasks_and_sessions(&mut self, writes: &Writes, seq: Seq) {
        for row in &writes.tasks {
            let held = Held { row: Some(row.clone()), changed: Some(seq) };
            self.tasks.insert(row.task.id.clone(), held);
        }
        for row in &writes.sessions {
            self.note_running(row);
            let held = Held { row: Some(row.clone()), changed: Some(seq) };
            self.sessions.insert(row.session.id.clone(), held);
        }
    }
}
