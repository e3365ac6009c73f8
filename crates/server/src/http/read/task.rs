use agent_tracer_core::command::Rejection;
use agent_tracer_core::entity::{Event, Session, Task};
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::vocabulary::{TaskStatus, Words as _};
use agent_tracer_store::{Cursor, StoreError, TaskPage};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

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
    query: Result<Query<Paging>, QueryRejection>,
) -> Result<Response, ApiError> {
    let paging = asked(query)?;
    let (limit, before) = (paging.limit(), paging.before()?);
    if let Some(status) = paging.status()? {
        let limit = limit.unwrap_or(PAGE_LENGTH_MAX);
        let read = app.read(move |reader| read_of(reader).tasks_in(status, limit));
        let (tasks, before) = (read.await?, None);
        return Ok(Json(TaskList { tasks, before }).into_response());
    }
    let (_, page) = app
        .read(move |reader| read_of(reader).tasks(limit, before.as_ref()))
        .await?;
    let TaskPage { tasks, before } = page;
    let before = before.map(|cursor| cursor.to_string());
    Ok(Json(TaskList { tasks, before }).into_response())
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
    query: Result<Query<Paging>, QueryRejection>,
) -> Result<Response, ApiError> {
    let paging = asked(query)?;
    let id = TaskId::new(id);
    let Some(limit) = paging.limit() else {
        return timeline::stream(&app, id).await;
    };
    let before = paging.before()?;
    let read = app.read(move |reader| page(read_of(reader), &id, limit, before.as_ref()));
    let mut view = read.await?.ok_or(Rejection::TaskNotFound)?;
    if let Some(bytes_max) = paging.cut {
        view.timeline
            .iter_mut()
            .for_each(|event| cut_event(event, bytes_max));
    }
    Ok(Json(view).into_response())
}

fn page(
    reader: &dyn agent_tracer_store::Read,
    id: &TaskId,
    limit: usize,
    before: Option<&Cursor>,
) -> Result<Option<TaskView>, StoreError> {
    let Some((_, detail)) = reader.task(id)? else {
        return Ok(None);
    };
    let events = reader.timeline(id, limit, before)?;
    Ok(Some(TaskView {
        task: detail.task,
        timeline: events.events,
        sessions: detail.sessions,
        children: detail.children,
        before: events.before.map(|cursor| cursor.to_string()),
    }))
}

/// `GET /api/tasks/:taskId/observability`.
pub(crate) async fn task_observability(
    State(app): State<App>,
    InPath(id): InPath,
) -> Result<Json<Value>, ApiError> {
    let id = TaskId::new(id);
    let read = app.read(move |reader| read_of(reader).observability(&id, clock::now()));
    let observability = read.await?.ok_or(Rejection::TaskNotFound)?;
    Ok(Json(json!({ "observability": observability })))
}
