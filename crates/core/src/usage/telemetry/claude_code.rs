use super::{RequestFailure, Signal, SignalKind};
use crate::time::Timestamp;
use crate::usage::record::{MessageKey, Tokens, UsageOrigin, UsageRecord};

const SOURCE: &str = "claude-code";

/// The log record of a request, and the span of it, which has no cost: both name the request.
pub(super) fn usage(signal: &Signal) -> Option<UsageRecord> {
    let known = match signal.kind {
        SignalKind::Log => "claude_code.api_request",
        SignalKind::Span => "claude_code.llm_request",
        SignalKind::Point { .. } => return None,
    };
    if signal.name != known {
        return None;
    }
    let told = &signal.attributes;
    let session = told.owned("session.id")?;
    let at = told.time("event.timestamp").or(signal.at);
    let tokens = Tokens {
        input: told.count("input_tokens"),
        cache_read: told.count("cache_read_tokens"),
        cache_creation: told.count("cache_creation_tokens"),
        output: told.count("output_tokens"),
        cache_creation_1h: told.count("cache_creation_1h_tokens"),
        reasoning: 0,
    };
    Some(UsageRecord {
        source: SOURCE.to_owned(),
        subagent: told.owned("agent_id"),
        prompt_id: told.owned("prompt.id"),
        key: match told.owned("request_id") {
            Some(request) => MessageKey::Named(request),
            None => MessageKey::Derived(format!("{session}:{at:?}:{tokens:?}")),
        },
        runtime_session_id: session,
        origin: UsageOrigin::Otlp,
        model: told.owned("model").unwrap_or_default(),
        at,
        tokens,
        reported_cost_micros: told.number("cost_usd_micros"),
    })
}

/// A request that failed; the agent tries again by itself, and no hook says so.
pub(super) fn failure(signal: &Signal) -> Option<RequestFailure> {
    if signal.kind != SignalKind::Log || signal.name != "claude_code.api_error" {
        return None;
    }
    let told = &signal.attributes;
    let at = told.time("event.timestamp").or(signal.at);
    let number = told.word("event.sequence").unwrap_or_default();
    Some(RequestFailure {
        source: SOURCE.to_owned(),
        runtime_session_id: told.owned("session.id")?,
        subagent: told.owned("agent_id"),
        prompt_id: told.owned("prompt.id"),
        key: format!("{number}:{}", at.map_or(0, Timestamp::as_millis)),
        attempt: told.number("attempt"),
        status: told.word("status_code"),
        error: told.owned("error"),
        model: told.owned("model"),
    })
}
