use agent_tracer_core::command::Rejection;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::time::Timestamp;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;

use super::answer::Answer;
use super::{asked, read_of};
use crate::clock;
use crate::http::error::ApiError;
use crate::http::path::InPath;
use crate::state::App;

/// How many days are told unless said, today's among them.
const DAYS: i64 = 30;

/// `GET /api/tasks/:taskId/usage`
pub(crate) async fn task_usage(
    State(app): State<App>,
    InPath(id): InPath,
) -> Result<Response, ApiError> {
    let id = TaskId::new(id);
    let read = app.read(move |reader| read_of(reader).task_usage(&id));
    let (seq, usage) = read.await?.ok_or(Rejection::TaskNotFound)?;
    Ok(Answer::new(&app, seq, json!({ "usage": usage })).into_response())
}

/// Days of UTC, as `2026-11-25`; both are told.
#[derive(Deserialize)]
pub(crate) struct Days {
    from: Option<String>,
    to: Option<String>,
}

/// `GET /api/usage[?from&to]`: by day, the last thirty days unless said.
pub(crate) async fn usage(
    State(app): State<App>,
    query: Result<Query<Days>, QueryRejection>,
) -> Result<Response, ApiError> {
    let days = asked(query)?;
    let today = clock::now().hour() / 24;
    let to = day(days.to.as_deref(), "to")?.unwrap_or(today);
    let from = day(days.from.as_deref(), "from")?.unwrap_or(to - DAYS + 1);
    let hours = from * 24..=to * 24 + 23;
    let read = app.read(move |reader| read_of(reader).usage(hours));
    let (seq, usage) = read.await?;
    let model = json!({ "usage": usage, "telemetry": app.otlp.tally() });
    Ok(Answer::new(&app, seq, model).into_response())
}

/// A day, counted from 1970.
fn day(text: Option<&str>, name: &str) -> Result<Option<i64>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    let begin = format!("{text}T00:00:00Z").parse::<Timestamp>();
    let begin = begin
        .map_err(|_no_day| ApiError::invalid(format!("{name} must be a day, such as 2026-11-25")));
    begin.map(|begin| Some(begin.hour() / 24))
}
