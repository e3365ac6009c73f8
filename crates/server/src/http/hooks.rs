use agent_tracer_core::adapter::claude_code;
use agent_tracer_core::command::Command;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::body::{self, INGEST_BYTES_MAX};
use super::error::ApiError;
use super::lenient;
use super::path::InPath;
use crate::state::App;

/// `POST /hooks/:agent`: a raw hook payload, as the agent sends it.
///
/// The answer is an empty object: agents read what a hook answers, and must find nothing in it.
pub(crate) async fn take(
    State(app): State<App>,
    InPath(agent): InPath,
    body: Body,
) -> Result<Json<Value>, ApiError> {
    if agent != claude_code::SOURCE {
        let message = format!(
            "no agent is known as {agent}: known is {}",
            claude_code::SOURCE
        );
        return Err(ApiError::new(
            StatusCode::NOT_FOUND,
            "unknown_agent",
            message,
        ));
    }
    let taken = body::read(&app.committer, body, INGEST_BYTES_MAX).await?;
    let payload = lenient::read(&taken.bytes)
        .map_err(|error| ApiError::invalid(format!("the payload is not JSON: {error}")))?;
    let report =
        claude_code::report(payload).map_err(|error| ApiError::invalid(error.to_string()))?;
    app.committer
        .commit(Command::Report(Box::new(report)), taken.place)
        .await?;
    Ok(Json(json!({})))
}
