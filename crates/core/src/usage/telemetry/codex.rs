use super::{Signal, SignalKind};
use crate::usage::record::{MessageKey, Tokens, UsageOrigin, UsageRecord};

/// The end of an answer. Of two records of it, one has the counts. Neither names the answer.
pub(super) fn usage(signal: &Signal) -> Option<UsageRecord> {
    let told = &signal.attributes;
    let completed = told.text("event.kind") == Some("response.completed");
    if signal.kind != SignalKind::Log || signal.name != "codex.sse_event" || !completed {
        return None;
    }
    told.number("input_token_count")?;
    let session = told.owned("conversation.id")?;
    let at = told.time("event.timestamp").or(signal.at);
    let tokens = Tokens {
        input: told.count("input_token_count"),
        cache_read: told.count("cached_token_count"),
        cache_creation: told.count("cache_write_token_count"),
        output: told.count("output_token_count"),
        cache_creation_1h: 0,
        reasoning: told.count("reasoning_token_count"),
    };
    Some(UsageRecord {
        source: "codex".to_owned(),
        subagent: None,
        prompt_id: None,
        key: MessageKey::Derived(format!("{session}:{at:?}:{tokens:?}")),
        runtime_session_id: session,
        origin: UsageOrigin::Otlp,
        model: told.owned("model").unwrap_or_default(),
        at,
        tokens: tokens.with_inclusive_input(),
        reported_cost_micros: None,
    })
}
