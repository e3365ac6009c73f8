use agent_tracer_core::adapter::Agent;
use agent_tracer_core::command::Command;
use agent_tracer_core::report::{AgentReport, Delivery};
use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{self, INGEST_BYTES_MAX};
use super::error::ApiError;
use super::lenient;
use super::path::InPath;
use crate::envelope::{self, DELIVERY_HEADER, Envelope, PROCESS_HEADER, SENT_AT_HEADER};
use crate::state::App;

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
) -> Response {
    let answer = match envelope(agent, registered, &headers) {
        Ok(envelope) => take_call(&app, envelope, body).await,
        Err(refusal) => Err(refusal),
    };
    let mut response = answer.into_response();
    if let Some(delivery) = headers.get(DELIVERY_HEADER) {
        let header = HeaderName::from_static(DELIVERY_HEADER);
        response.headers_mut().insert(header, delivery.clone());
    }
    response
}

async fn take_call(app: &App, envelope: Envelope, body: Body) -> Result<Json<Value>, ApiError> {
    agent(&envelope)?;
    let taken = body::read(&app.committer, body, INGEST_BYTES_MAX).await?;
    let command = hook_command(envelope, &taken.bytes)?;
    app.committer.commit(command, taken.place).await?;
    Ok(Json(json!({})))
}

fn envelope(
    agent: String,
    registered: Registered,
    headers: &HeaderMap,
) -> Result<Envelope, ApiError> {
    let text = |value: &HeaderValue| value.to_str().unwrap_or_default().to_owned();
    let delivery = headers.get(DELIVERY_HEADER).map(text);
    if !delivery.as_deref().is_none_or(envelope::is_delivery) {
        let message = format!("{DELIVERY_HEADER} must be 1 to 64 visible characters");
        return Err(ApiError::invalid(message));
    }
    let sent_at = headers.get(SENT_AT_HEADER).map(text);
    let process = headers.get(PROCESS_HEADER).map(text);
    Ok(Envelope {
        agent,
        event: registered.event,
        delivery,
        sent_at: sent_at.as_deref().and_then(envelope::time),
        process: process.as_deref().and_then(envelope::process),
    })
}

/// What a hook call asks for, however it came.
pub(crate) fn hook_command(envelope: Envelope, payload: &[u8]) -> Result<Command, ApiError> {
    let reports = reports(&envelope, payload)?;
    Ok(Command::Report(Box::new(Delivery {
        id: envelope.delivery,
        sent_at: envelope.sent_at,
        process: envelope.process,
        reports,
    })))
}

/// The agent's own id of the session that a hook call comes from.
pub(crate) fn session_of(envelope: &Envelope, payload: &[u8]) -> Option<String> {
    let first = reports(envelope, payload).ok()?.into_iter().next();
    first.map(|report| report.runtime_session_id)
}

fn reports(envelope: &Envelope, payload: &[u8]) -> Result<Vec<AgentReport>, ApiError> {
    let agent = agent(envelope)?;
    let payload = lenient::read(payload)
        .map_err(|error| ApiError::invalid(format!("the payload is not JSON: {error}")))?;
    agent
        .reports(envelope.event.as_deref(), payload)
        .map_err(|error| ApiError::invalid(error.to_string()))
}

fn agent(envelope: &Envelope) -> Result<Agent, ApiError> {
    Agent::of_source(&envelope.agent).ok_or_else(|| unknown(&envelope.agent))
}

fn unknown(agent: &str) -> ApiError {
    let known = Agent::ALL.map(Agent::source).join(", ");
    let message = format!("no agent is known as {agent}: known are {known}");
    ApiError::new(StatusCode::NOT_FOUND, "unknown_agent", message)
}
