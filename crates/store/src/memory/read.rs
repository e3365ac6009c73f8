use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use agent_tracer_core::command::AgentRun;
use agent_tracer_core::entity::{
    Bookmark, DeletedTask, Evaluation, Event, FinishedPreview, OverviewObservability,
    OverviewStats, Task, TaskObservability,
};
use agent_tracer_core::figures::{self, STALE_AFTER_MINUTES, Totals};
use agent_tracer_core::finished::preview_finished;
use agent_tracer_core::ids::{EventId, TaskId};
use agent_tracer_core::rows::{PayloadRow, Rows as _, TranscriptRow};
use agent_tracer_core::task_filter::TaskFilter;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::trash::{LISTED_TASKS_MAX, TrashedTask, closes_at};
use agent_tracer_core::usage::{TaskUsage, UsageReport, read_task_usage, usage_report};
use agent_tracer_core::vocabulary::TaskStatus;
use agent_tracer_core::wire::follow::Topic;

use super::MemoryStore;
use crate::error::StoreError;
use crate::fitting::FittingPage;
use crate::model::{
    Cursor, EventPage, FittingTasks, HistoryReport, Kept, Seq, TaskDetail, TaskPage, Version,
    Workspace,
};
use crate::traits::{ChangedSince, Read, Watched};

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

    pub(super) fn events_of(&self, task: &TaskId) -> Vec<(usize, Event)> {
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

    pub(super) fn kept(&self, task: Option<&TaskId>) -> Kept {
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
        let mut evaluations: Vec<Evaluation> = self.memory.evaluations.values().cloned().collect();
        evaluations.retain(|evaluation| task.is_none_or(|task| evaluation.task_id == *task));
        evaluations.sort_by_key(|it| Reverse((it.evaluated_at, it.task_id.clone())));
        Kept {
            bookmarks,
            evaluations,
        }
    }
}

impl Read for MemoryStore {
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

    fn tasks_in(&self, status: TaskStatus, limit: usize) -> Result<(Seq, Vec<Task>), StoreError> {
        let mut tasks = self.tasks_by_activity();
        tasks.retain(|task| task.status == status);
        tasks.truncate(limit);
        Ok((self.seq, tasks))
    }

    fn tasks_fitting(
        &self,
        filter: &TaskFilter,
        limit: usize,
        before: Option<&Cursor>,
    ) -> Result<(Seq, FittingTasks), StoreError> {
        let mut fitting = FittingPage::new(limit, before);
        let tasks = self.tasks_by_activity().into_iter();
        tasks
            .filter(|task| filter.fits(task))
            .for_each(|task| fitting.add(task));
        Ok((self.seq, fitting.finish()))
    }

    fn workspaces(&self) -> Result<(Seq, Vec<Workspace>), StoreError> {
        let mut known: BTreeMap<String, Workspace> = BTreeMap::new();
        for task in self.tasks_by_activity() {
            let Some(path) = task.workspace_path else {
                continue;
            };
            let workspace = known.entry(path.clone()).or_insert(Workspace {
                path,
                tasks: 0,
                last_activity_at: task.last_activity_at,
            });
            workspace.tasks += 1;
        }
        Ok((self.seq, known.into_values().collect()))
    }

    fn event_cursor(&self, id: &EventId) -> Result<Option<Cursor>, StoreError> {
        let event = self.event(id)?;
        Ok(event.map(|event| Cursor {
            at: event.created_at.as_millis(),
            row: event.id.to_string(),
        }))
    }

    fn watched(&self) -> Result<Watched, StoreError> {
        let tasks = self.memory.tasks.values().map(|row| &row.task);
        let tasks =
            tasks.filter(|task| task.status == TaskStatus::Running && task.activity.is_some());
        let runs = self.memory.bindings.values().filter_map(|binding| {
            Some(AgentRun {
                source: binding.source.clone(),
                runtime_session_id: binding.runtime_session_id.clone(),
                process: binding.process.clone()?,
            })
        });
        Ok(Watched {
            tasks: tasks.cloned().collect(),
            runs: runs.collect(),
        })
    }

    fn transcripts(&self) -> Result<Vec<TranscriptRow>, StoreError> {
        Ok(self.memory.transcripts.values().cloned().collect())
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
    ) -> Result<Option<(Seq, TaskDetail, EventPage)>, StoreError> {
        let Some(detail) = self.detail(task) else {
            return Ok(None);
        };
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
        let events = page.into_iter().map(|(_, event)| event).collect();
        Ok(Some((self.seq, detail, EventPage { events, before })))
    }

    fn visit_timeline(
        &self,
        task: &TaskId,
        visit: &mut dyn FnMut(Event) -> bool,
    ) -> Result<Option<(Seq, TaskDetail)>, StoreError> {
        let Some(detail) = self.detail(task) else {
            return Ok(None);
        };
        let _stopped_early = !self
            .events_of(task)
            .into_iter()
            .all(|(_, event)| visit(event));
        Ok(Some((self.seq, detail)))
    }

    fn payloads(&self, event: &EventId) -> Result<Option<Vec<PayloadRow>>, StoreError> {
        if self.event(event)?.is_none() {
            return Ok(None);
        }
        let payloads = self.memory.payloads.iter();
        let of_event = payloads.filter(|(_, events)| events.contains(event));
        Ok(Some(of_event.map(|(payload, _)| payload.clone()).collect()))
    }

    fn event(&self, id: &EventId) -> Result<Option<Event>, StoreError> {
        let event = self.memory.events.get(id).map(|row| &row.event);
        let seen = event.filter(|event| self.memory.tasks.contains_key(&event.task_id));
        Ok(seen.cloned())
    }

    fn observability(
        &self,
        task: &TaskId,
        now: Timestamp,
    ) -> Result<Option<(Seq, TaskObservability)>, StoreError> {
        let Some(row) = self.memory.tasks.get(task) else {
            return Ok(None);
        };
        let sessions = self.memory.running_sessions(task)?;
        let figures = figures::task_observability(row, &sessions, now);
        Ok(Some((self.seq, figures)))
    }

    fn task_usage(&self, task: &TaskId) -> Result<Option<(Seq, TaskUsage)>, StoreError> {
        let usage = read_task_usage(&self.memory, task)?;
        Ok(usage.map(|usage| (self.seq, usage)))
    }

    fn usage(&self, hours: RangeInclusive<i64>) -> Result<(Seq, UsageReport), StoreError> {
        let sums = self.memory.usage_hours.iter();
        let sums = sums.filter(|(hour, _)| hours.contains(&hour.hour));
        let sums = sums.map(|(hour, usage)| (hour.clone(), *usage)).collect();
        let rows = self.memory.usage.values();
        let waiting = rows.filter(|row| row.task_id.is_none()).count();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let dropped = number(self.memory.dropped_usage);
        Ok((self.seq, usage_report(sums, number(waiting), dropped)))
    }

    fn history(&self, hours: RangeInclusive<i64>) -> Result<(Seq, HistoryReport), StoreError> {
        let days = hours.start() / 24..=hours.end() / 24;
        let mut history = self.memory.history.clone();
        history.hours.retain(|of, _| hours.contains(&of.hour));
        history.tools.retain(|of, _| days.contains(&of.day));
        let mut usage = self.memory.usage_hours.clone();
        usage.retain(|of, _| hours.contains(&of.hour));
        Ok((self.seq, HistoryReport { history, usage }))
    }

    fn finished(&self, before: Option<Timestamp>) -> Result<(Seq, FinishedPreview), StoreError> {
        Ok((self.seq, preview_finished(&self.memory, before)?))
    }

    fn trash(&self, now: Timestamp) -> Result<(Seq, Vec<DeletedTask>), StoreError> {
        let open = self.memory.trash.values();
        let open = open.filter(|task| task.entry.is_open(now));
        let mut tasks: Vec<_> = open.map(deleted).collect();
        tasks.sort_by_key(|task| Reverse((task.deleted_at, task.id.clone())));
        tasks.truncate(LISTED_TASKS_MAX.into());
        Ok((self.seq, tasks))
    }

    fn is_trash_due(&self, now: Timestamp) -> Result<bool, StoreError> {
        let mut trash = self.memory.trash.values();
        Ok(trash.any(|task| !task.entry.is_open(now)))
    }

    fn topic_seq(&self, topic: &Topic) -> Result<Option<Seq>, StoreError> {
        Ok(match topic {
            Topic::Overview => Some(self.journal.overview),
            Topic::Bookmarks => Some(self.journal.kept_rows),
            Topic::Task(id) => self.journal.tasks.get(id).copied().map(Seq),
        })
    }

    fn version(&self, topic: &Topic) -> Result<Option<Version>, StoreError> {
        let Some(seq) = self.topic_seq(topic)? else {
            return Ok(None);
        };
        let mut version = Version {
            seq,
            ..Version::default()
        };
        if let Topic::Task(id) = topic {
            for child in self.memory.children(id)? {
                let seq = self.journal.tasks.get(&child).copied().map(Seq);
                version.children += 1;
                version.children_seq = version.children_seq.max(seq.unwrap_or_default());
            }
        }
        Ok(Some(version))
    }

    fn changed_since(
        &self,
        topic: &Topic,
        after: Seq,
        limit: usize,
    ) -> Result<ChangedSince, StoreError> {
        Ok(self.changes(topic, after, limit))
    }

    fn bookmarks(&self, task: Option<&TaskId>) -> Result<(Seq, Kept), StoreError> {
        Ok((self.seq, self.kept(task)))
    }

    fn evaluation(&self, task: &TaskId) -> Result<Option<(Seq, Option<Evaluation>)>, StoreError> {
        if !self.memory.tasks.contains_key(task) {
            return Ok(None);
        }
        Ok(Some((self.seq, self.memory.evaluation(task)?)))
    }
}

fn deleted(task: &TrashedTask) -> DeletedTask {
    let (row, deleted_at) = (&task.row.task, task.entry.deleted_at);
    DeletedTask {
        id: row.id.clone(),
        display_title: row.display_title.clone(),
        deleted_at,
        emptied_at: closes_at(deleted_at),
        parent_task_id: row.parent_task_id.clone(),
    }
}
