use agent_tracer_core::command::{Command, Reply};
use agent_tracer_core::ids::{BookmarkId, EventId, TaskId};
use agent_tracer_core::wire::request::{self, PostRoute};
use axum::Json;
use axum::body::Body;
use axum::extract::State;

use super::body::{self, INGEST_BYTES_MAX, OTHER_BYTES_MAX};
use super::error::ApiError;
use super::path::InPath;
use crate::state::App;

type Answer = Result<Json<Reply>, ApiError>;

/// Every `POST` route of the contract.
pub(crate) async fn post(route: &PostRoute, State(app): State<App>, body: Body) -> Answer {
    let bytes_max = if route.brings_events() {
        INGEST_BYTES_MAX
    } else {
        OTHER_BYTES_MAX
    };
    let bytes = body::read(body, bytes_max).await?;
    commit(&app, route.command(&bytes)?, bytes.len()).await
}

/// `PATCH /api/tasks/:taskId`.
pub(crate) async fn update_task(
    State(app): State<App>,
    InPath(task): InPath,
    body: Body,
) -> Answer {
    let bytes = body::read(body, OTHER_BYTES_MAX).await?;
    commit(
        &app,
        request::update_task(TaskId::new(task), &bytes)?,
        bytes.len(),
    )
    .await
}

/// `DELETE /api/tasks/:taskId`.
pub(crate) async fn delete_task(State(app): State<App>, InPath(task): InPath) -> Answer {
    commit(&app, Command::DeleteTask(TaskId::new(task)), 0).await
}

/// `DELETE /api/tasks/finished`.
pub(crate) async fn delete_finished(State(app): State<App>) -> Answer {
    commit(&app, Command::DeleteFinishedTasks, 0).await
}

/// `PATCH /api/events/:eventId`.
pub(crate) async fn rename_event(
    State(app): State<App>,
    InPath(event): InPath,
    body: Body,
) -> Answer {
    let bytes = body::read(body, OTHER_BYTES_MAX).await?;
    commit(
        &app,
        request::rename_event(EventId::new(event), &bytes)?,
        bytes.len(),
    )
    .await
}

/// `DELETE /api/bookmarks/:bookmarkId`.
pub(crate) async fn delete_bookmark(State(app): State<App>, InPath(bookmark): InPath) -> Answer {
    commit(&app, Command::DeleteBookmark(BookmarkId::new(bookmark)), 0).await
}

async fn commit(app: &App, command: Command, bytes: usize) -> Answer {
    Ok(Json(app.committer.commit(command, bytes).await?))
}
