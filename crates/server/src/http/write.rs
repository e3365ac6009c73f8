use agent_tracer_core::command::{Command, Reply};
use agent_tracer_core::ids::{BookmarkId, EventId, TaskId};
use agent_tracer_core::wire::request::{self, PostRoute};
use axum::Json;
use axum::body::Body;
use axum::extract::State;

use super::body::{self, INGEST_BYTES_MAX, OTHER_BYTES_MAX};
use super::error::ApiError;
use super::finished::Finished;
use super::path::InPath;
use crate::commit::Place;
use crate::state::App;

type Answer = Result<Json<Reply>, ApiError>;

/// Every `POST` route of the contract.
pub(crate) async fn post(route: &PostRoute, State(app): State<App>, body: Body) -> Answer {
    let bytes_max = if route.brings_events() {
        INGEST_BYTES_MAX
    } else {
        OTHER_BYTES_MAX
    };
    let taken = body::read(&app.committer, body, bytes_max).await?;
    commit(
        &app,
        route.command(&taken.bytes, &app.redactor)?,
        taken.place,
    )
    .await
}

/// `PATCH /api/tasks/:taskId`.
pub(crate) async fn update_task(
    State(app): State<App>,
    InPath(task): InPath,
    body: Body,
) -> Answer {
    let taken = body::read(&app.committer, body, OTHER_BYTES_MAX).await?;
    let command = request::update_task(TaskId::new(task), &taken.bytes, &app.redactor)?;
    commit(&app, command, taken.place).await
}

/// `POST /api/tasks/:taskId/evaluate`.
pub(crate) async fn evaluate_task(
    State(app): State<App>,
    InPath(task): InPath,
    body: Body,
) -> Answer {
    let taken = body::read(&app.committer, body, OTHER_BYTES_MAX).await?;
    let command = request::evaluate_task(TaskId::new(task), &taken.bytes, &app.redactor)?;
    commit(&app, command, taken.place).await
}

/// `DELETE /api/tasks/:taskId`.
pub(crate) async fn delete_task(State(app): State<App>, InPath(task): InPath) -> Answer {
    commit_bare(&app, Command::DeleteTask(TaskId::new(task))).await
}

/// `DELETE /api/tasks/finished[?before=]`.
pub(crate) async fn delete_finished(State(app): State<App>, finished: Finished) -> Answer {
    commit_bare(&app, Command::DeleteFinishedTasks(finished.before)).await
}

/// `POST /api/tasks/:taskId/restore`.
pub(crate) async fn restore_task(State(app): State<App>, InPath(task): InPath) -> Answer {
    commit_bare(&app, Command::RestoreTasks(vec![TaskId::new(task)])).await
}

/// `POST /api/tasks/restore`.
pub(crate) async fn restore_tasks(State(app): State<App>, body: Body) -> Answer {
    // However many tasks went at once, their ids fit.
    let taken = body::read(&app.committer, body, INGEST_BYTES_MAX).await?;
    let command = request::restore_tasks(&taken.bytes, &app.redactor)?;
    commit(&app, command, taken.place).await
}

/// `PATCH /api/events/:eventId`.
pub(crate) async fn rename_event(
    State(app): State<App>,
    InPath(event): InPath,
    body: Body,
) -> Answer {
    let taken = body::read(&app.committer, body, OTHER_BYTES_MAX).await?;
    let command = request::rename_event(EventId::new(event), &taken.bytes, &app.redactor)?;
    commit(&app, command, taken.place).await
}

/// `DELETE /api/bookmarks/:bookmarkId`.
pub(crate) async fn delete_bookmark(State(app): State<App>, InPath(bookmark): InPath) -> Answer {
    commit_bare(&app, Command::DeleteBookmark(BookmarkId::new(bookmark))).await
}

/// Commits what came without a body.
async fn commit_bare(app: &App, command: Command) -> Answer {
    let place = app.committer.reserve(0)?;
    commit(app, command, place).await
}

async fn commit(app: &App, command: Command, place: Place) -> Answer {
    Ok(Json(app.committer.commit(command, place).await?))
}
