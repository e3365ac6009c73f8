use agent_tracer_core::command::Rejection;
use agent_tracer_core::entity::{Event, Session, Task};
use agent_tracer_core::ids::{EventId, TaskId};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::wire::follow::Topic;
use agent_tracer_store::{Cursor, EventPage, Read, StoreError, TaskDetail, TaskPage};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::answer::{Answer, of_topic};
use super::cut::cut_event;
use super::filter::Filter;
use super::{asked, read_of, timeline};
use crate::clock;
use crate::http::error::ApiError;
use crate::http::path::InPath;
use crate::state::App;

/// The longest page.
const PAGE_LENGTH_MAX: usize = 2_000;

/// How to page: at most `limit` rows, older than `before`.
#[derive(Deserialize)]
pub(crate) struct Paging {
    limit: Option<usize>,
    before: Option<String>,
}

impl Paging {
    fn limit(&self) -> Option<usize> {
        self.limit.map(|limit| limit.clamp(1, PAGE_LENGTH_MAX))
    }

    fn before(&self) -> Result<Option<Cursor>, ApiError> {
        let cursor = self.before.as_deref().map(str::parse).transpose();
        cursor.map_err(|why: &str| ApiError::invalid(format!("before {why}")))
    }
}

#[derive(Serialize)]
struct TaskList {
    tasks: Vec<Task>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    /// How many there are on all pages, where only some were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<usize>,
}

impl TaskList {
    fn new(page: TaskPage, total: Option<usize>) -> Self {
        Self {
            tasks: page.tasks,
            before: page.before.map(|cursor| cursor.to_string()),
            total,
        }
    }
}

/// `GET /api/tasks[?limit&before]`; with any of `[?state&status&agent&project&from&to&q]` those that
/// fit, and how many there are; with `status` alone those in that state, without paging.
pub(crate) async fn tasks(
    State(app): State<App>,
    headers: HeaderMap,
    paging: Result<Query<Paging>, QueryRejection>,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Response, ApiError> {
    let (paging, filter) = (asked(paging)?, asked(filter)?);
    let (limit, before) = (paging.limit(), paging.before()?);
    let only_status = filter.only_status()?.filter(|_| before.is_none());
    let filter = match filter.parsed()? {
        Some(asked) if only_status.is_none() => Some(asked.resolved(&app).await?),
        _ => None,
    };
    of_topic(&app, Topic::Overview, &headers, move |reader| {
        let length = limit.unwrap_or(PAGE_LENGTH_MAX);
        Ok(Some(match (only_status, filter) {
            (Some(status), _) => {
                let (seq, tasks) = reader.tasks_in(status, length)?;
                let before = None;
                (seq, TaskList::new(TaskPage { tasks, before }, None))
            }
            (None, Some(filter)) => {
                let (seq, fitting) = reader.tasks_fitting(&filter, length, before.as_ref())?;
                (seq, TaskList::new(fitting.page, Some(fitting.total)))
            }
            (None, None) => {
                let (seq, page) = reader.tasks(limit, before.as_ref())?;
                (seq, TaskList::new(page, None))
            }
        }))
    })
    .await
}

#[derive(Serialize)]
struct TaskView {
    task: Task,
    timeline: Vec<Event>,
    sessions: Vec<Session>,
    children: Vec<Task>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
}

/// Which part of a timeline.
#[derive(Deserialize)]
pub(crate) struct Part {
    limit: Option<usize>,
    /// A place, or `event:` and the id of an event: what came before it.
    before: Option<String>,
    /// Nothing that came later.
    until: Option<Timestamp>,
    /// Cut texts longer than this many bytes.
    cut: Option<usize>,
}

/// Where a page of a timeline ends.
enum End {
    Newest,
    Place(Cursor),
    Event(EventId),
}

impl Part {
    fn end(&self) -> Result<End, ApiError> {
        let Some(before) = &self.before else {
            return Ok(self.until.map_or(End::Newest, |until| {
                let (at, row) = (until.as_millis(), String::new());
                End::Place(Cursor { at, row })
            }));
        };
        if let Some(id) = before.strip_prefix("event:") {
            return Ok(End::Event(EventId::new(id)));
        }
        let place = before.parse();
        place
            .map(End::Place)
            .map_err(|why: &str| ApiError::invalid(format!("before {why}")))
    }
}

impl End {
    /// As a place. An event that is gone leaves none to go on from.
    fn cursor(self, reader: &dyn Read) -> Result<Option<Cursor>, StoreError> {
        match self {
            Self::Newest => Ok(None),
            Self::Place(cursor) => Ok(Some(cursor)),
            Self::Event(id) => reader.event_cursor(&id),
        }
    }
}

/// `GET /api/tasks/:taskId[?limit&before&until&cut]`: with `limit` a page of the timeline, without it
/// all of it, streamed.
pub(crate) async fn task(
    State(app): State<App>,
    InPath(id): InPath,
    headers: HeaderMap,
    query: Result<Query<Part>, QueryRejection>,
) -> Result<Response, ApiError> {
    let part = asked(query)?;
    let id = TaskId::new(id);
    let Some(limit) = part.limit else {
        return timeline::stream(&app, id, &headers).await;
    };
    let (limit, end, cut) = (limit.clamp(1, PAGE_LENGTH_MAX), part.end()?, part.cut);
    of_topic(&app, Topic::Task(id.clone()), &headers, move |reader| {
        let before = end.cursor(reader)?;
        let page = reader.timeline(&id, limit, before.as_ref())?;
        Ok(page.map(|(seq, detail, events)| (seq, view(detail, events, cut))))
    })
    .await
}

fn view(detail: TaskDetail, events: EventPage, cut: Option<usize>) -> TaskView {
    let mut timeline = events.events;
    if let Some(bytes_max) = cut {
        for event in &mut timeline {
            cut_event(event, bytes_max);
        }
    }
    TaskView {
        task: detail.task,
        timeline,
        sessions: detail.sessions,
        children: detail.children,
        before: events.before.map(|cursor| cursor.to_string()),
    }
}

/// `GET /api/tasks/:taskId/observability`.
pub(crate) async fn task_observability(
    State(app): State<App>,
    InPath(id): InPath,
) -> Result<Response, ApiError> {
    let id = TaskId::new(id);
    let read = app.read(move |reader| read_of(reader).observability(&id, clock::now()));
    let (seq, observability) = read.await?.ok_or(Rejection::TaskNotFound)?;
    let model = json!({ "observability": observability });
    Ok(Answer::new(&app, seq, model).into_response())
}
