//! The rows in memory: the simplest thing that obeys [`Rows`], for tests of the rules and as the
//! model that the store's contract suite compares `SQLite` with.

use std::collections::BTreeMap;

use crate::entity::{Bookmark, Evaluation, Task, Usage};
use crate::figures::{History, Totals};
use crate::ids::{BookmarkId, EventId, SessionId, TaskId};
use crate::rows::{
    Binding, DELIVERIES_FORGOTTEN_MAX, DELIVERY_KEPT_MILLIS, EventRow, Mark, MarkKind, PayloadRow,
    RowResult, Rows, SessionRow, TaskRow, TranscriptRow, UsageSelection, Writes,
};
use crate::time::Timestamp;
use crate::trash::{Remains, TrashedTask};
use crate::usage::{UsageBucket, UsageHour, UsageId, UsageOrigin, UsageRow};
use crate::vocabulary::SessionStatus;

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    /// Tasks by id.
    pub tasks: BTreeMap<TaskId, TaskRow>,
    /// Sessions by id.
    pub sessions: BTreeMap<SessionId, SessionRow>,
    /// Events by id.
    pub events: BTreeMap<EventId, EventRow>,
    /// Event ids in the order they were stored.
    pub event_order: Vec<EventId>,
    /// Payloads in the order they came, each with the events that it made or changed.
    pub payloads: Vec<(PayloadRow, Vec<EventId>)>,
    /// Bookmarks by id.
    pub bookmarks: BTreeMap<BookmarkId, Bookmark>,
    /// Evaluations by task.
    pub evaluations: BTreeMap<TaskId, Evaluation>,
    /// Bindings by agent and its session id.
    pub bindings: BTreeMap<(String, String), Binding>,
    /// Marks by task, kind and name.
    pub marks: BTreeMap<(TaskId, MarkKind, String), Mark>,
    /// When each delivery was taken.
    pub deliveries: BTreeMap<String, Timestamp>,
    /// How far each transcript was read, by its path.
    pub transcripts: BTreeMap<String, TranscriptRow>,
    /// Totals by agent.
    pub totals: BTreeMap<String, Totals>,
    /// Running tasks by the minute they were last active in.
    pub active_minutes: BTreeMap<i64, i64>,
    /// Answers of models.
    pub usage: BTreeMap<UsageId, UsageRow>,
    /// Sums of usage of tasks.
    pub usage_buckets: BTreeMap<UsageBucket, Usage>,
    /// Sums of usage over all tasks.
    pub usage_hours: BTreeMap<UsageHour, Usage>,
    /// What agents did over time.
    pub history: History,
    /// How many answers were dropped because their sessions did not come.
    pub dropped_usage: usize,
    /// Tasks that were deleted and can still be restored.
    pub trash: BTreeMap<TaskId, TrashedTask>,
}

impl Memory {
    /// Applies what a decision writes.
    pub fn apply(&mut self, writes: Writes) {
        self.move_trash(&writes);
        for row in writes.tasks {
            self.tasks.insert(row.task.id.clone(), row);
        }
        for row in writes.sessions {
            self.sessions.insert(row.session.id.clone(), row);
        }
        if let Some(payload) = writes.payload {
            let rows = writes.new_events.iter().chain(&writes.changed_events);
            let events = rows.map(|row| row.event.id.clone()).collect();
            self.payloads.push((payload, events));
        }
        for row in writes.new_events {
            self.event_order.push(row.event.id.clone());
            self.events.insert(row.event.id.clone(), row);
        }
        for row in writes.changed_events {
            self.events.insert(row.event.id.clone(), row);
        }
        for binding in writes.bindings {
            let key = (binding.source.clone(), binding.runtime_session_id.clone());
            self.bindings.insert(key, binding);
        }
        for key in writes.removed_bindings {
            self.bindings.remove(&key);
        }
        for bookmark in writes.bookmarks {
            self.bookmarks.insert(bookmark.id.clone(), bookmark);
        }
        for id in writes.removed_bookmarks {
            self.bookmarks.remove(&id);
        }
        for evaluation in writes.evaluations {
            let task = evaluation.task_id.clone();
            self.evaluations.insert(task, evaluation);
        }
        for task in writes.removed_evaluations {
            self.evaluations.remove(&task);
        }
        for (task, kind, name, mark) in writes.marks {
            match mark {
                Some(mark) => self.marks.insert((task, kind, name), mark),
                None => self.marks.remove(&(task, kind, name)),
            };
        }
        for (delivery, at) in writes.deliveries {
            self.deliveries.insert(delivery, at);
            self.forget_deliveries(at);
        }
        for row in writes.usage {
            self.usage.insert(row.id.clone(), row);
        }
        self.dropped_usage += writes.dropped_usage.len();
        for id in writes.dropped_usage {
            self.usage.remove(&id);
        }
        for (bucket, change) in writes.usage_buckets {
            self.usage_buckets.entry(bucket).or_default().add(change, 1);
        }
        for (hour, change) in writes.usage_hours {
            self.usage_hours.entry(hour).or_default().add(change, 1);
        }
        self.history.add(writes.history);
        for row in writes.transcripts {
            self.transcripts.insert(row.path.clone(), row);
        }
        for (source, change) in writes.totals {
            self.totals.entry(source).or_default().add(change, 1);
        }
        for (minute, change) in writes.active_minutes {
            *self.active_minutes.entry(minute).or_default() += change;
        }
    }

    /// Moves tasks into the trash and out of it.
    fn move_trash(&mut self, writes: &Writes) {
        for task in &writes.emptied_tasks {
            self.trash.remove(task);
            self.remove(task);
        }
        for task in &writes.restored_tasks {
            self.trash.remove(task);
        }
        for task in &writes.removed_tasks {
            self.tasks.remove(task);
        }
        for task in &writes.trashed_tasks {
            self.trash.insert(task.row.task.id.clone(), task.clone());
        }
    }

    /// Forgets a few of the deliveries that nobody sends again.
    fn forget_deliveries(&mut self, now: Timestamp) {
        let is_old =
            |(_, at): &(&String, &Timestamp)| now.millis_since(**at) > DELIVERY_KEPT_MILLIS;
        let mut old: Vec<_> = self.deliveries.iter().filter(is_old).collect();
        old.sort_by_key(|(_, at)| **at);
        let gone = old.into_iter().take(DELIVERIES_FORGOTTEN_MAX.into());
        for delivery in gone
            .map(|(delivery, _)| delivery.clone())
            .collect::<Vec<_>>()
        {
            self.deliveries.remove(&delivery);
        }
    }

    fn remove(&mut self, task: &TaskId) {
        self.sessions.retain(|_, row| row.session.task_id != *task);
        self.event_order.retain(|id| {
            self.events
                .get(id)
                .is_some_and(|row| row.event.task_id != *task)
        });
        // What it sent goes with it, whatever else it told of.
        let tells_of = |events: &[EventId]| {
            let mut rows = events.iter().filter_map(|id| self.events.get(id));
            rows.any(|row| row.event.task_id == *task)
        };
        self.payloads.retain(|(_, events)| !tells_of(events));
        self.events.retain(|_, row| row.event.task_id != *task);
        self.bindings.retain(|_, binding| binding.task_id != *task);
        self.marks.retain(|(of, _, _), _| of != task);
        self.usage
            .retain(|_, row| row.task_id.as_ref() != Some(task));
        self.usage_buckets
            .retain(|bucket, _| bucket.task_id != *task);
    }

    /// The events of a task, oldest first.
    pub fn timeline(&self, task: &TaskId) -> Vec<&EventRow> {
        let rows = self.event_order.iter().filter_map(|id| self.events.get(id));
        rows.filter(|row| row.event.task_id == *task).collect()
    }
}

impl Rows for Memory {
    fn task(&self, id: &TaskId) -> RowResult<Option<TaskRow>> {
        Ok(self.tasks.get(id).cloned())
    }

    fn session(&self, id: &SessionId) -> RowResult<Option<SessionRow>> {
        Ok(self.sessions.get(id).cloned())
    }

    fn running_sessions(&self, task: &TaskId) -> RowResult<Vec<SessionRow>> {
        let running = |row: &&SessionRow| {
            row.session.task_id == *task && row.session.status == SessionStatus::Running
        };
        let mut rows: Vec<_> = self.sessions.values().filter(running).cloned().collect();
        rows.sort_by(|a, b| {
            (b.session.started_at, &b.session.id).cmp(&(a.session.started_at, &a.session.id))
        });
        Ok(rows)
    }

    fn event(&self, id: &EventId) -> RowResult<Option<EventRow>> {
        Ok(self.events.get(id).cloned())
    }

    fn binding(&self, source: &str, runtime_session_id: &str) -> RowResult<Option<Binding>> {
        Ok(self
            .bindings
            .get(&(source.to_owned(), runtime_session_id.to_owned()))
            .cloned())
    }

    fn children(&self, task: &TaskId) -> RowResult<Vec<TaskId>> {
        let children = self
            .tasks
            .values()
            .filter(|row| row.task.parent_task_id.as_ref() == Some(task));
        Ok(children.map(|row| row.task.id.clone()).collect())
    }

    fn finished_tasks(&self, before: Option<Timestamp>) -> RowResult<Vec<TaskId>> {
        let is_meant = |task: &Task| {
            let is_old = |before| task.parent_task_id.is_none() && task.last_activity_at < before;
            task.status.is_finished() && before.is_none_or(is_old)
        };
        let tasks = self.tasks.values().map(|row| &row.task);
        let meant = tasks.filter(|task| is_meant(task));
        Ok(meant.map(|task| task.id.clone()).collect())
    }

    fn trashed(&self, id: &TaskId) -> RowResult<Option<Remains>> {
        let whole = self.trash.get(id).cloned();
        Ok(whole.map(|task| Remains::Whole(Box::new(task))))
    }

    fn trashed_children(&self, task: &TaskId) -> RowResult<Vec<TaskId>> {
        let rows = self.trash.values().map(|task| &task.row.task);
        let children = rows.filter(|row| row.parent_task_id.as_ref() == Some(task));
        Ok(children.map(|row| row.id.clone()).collect())
    }

    fn trashed_until(&self, until: Timestamp, limit: usize) -> RowResult<Vec<TaskId>> {
        let closed = self.trash.iter();
        let closed = closed.filter(|(_, task)| task.entry.deleted_at <= until);
        let mut closed: Vec<_> = closed
            .map(|(id, task)| (task.entry.deleted_at, id.clone()))
            .collect();
        closed.sort();
        closed.truncate(limit);
        Ok(closed.into_iter().map(|(_, id)| id).collect())
    }

    fn bookmark(&self, id: &BookmarkId) -> RowResult<Option<Bookmark>> {
        Ok(self.bookmarks.get(id).cloned())
    }

    fn bookmark_at(&self, task: &TaskId, event: Option<&EventId>) -> RowResult<Option<Bookmark>> {
        let here =
            |bookmark: &&Bookmark| bookmark.task_id == *task && bookmark.event_id.as_ref() == event;
        Ok(self.bookmarks.values().find(here).cloned())
    }

    fn bookmarks_of(&self, task: &TaskId) -> RowResult<Vec<Bookmark>> {
        let of_task = self.bookmarks.values().filter(|it| it.task_id == *task);
        Ok(of_task.cloned().collect())
    }

    fn evaluation(&self, task: &TaskId) -> RowResult<Option<Evaluation>> {
        Ok(self.evaluations.get(task).cloned())
    }

    fn mark(&self, task: &TaskId, kind: MarkKind, name: &str) -> RowResult<Option<Mark>> {
        Ok(self
            .marks
            .get(&(task.clone(), kind, name.to_owned()))
            .cloned())
    }

    fn is_delivered(&self, delivery: &str) -> RowResult<bool> {
        Ok(self.deliveries.contains_key(delivery))
    }

    fn marks(&self, task: &TaskId, kind: MarkKind) -> RowResult<Vec<(String, Mark)>> {
        let of_kind = self
            .marks
            .iter()
            .filter(|((of, k, _), _)| of == task && *k == kind);
        Ok(of_kind
            .map(|((_, _, name), mark)| (name.clone(), mark.clone()))
            .collect())
    }

    fn session_at(&self, task: &TaskId, at: Timestamp) -> RowResult<Option<SessionRow>> {
        let of_task = self.sessions.values();
        let of_task = of_task.filter(|row| row.session.task_id == *task);
        let begun = |row: &&SessionRow| row.session.started_at <= at;
        let order = |row: &&SessionRow| (row.session.started_at, row.session.id.clone());
        let last = of_task.clone().filter(begun).max_by_key(order);
        Ok(last.or_else(|| of_task.min_by_key(order)).cloned())
    }

    fn usage(&self, id: &UsageId) -> RowResult<Option<UsageRow>> {
        Ok(self.usage.get(id).cloned())
    }

    fn usage_of_session(
        &self,
        source: &str,
        runtime_session_id: &str,
        selection: &UsageSelection,
    ) -> RowResult<Vec<UsageRow>> {
        let of_session = self
            .usage
            .values()
            .filter(|row| row.id.source == source && row.runtime_session_id == runtime_session_id);
        Ok(of_session
            .filter(|row| selection.picks(row))
            .cloned()
            .collect())
    }

    fn newest_usage(
        &self,
        source: &str,
        runtime_session_id: &str,
        origin: UsageOrigin,
    ) -> RowResult<Option<Timestamp>> {
        let of_origin = self.usage.values().filter(|row| {
            row.id.source == source
                && row.runtime_session_id == runtime_session_id
                && row.origin == origin
        });
        Ok(of_origin.map(|row| row.at).max())
    }

    fn usage_waiting_beyond(&self, kept: usize) -> RowResult<Vec<UsageId>> {
        let waiting = self.usage.values().filter(|row| row.task_id.is_none());
        let mut waiting: Vec<_> = waiting
            .map(|row| (row.arrived_at, row.id.clone()))
            .collect();
        waiting.sort();
        waiting.truncate(waiting.len().saturating_sub(kept));
        Ok(waiting.into_iter().map(|(_, id)| id).collect())
    }

    fn usage_of_task(&self, task: &TaskId) -> RowResult<Vec<(UsageBucket, Usage)>> {
        let buckets = self.usage_buckets.iter();
        let of_task = buckets.filter(|(bucket, _)| bucket.task_id == *task);
        Ok(of_task
            .map(|(bucket, usage)| (bucket.clone(), *usage))
            .collect())
    }

    fn answers_of_task(&self, task: &TaskId, limit: usize) -> RowResult<Vec<UsageRow>> {
        let of_task = self.usage.values().filter(|row| {
            row.task_id.as_ref() == Some(task) && row.counted && row.origin != UsageOrigin::Metric
        });
        let mut answers: Vec<_> = of_task.cloned().collect();
        answers.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        Ok(answers.split_off(answers.len().saturating_sub(limit)))
    }
}
