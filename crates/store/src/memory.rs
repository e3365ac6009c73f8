use std::cmp::Reverse;

use agent_tracer_core::command::Command;
use agent_tracer_core::decide::{Refusal, decide};
use agent_tracer_core::entity::{
    Bookmark, Event, OverviewObservability, OverviewStats, Task, TaskObservability,
};
use agent_tracer_core::figures::{self, STALE_AFTER_MINUTES, Totals};
use agent_tracer_core::ids::{EventId, IdSource, TaskId};
use agent_tracer_core::memory::Memory;
use agent_tracer_core::rows::{Rows as _, Writes};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::vocabulary::TaskStatus;

use crate::error::StoreError;
use crate::model::{Cursor, EventPage, Seq, TaskDetail, TaskPage};
use crate::traits::{Committed, Outcome, Read, Write};

/// The store in plain memory: nothing is durable, everything else holds. The model that the
/// contract suite holds SQLite against, and a store for tests.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    /// The rows.
    pub memory: Memory,
    seq: Seq,
}

impl Write for MemoryStore {
    fn commit(
        &mut self,
        group: Vec<Command>,
        clock: &dyn Fn() -> Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Vec<Outcome>, StoreError> {
        group
            .into_iter()
            .map(
                |command| match decide(&self.memory, command, clock(), ids) {
                    Ok(decision) => {
                        let changes =
                            decision.writes != Writes::default() || !decision.messages.is_empty();
                        self.seq.0 += u64::from(changes);
                        self.memory.apply(decision.writes);
                        Ok(Ok(Committed {
                            seq: changes.then_some(self.seq),
                            reply: decision.reply,
                            messages: decision.messages,
                            topics: Vec::new(),
                        }))
                    }
                    Err(Refusal::Rejected(rejection)) => Ok(Err(rejection.into())),
                    Err(Refusal::Unavailable(error)) => Err(error.into()),
                },
            )
            .collect()
    }
}

impl MemoryStore {
    fn tasks_by_activity(&self) -> Vec<Task> {
        let mut tasks: Vec<Task> = self
            .memory
            .tasks
            .values()
            .map(|row| row.task.clone())
            .collect();
        tasks.sort_by_key(|task| Reverse((task.last_activity_at, task.id.clone())));
        tasks
    }

    fn stats(&self, now: Timestamp) -> (OverviewStats, OverviewObservability) {
        let sources: Vec<(String, Totals)> = self.memory.totals.clone().into_iter().collect();
        let since = now.minute() - STALE_AFTER_MINUTES;
        let recent = self
            .memory
            .active_minutes
            .iter()
            .filter(|(minute, _)| **minute > since);
        figures::overview(&sources, recent.map(|(_, tasks)| tasks).sum(), now)
    }

    fn events_of(&self, task: &TaskId) -> Vec<(usize, Event)> {
        let in_order = self.memory.event_order.iter().enumerate();
        let mut events: Vec<(usize, Event)> = in_order
            .filter_map(|(place, id)| Some((place, self.memory.events.get(id)?.event.clone())))
            .filter(|(_, event)| event.task_id == *task)
            .collect();
        events.sort_by_key(|(place, event)| (event.created_at, *place));
        events
    }

    fn detail(&self, id: &TaskId) -> Option<TaskDetail> {
        let task = self.memory.tasks.get(id)?.task.clone();
        let mut sessions: Vec<_> = self
            .memory
            .sessions
            .values()
            .map(|row| row.session.clone())
            .collect();
        sessions.retain(|session| session.task_id == *id);
        sessions.sort_by_key(|session| (session.started_at, session.id.clone()));
        let mut children: Vec<_> = self
            .memory
            .tasks
            .values()
            .map(|row| row.task.clone())
            .collect();
        children.retain(|child| child.parent_task_id.as_ref() == Some(id));
        children.sort_by_key(|child| (child.created_at, child.id.clone()));
        Some(TaskDetail {
            task,
            sessions,
            children,
        })
    }
}

impl Read for MemoryStore {
    fn changed_since(
        &self,
        _topic: &agent_tracer_core::wire::follow::Topic,
        _after: Seq,
        _limit: usize,
    ) -> Result<crate::traits::ChangedSince, StoreError> {
        Ok(crate::traits::ChangedSince::Window)
    }

    fn overview(
        &self,
        now: Timestamp,
    ) -> Result<(Seq, OverviewStats, OverviewObservability), StoreError> {
        let (stats, observability) = self.stats(now);
        Ok((self.seq, stats, observability))
    }

    fn tasks(
        &self,
        limit: Option<usize>,
        before: Option<&Cursor>,
    ) -> Result<(Seq, TaskPage), StoreError> {
        let mut tasks = self.tasks_by_activity();
        if let Some(Cursor { at, row }) = before {
            tasks.retain(|task| {
                (task.last_activity_at.as_millis(), task.id.as_str()) < (*at, row.as_str())
            });
        }
        let more = limit.is_some_and(|limit| tasks.len() > limit);
        tasks.truncate(limit.unwrap_or(usize::MAX));
        let last = tasks.last().filter(|_| more);
        let before = last.map(|task| Cursor {
            at: task.last_activity_at.as_millis(),
            row: task.id.to_string(),
        });
        Ok((self.seq, TaskPage { tasks, before }))
    }

    fn tasks_in(&self, status: TaskStatus, limit: usize) -> Result<Vec<Task>, StoreError> {
        let mut tasks = self.tasks_by_activity();
        tasks.retain(|task| task.status == status);
        tasks.truncate(limit);
        Ok(tasks)
    }

    fn snapshot(&self, now: Timestamp) -> Result<(Seq, OverviewStats, Vec<Task>), StoreError> {
        Ok((self.seq, self.stats(now).0, self.tasks_by_activity()))
    }

    fn task(&self, id: &TaskId) -> Result<Option<(Seq, TaskDetail)>, StoreError> {
        Ok(self.detail(id).map(|detail| (self.seq, detail)))
    }

    fn timeline(
        &self,
        task: &TaskId,
        limit: usize,
        before: Option<&Cursor>,
    ) -> Result<EventPage, StoreError> {
        let mut events = self.events_of(task);
        if let Some(Cursor { at, row }) = before {
            let first_left_out = events.iter().find(|(_, event)| event.id.as_str() == row);
            let end = first_left_out.map_or(usize::MAX, |(place, _)| *place);
            events.retain(|(place, event)| (event.created_at.as_millis(), *place) < (*at, end));
        }
        let older = events.len().saturating_sub(limit);
        let page = events.split_off(older);
        let first = page.first().filter(|_| older > 0);
        // Named by its id: its place moves when tasks before it are deleted.
        let before = first.map(|(_, event)| Cursor {
            at: event.created_at.as_millis(),
            row: event.id.to_string(),
        });
        Ok(EventPage {
            events: page.into_iter().map(|(_, event)| event).collect(),
            before,
        })
    }

    fn visit_timeline(
        &self,
        task: &TaskId,
        visit: &mut dyn FnMut(Event) -> bool,
    ) -> Result<Option<TaskDetail>, StoreError> {
        let Some(detail) = self.detail(task) else {
            return Ok(None);
        };
        let _stopped_early = !self
            .events_of(task)
            .into_iter()
            .all(|(_, event)| visit(event));
        Ok(Some(detail))
    }

    fn event(&self, id: &EventId) -> Result<Option<Event>, StoreError> {
        Ok(self.memory.events.get(id).map(|row| row.event.clone()))
    }

    fn observability(
        &self,
        task: &TaskId,
        now: Timestamp,
    ) -> Result<Option<TaskObservability>, StoreError> {
        let Some(row) = self.memory.tasks.get(task) else {
            return Ok(None);
        };
        let sessions = self.memory.running_sessions(task)?;
        Ok(Some(figures::task_observability(row, &sessions, now)))
    }

    fn bookmarks(&self, task: Option<&TaskId>) -> Result<Vec<Bookmark>, StoreError> {
        let mut bookmarks: Vec<Bookmark> = self.memory.bookmarks.values().cloned().collect();
        bookmarks.retain(|bookmark| task.is_none_or(|task| bookmark.task_id == *task));
        bookmarks.sort_by_key(|bookmark| Reverse((bookmark.created_at, bookmark.id.clone())));
        for bookmark in &mut bookmarks {
            let task = self.memory.tasks.get(&bookmark.task_id);
            bookmark.task_title = task.map(|row| row.task.title.clone());
            let event = bookmark
                .event_id
                .as_ref()
                .and_then(|id| self.memory.events.get(id));
            bookmark.event_title = event.map(|row| row.event.title.clone());
        }
        Ok(bookmarks)
    }
}
