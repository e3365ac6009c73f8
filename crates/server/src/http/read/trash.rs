use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::answer::Answer;
use super::read_of;
use crate::clock;
use crate::http::error::ApiError;
use crate::http::finished::Finished;
use crate::state::App;

/// `GET /api/tasks/finished[?before=]`: what deleting them would delete.
pub(crate) async fn finished(
    State(app): State<App>,
    finished: Finished,
) -> Result<Response, ApiError> {
    let read = app.read(move |reader| read_of(reader).finished(finished.before));
    let (seq, preview) = read.await?;
    Ok(Answer::new(&app, seq, preview).into_response())
}

/// `GET /api/trash`: the deleted tasks that can still be restored.
pub(crate) async fn trash(State(app): State<App>) -> Result<Response, ApiError> {
    let read = app.read(|reader| read_of(reader).trash(clock::now()));
    let (seq, tasks) = read.await?;
    Ok(Answer::new(&app, seq, json!({ "tasks": tasks })).into_response())
}
