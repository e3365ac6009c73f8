use agent_tracer_core::adapter::Agent;
use agent_tracer_core::command::Command;
use agent_tracer_core::report::Delivery;
use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{self, INGEST_BYTES_MAX};
use super::error::ApiError;
use super::lenient;
use super::path::InPath;
use crate::state::App;

/// Names the process that the agent runs in; see [`crate::process_name`].
const PROCESS: &str = "x-agent-tracer-process";
/// Longer words of the sender say nothing.
const WORD_BYTES_MAX: usize = 128;

/// What may stand after the path.
#[derive(Deserialize)]
pub(crate) struct Registered {
    /// The hook that the payload was registered for.
    event: Option<String>,
}

/// `POST /hooks/:agent[?event=NAME]`: a raw hook payload, as the agent sends it.
///
/// The answer is an empty object: agents read what a hook answers, and must find nothing in it.
pub(crate) async fn take(
    State(app): State<App>,
    InPath(agent): InPath,
    Query(registered): Query<Registered>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Value>, ApiError> {
    let agent = Agent::of_source(&agent).ok_or_else(|| unknown(&agent))?;
    let taken = body::read(&app.committer, body, INGEST_BYTES_MAX).await?;
    let payload = lenient::read(&taken.bytes)
        .map_err(|error| ApiError::invalid(format!("the payload is not JSON: {error}")))?;
    let reports = agent
        .reports(registered.event.as_deref(), payload)
        .map_err(|error| ApiError::invalid(error.to_string()))?;
    let delivery = Delivery {
        process: word(&headers, PROCESS),
        reports,
        ..Delivery::default()
    };
    app.committer
        .commit(Command::Report(Box::new(delivery)), taken.place)
        .await?;
    Ok(Json(json!({})))
}

/// What a header says, if it says anything.
fn word(headers: &HeaderMap, name: &str) -> Option<String> {
    let word = headers.get(name)?.to_str().ok()?.trim();
    (!word.is_empty() && word.len() <= WORD_BYTES_MAX).then(|| word.to_owned())
}

fn unknown(agent: &str) -> ApiError {
    let known = Agent::ALL.map(Agent::source).join(", ");
    let message = format!("no agent is known as {agent}: known are {known}");
    ApiError::new(StatusCode::NOT_FOUND, "unknown_agent", message)
}
