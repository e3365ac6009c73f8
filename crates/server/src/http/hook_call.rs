use std::sync::Arc;

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::command::Command;
use agent_tracer_core::redact::{Redactor, Removed};
use agent_tracer_core::report::{AgentReport, Delivery};
use agent_tracer_core::usage::of_hook;
use axum::http::StatusCode;
use serde_json::Value;

use super::error::ApiError;
use super::lenient;
use crate::compression;
use crate::envelope::Envelope;

/// A hook call, however it came, and what is needed to understand its payload.
pub(crate) struct HookCall {
    pub envelope: Envelope,
    pub redactor: Arc<Redactor>,
    /// Whether secrets were taken out of it when it was kept.
    pub was_redacted: bool,
}

impl HookCall {
    /// What it asks for. Secrets go first: nothing behind this line ever sees one.
    pub(crate) fn command(self, payload: &[u8]) -> Result<Command, ApiError> {
        let mut payload = read(payload)?;
        let removed = self.redact(&mut payload);
        // Written anew, never the bytes that came: a field that stands twice in them is read once.
        let raw = compression::compressed(payload.to_string().as_bytes());
        let usage = of_hook(&self.envelope.agent, &payload)
            .into_iter()
            .collect();
        let mut reports = reports(&self.envelope, payload)?;
        for report in &mut reports {
            report.note_removed(&removed);
        }
        Ok(Command::Report(Box::new(Delivery {
            id: self.envelope.delivery,
            sent_at: self.envelope.sent_at,
            process: self.envelope.process,
            reports,
            usage,
            raw,
            ..Delivery::default()
        })))
    }

    fn redact(&self, payload: &mut Value) -> Removed {
        let removed = self.redactor.redact(payload);
        if self.was_redacted {
            self.redactor.removed_from(payload)
        } else {
            removed
        }
    }
}

/// A payload without its secrets. Nothing if it is one that nobody would take.
pub fn redacted(payload: &[u8], redactor: &Redactor) -> Option<Vec<u8>> {
    let mut payload = read(payload).ok()?;
    redactor.redact(&mut payload);
    Some(payload.to_string().into_bytes())
}

/// The agent's own id of the session that a hook call comes from.
pub(crate) fn session_of(envelope: &Envelope, payload: &[u8]) -> Option<String> {
    let first = reports(envelope, read(payload).ok()?)
        .ok()?
        .into_iter()
        .next();
    first.map(|report| report.runtime_session_id)
}

fn read(payload: &[u8]) -> Result<Value, ApiError> {
    lenient::read(payload)
        .map_err(|error| ApiError::invalid(format!("the payload is not JSON: {error}")))
}

fn reports(envelope: &Envelope, payload: Value) -> Result<Vec<AgentReport>, ApiError> {
    agent(envelope)?
        .reports(envelope.event.as_deref(), payload)
        .map_err(|error| ApiError::invalid(error.to_string()))
}

/// The agent whose hook call it is.
pub(super) fn agent(envelope: &Envelope) -> Result<Agent, ApiError> {
    Agent::of_source(&envelope.agent).ok_or_else(|| unknown(&envelope.agent))
}

fn unknown(agent: &str) -> ApiError {
    let known = Agent::ALL.map(Agent::source).join(", ");
    let message = format!("no agent is known as {agent}: known are {known}");
    ApiError::new(StatusCode::NOT_FOUND, "unknown_agent", message)
}
