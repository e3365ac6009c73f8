use super::{Signal, SignalKind};
use crate::usage::record::{MessageKey, Tokens, UsageOrigin, UsageRecord};

/// An answer. It is told in the words of the conventions too, without what was cached: left out.
pub(super) fn usage(signal: &Signal) -> Option<UsageRecord> {
    if signal.kind != SignalKind::Log || signal.name != "gemini_cli.api_response" {
        return None;
    }
    let told = &signal.attributes;
    let session = told.owned("session.id")?;
    let at = told.time("event.timestamp").or(signal.at);
    let thoughts = told.count("thoughts_token_count");
    let tokens = Tokens {
        input: told.count("input_token_count"),
        cache_read: told.count("cached_content_token_count"),
        cache_creation: 0,
        output: told.count("output_token_count") + thoughts,
        cache_creation_1h: 0,
        reasoning: thoughts,
    };
    let mut tokens = tokens.with_inclusive_input();
    tokens.input += told.count("tool_token_count");
    Some(UsageRecord {
        source: "gemini-cli".to_owned(),
        subagent: None,
        prompt_id: told.owned("prompt_id"),
        key: MessageKey::Derived(format!("{session}:{at:?}:{tokens:?}")),
        runtime_session_id: session,
        origin: UsageOrigin::Otlp,
        model: told.owned("model").unwrap_or_default(),
        at,
        tokens,
        reported_cost_micros: None,
    })
}
