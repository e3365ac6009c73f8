//! What OTLP says of usage: log records, spans and points of metrics, whatever they came in.
//!
//! Agents send hundreds of records of their inner workings; the few that tell of usage are known
//! by name, and everything else is left out.

mod attributes;
mod claude_code;
mod codex;
mod copilot_cli;
mod gemini_cli;
mod json;
mod metric;

pub use attributes::Attributes;
pub use json::{NotOtlp, signals_of_json};

use super::record::UsageRecord;
use crate::time::Timestamp;

/// One record of OTLP.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    /// What sort it is.
    pub kind: SignalKind,
    /// Its name: of a log record the event's, or its body where that is a name.
    pub name: String,
    /// When it happened: of a span its end.
    pub at: Option<Timestamp>,
    /// Its own attributes.
    pub attributes: Attributes,
}

/// The sorts of records.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SignalKind {
    /// A log record.
    Log,
    /// A span.
    Span,
    /// A point of a sum.
    Point {
        /// The sum.
        value: f64,
        /// Since when it sums.
        began_at: Option<Timestamp>,
        /// What a point says of those before it.
        temporality: Temporality,
    },
}

/// What a delivery of OTLP holds: the path it is sent to says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Export {
    /// `/v1/logs`
    Logs,
    /// `/v1/metrics`
    Metrics,
    /// `/v1/traces`
    Traces,
}

/// The records of a delivery.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signals {
    /// Those that could be read. Of metrics only points of sums that say what they mean for those
    /// before them.
    pub read: Vec<Signal>,
    /// How many could not.
    pub rejected: usize,
}

/// What a point of a sum says of those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temporality {
    /// It goes on where the last one ended: points add up.
    Delta,
    /// It holds all of them: the newest counts.
    Cumulative,
}

impl Temporality {
    /// The one of the number that OTLP has for it.
    pub fn of_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Delta),
            2 => Some(Self::Cumulative),
            _ => None,
        }
    }
}

/// A time in billionths of a second; 0 is none.
pub fn time_of_nanos(nanos: u64) -> Option<Timestamp> {
    let millis = i64::try_from(nanos / 1_000_000).ok()?;
    Some(millis)
        .filter(|millis| *millis > 0)
        .map(Timestamp::from_millis)
}

/// What a delivery of OTLP tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Telemetry {
    /// Usage, each answer once per signal that told it.
    pub usage: Vec<UsageRecord>,
    /// Requests that failed. An agent that goes on trying tells nobody else.
    pub failures: Vec<RequestFailure>,
}

/// A request to a model that failed.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestFailure {
    /// The agent.
    pub source: String,
    /// The agent's own session id.
    pub runtime_session_id: String,
    /// The agent's id of the subagent that asked, if one did.
    pub subagent: Option<String>,
    /// The agent's id of the prompt it was for, if it says.
    pub prompt_id: Option<String>,
    /// What tells it from other failures of the session.
    pub key: String,
    /// How often it was tried by then, if the agent says.
    pub attempt: Option<i64>,
    /// The status that the model's server answered with, if it answered.
    pub status: Option<String>,
    /// What went wrong, in the agent's words.
    pub error: Option<String>,
    /// The model.
    pub model: Option<String>,
}

/// Understands records. Those that tell nothing are left out.
pub fn telemetry(signals: &[Signal]) -> Telemetry {
    let told = |signal| {
        claude_code::usage(signal)
            .or_else(|| codex::usage(signal))
            .or_else(|| gemini_cli::usage(signal))
            .or_else(|| copilot_cli::usage(signal))
    };
    let mut usage: Vec<_> = signals.iter().filter_map(told).collect();
    usage.retain(|record| record.tokens.all() > 0);
    usage.extend(metric::usage(signals));
    let failures = signals.iter().filter_map(claude_code::failure).collect();
    Telemetry { usage, failures }
}

/// The name of a log record. Agents put it into the body or into an attribute; a body that is a
/// text for people is none.
pub fn log_name(body: Option<&str>, attributes: &Attributes) -> String {
    let own = body.filter(|body| body.starts_with("claude_code."));
    let named = own.or_else(|| attributes.text("event.name"));
    named.unwrap_or_default().to_owned()
}

impl Telemetry {
    /// How many things it tells.
    pub fn len(&self) -> usize {
        self.usage.len() + self.failures.len()
    }

    /// Whether it tells nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
