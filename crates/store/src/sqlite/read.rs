use std::ops::RangeInclusive;

use agent_tracer_core::entity::{
    DeletedTask, Evaluation, Event, FinishedPreview, OverviewObservability, OverviewStats, Task,
    TaskObservability,
};
use agent_tracer_core::figures;
use agent_tracer_core::finished::preview_finished;
use agent_tracer_core::ids::{EventId, TaskId};
use agent_tracer_core::rows::{PayloadRow, Rows as _, TranscriptRow};
use agent_tracer_core::task_filter::TaskFilter;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::usage::{TaskUsage, UsageReport, read_task_usage};
use agent_tracer_core::vocabulary::TaskStatus;
use agent_tracer_core::wire::follow::Topic;

use super::detail::{kept, overview, task_detail, usage_in, usage_sums_in};
use super::numbers::read_seq;
use super::row::{self, EVENT_COLUMNS};
use super::rows::{ConnectionRows, sql};
use super::{Reader, changes, history, pages, payloads, topics, transcripts, trash, watched};
use crate::error::StoreError;
use crate::model::{
    Cursor, EventPage, FittingTasks, HistoryReport, Kept, Seq, TaskDetail, TaskPage, Version,
    Workspace,
};
use crate::traits::{ChangedSince, Read, Watched};

impl Read for Reader {
    fn overview(
        &self,
        now: Timestamp,
    ) -> Result<(Seq, OverviewStats, OverviewObservability), StoreError> {
        self.at_once(|connection| {
            let (stats, observability) = overview(connection, now)?;
            Ok((read_seq(connection)?, stats, observability))
        })
    }

    fn tasks(
        &self,
        limit: Option<usize>,
        before: Option<&Cursor>,
    ) -> Result<(Seq, TaskPage), StoreError> {
        self.at_once(|connection| {
            let page = pages::tasks(connection, limit, before)?;
            Ok((read_seq(connection)?, page))
        })
    }

    fn tasks_in(&self, status: TaskStatus, limit: usize) -> Result<(Seq, Vec<Task>), StoreError> {
        self.at_once(|connection| {
            let tasks = pages::tasks_in(connection, status, limit)?;
            Ok((read_seq(connection)?, tasks))
        })
    }

    fn tasks_fitting(
        &self,
        filter: &TaskFilter,
        limit: usize,
        before: Option<&Cursor>,
    ) -> Result<(Seq, FittingTasks), StoreError> {
        self.at_once(|connection| {
            let tasks = pages::tasks_fitting(connection, filter, limit, before)?;
            Ok((read_seq(connection)?, tasks))
        })
    }

    fn workspaces(&self) -> Result<(Seq, Vec<Workspace>), StoreError> {
        self.at_once(|connection| Ok((read_seq(connection)?, pages::workspaces(connection)?)))
    }

    fn event_cursor(&self, id: &EventId) -> Result<Option<Cursor>, StoreError> {
        self.at_once(|connection| pages::event_cursor(connection, id))
    }

    fn watched(&self) -> Result<Watched, StoreError> {
        self.at_once(watched::read)
    }

    fn transcripts(&self) -> Result<Vec<TranscriptRow>, StoreError> {
        self.at_once(transcripts::read)
    }

    fn snapshot(&self, now: Timestamp) -> Result<(Seq, OverviewStats, Vec<Task>), StoreError> {
        self.at_once(|connection| {
            let (stats, _) = overview(connection, now)?;
            let tasks = pages::tasks(connection, None, None)?.tasks;
            Ok((read_seq(connection)?, stats, tasks))
        })
    }

    fn task(&self, id: &TaskId) -> Result<Option<(Seq, TaskDetail)>, StoreError> {
        self.at_once(|connection| {
            let seq = read_seq(connection)?;
            Ok(task_detail(connection, id)?.map(|detail| (seq, detail)))
        })
    }

    fn timeline(
        &self,
        task: &TaskId,
        limit: usize,
        before: Option<&Cursor>,
    ) -> Result<Option<(Seq, TaskDetail, EventPage)>, StoreError> {
        self.at_once(|connection| {
            let Some(detail) = task_detail(connection, task)? else {
                return Ok(None);
            };
            let page = pages::timeline(connection, task, limit, before)?;
            Ok(Some((read_seq(connection)?, detail, page)))
        })
    }

    fn visit_timeline(
        &self,
        task: &TaskId,
        visit: &mut dyn FnMut(Event) -> bool,
    ) -> Result<Option<(Seq, TaskDetail)>, StoreError> {
        self.at_once(|connection| {
            let Some(detail) = task_detail(connection, task)? else {
                return Ok(None);
            };
            let sql = sql!(
                "SELECT ",
                EVENT_COLUMNS,
                " FROM events WHERE task_id = ?1 ORDER BY created_at, position",
            );
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([task.as_str()])?;
            while let Some(row) = rows.next()? {
                if !visit(row::event_row(row)?.event) {
                    break;
                }
            }
            Ok(Some((read_seq(connection)?, detail)))
        })
    }

    fn event(&self, id: &EventId) -> Result<Option<Event>, StoreError> {
        self.at_once(|connection| {
            let row = ConnectionRows(connection).event(id)?;
            let Some(event) = row.map(|row| row.event) else {
                return Ok(None);
            };
            let is_there = topics::task_seq(connection, &event.task_id)?.is_some();
            Ok(Some(event).filter(|_| is_there))
        })
    }

    fn payloads(&self, event: &EventId) -> Result<Option<Vec<PayloadRow>>, StoreError> {
        self.at_once(|connection| payloads::payloads(connection, event))
    }

    fn observability(
        &self,
        task: &TaskId,
        now: Timestamp,
    ) -> Result<Option<(Seq, TaskObservability)>, StoreError> {
        self.at_once(|connection| {
            let rows = ConnectionRows(connection);
            let Some(row) = rows.task(task)? else {
                return Ok(None);
            };
            let sessions = rows.running_sessions(task)?;
            let figures = figures::task_observability(&row, &sessions, now);
            Ok(Some((read_seq(connection)?, figures)))
        })
    }

    fn task_usage(&self, task: &TaskId) -> Result<Option<(Seq, TaskUsage)>, StoreError> {
        self.at_once(|connection| {
            let usage = read_task_usage(&ConnectionRows(connection), task)?;
            let seq = read_seq(connection)?;
            Ok(usage.map(|usage| (seq, usage)))
        })
    }

    fn finished(&self, before: Option<Timestamp>) -> Result<(Seq, FinishedPreview), StoreError> {
        self.at_once(|connection| {
            let preview = preview_finished(&ConnectionRows(connection), before)?;
            Ok((read_seq(connection)?, preview))
        })
    }

    fn trash(&self, now: Timestamp) -> Result<(Seq, Vec<DeletedTask>), StoreError> {
        self.at_once(|connection| Ok((read_seq(connection)?, trash::listed(connection, now)?)))
    }

    fn is_trash_due(&self, now: Timestamp) -> Result<bool, StoreError> {
        self.at_once(|connection| trash::is_due(connection, now))
    }

    fn usage(&self, hours: RangeInclusive<i64>) -> Result<(Seq, UsageReport), StoreError> {
        self.at_once(|connection| Ok((read_seq(connection)?, usage_in(connection, &hours)?)))
    }

    fn history(&self, hours: RangeInclusive<i64>) -> Result<(Seq, HistoryReport), StoreError> {
        self.at_once(|connection| {
            let report = HistoryReport {
                history: history::read(connection, &hours)?,
                usage: usage_sums_in(connection, &hours)?,
            };
            Ok((read_seq(connection)?, report))
        })
    }

    fn topic_seq(&self, topic: &Topic) -> Result<Option<Seq>, StoreError> {
        self.at_once(|connection| topics::topic_seq(connection, topic))
    }

    fn version(&self, topic: &Topic) -> Result<Option<Version>, StoreError> {
        self.at_once(|connection| topics::version(connection, topic))
    }

    fn changed_since(
        &self,
        topic: &Topic,
        after: Seq,
        limit: usize,
    ) -> Result<ChangedSince, StoreError> {
        self.at_once(|connection| changes::changed_since(connection, topic, after, limit))
    }

    fn bookmarks(&self, task: Option<&TaskId>) -> Result<(Seq, Kept), StoreError> {
        self.at_once(|connection| Ok((read_seq(connection)?, kept(connection, task)?)))
    }

    fn evaluation(&self, task: &TaskId) -> Result<Option<(Seq, Option<Evaluation>)>, StoreError> {
        self.at_once(|connection| {
            if topics::task_seq(connection, task)?.is_none() {
                return Ok(None);
            }
            let evaluation = ConnectionRows(connection).evaluation(task)?;
            Ok(Some((read_seq(connection)?, evaluation)))
        })
    }
}
