//! The unit of work of one command: reads through to the stored rows, remembers what it changed,
//! and lists what is to be announced.
//!
//! Nothing is written while a decision runs. A refused decision simply drops its draft.

mod activity;
mod entities;
mod events;
mod figures;
mod history;
mod links;
mod sessions;
mod tasks;
mod touched;
mod trash;
mod usage;

use std::collections::{BTreeMap, BTreeSet};

use crate::command::Rejection;
use crate::entity::{Bookmark, Evaluation, Usage};
use crate::figures::{Totals, active_minute, contribution, source_of};
use crate::ids::{BookmarkId, EventId, IdSource, SessionId, TaskId};
use crate::rows::{
    Binding, EventRow, Mark, MarkKind, PayloadRow, Rows, RowsUnavailable, SessionRow, TaskRow,
    TranscriptRow, Writes,
};
use crate::time::Timestamp;
use crate::trash::{TrashEntry, TrashedTask};
use crate::usage::{UsageHour, UsageId, UsageRow};
use crate::wire::Message;

pub(crate) use events::{EventEdit, NewEvent};
pub(crate) use tasks::{invalid, refresh_display_title};

/// Why a decision ended without writes.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The command cannot be carried out.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The rows could not be read.
    #[error(transparent)]
    Unavailable(#[from] RowsUnavailable),
}

/// What a step of a decision gives.
pub(crate) type Step<T> = Result<T, Refusal>;

/// A row as it was, as it is now, and whether it is to be written.
struct Held<T> {
    before: Option<T>,
    now: Option<T>,
    dirty: bool,
}

impl<T: Clone> Held<T> {
    fn loaded(row: Option<T>) -> Self {
        Self {
            before: row.clone(),
            now: row,
            dirty: false,
        }
    }
}

type MarkName = (TaskId, MarkKind, String);

/// See the module.
pub(crate) struct Draft<'a> {
    rows: &'a dyn Rows,
    /// When what is decided happened: for a report that came late, in the past.
    pub(crate) now: Timestamp,
    /// When the command arrived.
    pub(crate) received_at: Timestamp,
    ids: &'a mut dyn IdSource,
    tasks: BTreeMap<TaskId, Held<TaskRow>>,
    sessions: BTreeMap<SessionId, Held<SessionRow>>,
    events: BTreeMap<EventId, Held<EventRow>>,
    new_events: Vec<EventId>,
    marks: BTreeMap<MarkName, (Option<Mark>, bool)>,
    bindings: BTreeMap<(String, String), Held<Binding>>,
    bookmarks: BTreeMap<BookmarkId, Held<Bookmark>>,
    evaluations: BTreeMap<TaskId, Option<Evaluation>>,
    deliveries: Vec<(String, Timestamp)>,
    transcripts: Vec<TranscriptRow>,
    removed_tasks: Vec<TaskId>,
    /// Those that this command moves into the trash.
    trashed_tasks: Vec<TrashedTask>,
    restored_tasks: BTreeSet<TaskId>,
    emptied_tasks: Vec<TaskId>,
    /// The tasks among `tasks` that are in the trash; without an entry, only rows of theirs are.
    trash: BTreeMap<TaskId, Option<TrashEntry>>,
    sees_trash: bool,
    payload: Option<PayloadRow>,
    usage: BTreeMap<UsageId, Held<UsageRow>>,
    /// What tasks used that went or came back, as a change of the sums over all tasks.
    moved_usage: Vec<(UsageHour, Usage)>,
    messages: Vec<Message>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(rows: &'a dyn Rows, now: Timestamp, ids: &'a mut dyn IdSource) -> Self {
        Self {
            rows,
            now,
            received_at: now,
            ids,
            tasks: BTreeMap::new(),
            sessions: BTreeMap::new(),
            events: BTreeMap::new(),
            new_events: Vec::new(),
            marks: BTreeMap::new(),
            bindings: BTreeMap::new(),
            bookmarks: BTreeMap::new(),
            evaluations: BTreeMap::new(),
            deliveries: Vec::new(),
            transcripts: Vec::new(),
            removed_tasks: Vec::new(),
            trashed_tasks: Vec::new(),
            restored_tasks: BTreeSet::new(),
            emptied_tasks: Vec::new(),
            trash: BTreeMap::new(),
            sees_trash: false,
            payload: None,
            usage: BTreeMap::new(),
            moved_usage: Vec::new(),
            messages: Vec::new(),
        }
    }

    /// Keeps a payload with the events that come of it. One that makes and changes none is not kept.
    pub(crate) fn keep_payload(&mut self, hook_event: String, compressed: Vec<u8>) {
        self.payload = Some(PayloadRow {
            received_at: self.now,
            hook_event,
            compressed,
        });
    }

    /// Adds a message to what is announced, in order.
    pub(crate) fn announce(&mut self, message: Message) {
        self.messages.push(message);
    }

    /// Turns the draft into what is to be written and announced.
    pub(crate) fn finish(mut self) -> Step<(Writes, Vec<Message>)> {
        self.settle_usage()?;
        self.write_tasks_of_rows()?;
        self.write_bookmarks_of_titles()?;
        self.announce_activities();
        self.hush_trash();
        Ok(self.into_writes())
    }

    fn into_writes(mut self) -> (Writes, Vec<Message>) {
        let history = self.history();
        let mut writes = Writes {
            history,
            removed_tasks: self.removed_tasks,
            trashed_tasks: self.trashed_tasks,
            restored_tasks: self.restored_tasks.into_iter().collect(),
            emptied_tasks: self.emptied_tasks,
            deliveries: self.deliveries,
            transcripts: self.transcripts,
            ..Writes::default()
        };
        usage::write_usage(self.usage, self.moved_usage, &self.trash, &mut writes);
        let removed = |task: &TaskId| writes.removed_tasks.contains(task);
        let (mut totals, mut minutes) = (BTreeMap::new(), BTreeMap::new());
        for (id, held) in self.tasks.into_iter().filter(|(_, held)| held.dirty) {
            if let Some(entry) = self.trash.remove(&id) {
                let both = held.now.zip(entry);
                let task = both.map(|(row, entry)| TrashedTask { row, entry });
                writes.trashed_tasks.extend(task);
                continue;
            }
            count_difference(&held, &mut totals, &mut minutes);
            writes.tasks.extend(held.now);
        }
        writes.sessions = dirty_rows(self.sessions).collect();
        for id in &self.new_events {
            let row = self.events.remove(id).and_then(|held| held.now);
            writes
                .new_events
                .extend(row.filter(|row| !removed(&row.event.task_id)));
        }
        writes.changed_events = dirty_rows(self.events).collect();
        let tells = !writes.new_events.is_empty() || !writes.changed_events.is_empty();
        writes.payload = self.payload.filter(|_| tells);
        for (key, held) in self.bindings.into_iter().filter(|(_, held)| held.dirty) {
            match held.now {
                Some(binding) => writes.bindings.push(binding),
                None => writes.removed_bindings.push(key),
            }
        }
        for (id, held) in self.bookmarks.into_iter().filter(|(_, held)| held.dirty) {
            match held.now {
                Some(bookmark) => writes.bookmarks.push(bookmark),
                None => writes.removed_bookmarks.push(id),
            }
        }
        for (task, evaluation) in self.evaluations {
            match evaluation {
                Some(evaluation) => writes.evaluations.push(evaluation),
                None => writes.removed_evaluations.push(task),
            }
        }
        writes.marks = self
            .marks
            .into_iter()
            .filter(|(_, (_, dirty))| *dirty)
            .map(|((task, kind, name), (mark, _))| (task, kind, name, mark))
            .collect();
        writes.totals = totals
            .into_iter()
            .filter(|(_, sum)| *sum != Totals::default())
            .collect();
        writes.active_minutes = minutes
            .into_iter()
            .filter(|(_, change)| *change != 0)
            .collect();
        (writes, self.messages)
    }
}

fn dirty_rows<K, T>(held: BTreeMap<K, Held<T>>) -> impl Iterator<Item = T> {
    held.into_values()
        .filter(|held| held.dirty)
        .filter_map(|held| held.now)
}

/// Adds what the change of one task makes to the totals of its agent.
fn count_difference(
    held: &Held<TaskRow>,
    totals: &mut BTreeMap<String, Totals>,
    minutes: &mut BTreeMap<i64, i64>,
) {
    for (row, times) in [(&held.before, -1), (&held.now, 1)] {
        let Some(row) = row else { continue };
        totals
            .entry(source_of(row).to_owned())
            .or_default()
            .add(contribution(row), times);
        if let Some(minute) = active_minute(row) {
            *minutes.entry(minute).or_default() += times;
        }
    }
}
