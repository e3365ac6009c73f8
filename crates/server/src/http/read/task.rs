use agent_tracer_core::command::Rejection;
use agent_tracer_core::entity::{Event, Session, Task};
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::vocabulary::{TaskStatus, Words as _};
use agent_tracer_core::wire::follow::Topic;
use agent_tracer_store::{Cursor, EventPage, TaskDetail, TaskPage};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::answer::{Answer, of_topic};
use super::cut::cut_event;
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
    /// Only tasks in this state.
    status: Option<String>,
    /// Cut texts longer than this many bytes.
    cut: Option<usize>,
}

impl Paging {
    fn limit(&self) -> Option<usize> {
        self.limit.map(|limit| limit.clamp(1, PAGE_LENGTH_MAX))
    }

    fn status(&self) -> Result<Option<TaskStatus>, ApiError> {
        let Some(word) = &self.status else {
            return Ok(None);
        };
        let status = TaskStatus::parse(word);
        let words = TaskStatus::words().join(", ");
        let known =
            status.ok_or_else(|| ApiError::invalid(format!("status must be one of {words}")));
        known.map(Some)
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
}

/// `GET /api/tasks[?limit&before]`, or `[?status&limit]` for those in a state, without paging.
pub(crate) async fn tasks(
    State(app): State<App>,
    headers: HeaderMap,
    query: Result<Query<Paging>, QueryRejection>,
) -> Result<Response, ApiError> {
    let paging = asked(query)?;
    let (limit, before, status) = (paging.limit(), paging.before()?, paging.status()?);
    of_topic(&app, Topic::Overview, &headers, move |reader| {
        let (seq, page) = match status {
            Some(status) => {
                let limit = limit.unwrap_or(PAGE_LENGTH_MAX);
                let (seq, tasks) = reader.tasks_in(status, limit)?;
                (
                    seq,
                    TaskPage {
                        tasks,
                        before: None,
                    },
                )
            }
            None => reader.tasks(limit, before.as_ref())?,
        };
        let (tasks, before) = (page.tasks, page.before.map(|cursor| cursor.to_string()));
        Ok(Some((seq, TaskList { tasks, before })))
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

/// `GET /api/tasks/:taskId[?limit&before&cut]`: with `limit` a page of the timeline, without it all
/// of it, streamed.
pub(crate) async fn task(
    State(app): State<App>,
    InPath(id): InPath,
    headers: HeaderMap,
    query: Result<Query<Paging>, QueryRejection>,
) -> Result<Response, ApiError> {
    let paging = asked(query)?;
    let id = TaskId::new(id);
    let Some(limit) = paging.limit() else {
        return timeline::stream(&app, id, &headers).await;
    };
    let (before, cut) = (paging.before()?, paging.cut);
    of_topic(&app, Topic::Task(id.clone()), &headers, move |reader| {
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
