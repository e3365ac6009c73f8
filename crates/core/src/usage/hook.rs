//! Usage that hooks tell of.

use serde_json::Value;

use super::read::{count, micros, owned, text};
use super::record::{MessageKey, Tokens, UsageOrigin, UsageRecord};
use crate::time::Timestamp;

/// What a hook's payload says of usage, if anything. Of the agents known, only `OpenCode` tells it
/// there: again and again while an answer comes, with its final counts last.
pub fn of_hook(source: &str, payload: &Value) -> Option<UsageRecord> {
    if source != "opencode" {
        return None;
    }
    let event = payload.get("event").unwrap_or(payload);
    let message = event.pointer("/properties/info")?;
    let tells =
        text(event, "/type")? == "message.updated" && text(message, "/role")? == "assistant";
    of_message(source, message).filter(|record| tells && record.tokens.all() > 0)
}

fn of_message(source: &str, message: &Value) -> Option<UsageRecord> {
    let reasoning = count(message, "/tokens/reasoning");
    let completed = message.pointer("/time/completed");
    let at = completed.or_else(|| message.pointer("/time/created"));
    Some(UsageRecord {
        source: source.to_owned(),
        runtime_session_id: owned(message, "/sessionID")?,
        subagent: None,
        prompt_id: owned(message, "/parentID"),
        key: MessageKey::Named(owned(message, "/id")?),
        origin: UsageOrigin::Hook,
        model: owned(message, "/modelID").unwrap_or_default(),
        at: at.and_then(Value::as_i64).map(Timestamp::from_millis),
        tokens: Tokens {
            input: count(message, "/tokens/input"),
            cache_read: count(message, "/tokens/cache/read"),
            cache_creation: count(message, "/tokens/cache/write"),
            // Here output is what is no reasoning.
            output: count(message, "/tokens/output") + reasoning,
            cache_creation_1h: 0,
            reasoning,
        },
        reported_cost_micros: message.get("cost").and_then(Value::as_f64).map(micros),
    })
}
