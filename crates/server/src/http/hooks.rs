use std::sync::Arc;

use agent_tracer_core::command::Command;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{self, INGEST_BYTES_MAX};
use super::error::ApiError;
use super::hook_call::{HookCall, agent};
use super::path::InPath;
use crate::envelope::{self, DELIVERY_HEADER, Envelope, PROCESS_HEADER, SENT_AT_HEADER};
use crate::state::App;

/// A payload that takes longer than a request may hold up its neighbours.
const LARGE_BYTES: usize = 128 << 10;

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
    let call = HookCall {
        envelope,
        redactor: Arc::clone(&app.redactor),
        was_redacted: false,
    };
    let command = understood(call, taken.bytes).await?;
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

/// Understands a payload; a large one away from the threads that serve connections.
async fn understood(call: HookCall, payload: Bytes) -> Result<Command, ApiError> {
    if payload.len() < LARGE_BYTES {
        return call.command(&payload);
    }
    let work = tokio::task::spawn_blocking(move || call.command(&payload));
    work.await
        .unwrap_or_else(|panicked| std::panic::resume_unwind(panicked.into_panic()))
}
