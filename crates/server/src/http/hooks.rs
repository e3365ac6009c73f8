use std::sync::Arc;

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::command::Command;
use agent_tracer_core::redact::Redactor;
use agent_tracer_core::report::Delivery;
use agent_tracer_core::usage::of_hook;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{self, INGEST_BYTES_MAX};
use super::error::ApiError;
use super::lenient;
use super::path::InPath;
use crate::compression;
use crate::state::App;

/// Names the process that the agent runs in; see [`crate::process_name`].
const PROCESS: &str = "x-agent-tracer-process";
/// Longer words of the sender say nothing.
const WORD_BYTES_MAX: usize = 128;
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
) -> Result<Json<Value>, ApiError> {
    let agent = Agent::of_source(&agent).ok_or_else(|| unknown(&agent))?;
    let taken = body::read(&app.committer, body, INGEST_BYTES_MAX).await?;
    let hook = Hook {
        agent,
        event: registered.event,
        redactor: Arc::clone(&app.redactor),
    };
    let delivery = Delivery {
        process: word(&headers, PROCESS),
        ..understood(hook, taken.bytes).await?
    };
    app.committer
        .commit(Command::Report(Box::new(delivery)), taken.place)
        .await?;
    Ok(Json(json!({})))
}

/// What is needed to understand a payload.
struct Hook {
    agent: Agent,
    event: Option<String>,
    redactor: Arc<Redactor>,
}

/// Understands a payload; a large one away from the threads that serve connections.
async fn understood(hook: Hook, bytes: Bytes) -> Result<Delivery, ApiError> {
    if bytes.len() < LARGE_BYTES {
        return hook.delivery(&bytes);
    }
    let work = tokio::task::spawn_blocking(move || hook.delivery(&bytes));
    work.await
        .unwrap_or_else(|panicked| std::panic::resume_unwind(panicked.into_panic()))
}

impl Hook {
    /// Secrets go first: nothing behind this line ever sees one.
    fn delivery(&self, bytes: &[u8]) -> Result<Delivery, ApiError> {
        let mut payload = lenient::read(bytes)
            .map_err(|error| ApiError::invalid(format!("the payload is not JSON: {error}")))?;
        let removed = self.redactor.redact(&mut payload);
        // Written anew, never the bytes that came: a field that stands twice in them is read once.
        let raw = compression::compressed(payload.to_string().as_bytes());
        let usage = of_hook(self.agent.source(), &payload).into_iter().collect();
        let mut reports = self
            .agent
            .reports(self.event.as_deref(), payload)
            .map_err(|error| ApiError::invalid(error.to_string()))?;
        for report in &mut reports {
            report.note_removed(&removed);
        }
        Ok(Delivery {
            reports,
            usage,
            raw,
            ..Delivery::default()
        })
    }
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
