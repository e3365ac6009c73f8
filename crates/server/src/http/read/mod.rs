//! The routes that look.

mod answer;
mod cut;
mod evaluation;
mod filter;
mod history;
mod overview;
mod payloads;
mod task;
mod text;
mod timeline;
mod trash;
mod usage;
mod workspaces;

use agent_tracer_core::ids::{EventId, TaskId};
use agent_tracer_core::wire::follow::Topic;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) use cut::cut_event;
pub(crate) use evaluation::evaluation;
pub(crate) use history::history;
pub(crate) use overview::{overview, overview_observability};
pub(crate) use payloads::payloads;
pub(crate) use task::{task, task_observability, tasks};
pub(crate) use text::text;
pub(crate) use trash::{finished, trash};
pub(crate) use usage::{task_usage, usage};
pub(crate) use workspaces::workspaces;

use answer::of_topic;

use super::error::ApiError;
use super::page;
use super::path::InPath;
use crate::state::App;

/// `GET /health`: that it lives, what it is, whether it can store (`storage`: `ok` or `full`), and
/// which page it serves: an open one that is another finds out that way.
pub(crate) async fn health(State(app): State<App>) -> Json<Value> {
    let storage = if app.committer.is_full() {
        "full"
    } else {
        "ok"
    };
    Json(
        json!({ "ok": true, "name": "agent-tracer", "version": env!("CARGO_PKG_VERSION"), "storage": storage, "page": page::name() }),
    )
}

#[derive(Deserialize)]
pub(crate) struct Cut {
    /// Cut texts longer than this many bytes.
    cut: Option<usize>,
}

/// `GET /api/events/:eventId[?cut]`: the event, whole unless said.
pub(crate) async fn event(
    State(app): State<App>,
    InPath(id): InPath,
    query: Result<Query<Cut>, QueryRejection>,
) -> Result<Json<Value>, ApiError> {
    let cut = asked(query)?.cut;
    let event = app
        .read(move |reader| read_of(reader).event(&EventId::new(id)))
        .await?;
    let mut event = event.ok_or(agent_tracer_core::command::Rejection::EventNotFound)?;
    if let Some(bytes_max) = cut {
        cut_event(&mut event, bytes_max);
    }
    Ok(Json(json!({ "event": event })))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OfTask {
    task_id: Option<String>,
}

/// `GET /api/bookmarks[?taskId=]`.
pub(crate) async fn bookmarks(
    State(app): State<App>,
    headers: HeaderMap,
    query: Result<Query<OfTask>, QueryRejection>,
) -> Result<Response, ApiError> {
    let task = asked(query)?.task_id.map(TaskId::new);
    of_topic(&app, Topic::Bookmarks, &headers, move |reader| {
        let (seq, kept) = reader.bookmarks(task.as_ref())?;
        let (bookmarks, evaluations) = (kept.bookmarks, kept.evaluations);
        Ok(Some((
            seq,
            json!({ "bookmarks": bookmarks, "evaluations": evaluations }),
        )))
    })
    .await
}

/// The parameters of a query, or what is wrong with them.
fn asked<T>(query: Result<Query<T>, QueryRejection>) -> Result<T, ApiError> {
    let Query(asked) = query.map_err(|error| ApiError::invalid(error.body_text()))?;
    Ok(asked)
}

/// The reader as what the store promises of it.
fn read_of(reader: &agent_tracer_store::Reader) -> &dyn agent_tracer_store::Read {
    reader
}
