//! What the fields of Copilot's payloads are called, in both of their shapes.

use serde_json::{Map, Value};

use crate::adapter::payload::{Payload, Words};
use crate::time::Timestamp;

pub(super) const WORDS: Words = Words {
    agent: super::AGENT_NAME,
    session: "session_id",
    hook: "hook_event_name",
    common: COMMON,
    known: KNOWN,
    renamed: RENAMED,
};

const COMMON: &[&str] = &[
    "session_id",
    "timestamp",
    "cwd",
    "hook_event_name",
    "transcript_path",
    "traceparent",
    "tracestate",
    "agent_id",
    "parent_agent_id",
    "permission_suggestions",
    // The prompt that the agent was started with comes as a prompt too.
    "initial_prompt",
];

const KNOWN: &[&str] = &[
    "model",
    "stop_reason",
    "stop_hook_active",
    "notification_type",
    "agent_name",
    "agent_display_name",
    "agent_description",
    "error_context",
    "recoverable",
    "trigger",
    "custom_instructions",
];

const RENAMED: &[(&str, &str)] = &[("title", "notificationTitle"), ("source", "hookSource")];

/// The names that a field has in the one shape and in the other.
const SHAPES: &[(&str, &str)] = &[
    ("sessionId", "session_id"),
    ("hookName", "hook_event_name"),
    ("toolName", "tool_name"),
    ("toolArgs", "tool_input"),
    ("toolInput", "tool_input"),
    ("toolResult", "tool_result"),
    ("initialPrompt", "initial_prompt"),
    ("transcriptPath", "transcript_path"),
    ("stopReason", "stop_reason"),
    ("agentId", "agent_id"),
    ("parentAgentId", "parent_agent_id"),
    ("agentName", "agent_name"),
    ("agentDisplayName", "agent_display_name"),
    ("agentDescription", "agent_description"),
    ("errorContext", "error_context"),
    ("customInstructions", "custom_instructions"),
    ("permissionSuggestions", "permission_suggestions"),
    ("notificationType", "notification_type"),
];

/// A payload with the names of one shape, whichever it came in. Fields that nobody knows keep
/// theirs.
pub(super) fn in_one_shape(payload: Value) -> Value {
    let Value::Object(fields) = payload else {
        return payload;
    };
    let mut named = Map::new();
    for (key, value) in fields {
        let name = SHAPES.iter().find(|(other, _)| *other == key);
        let name = name.map_or(key, |(_, name)| (*name).to_owned());
        named.entry(name).or_insert(value);
    }
    Value::Object(named)
}

/// When it happened: in milliseconds since 1970, or as a date.
pub(super) fn time(payload: &Payload) -> Option<Timestamp> {
    match payload.get("timestamp") {
        Value::Number(millis) => millis.as_i64().map(Timestamp::from_millis),
        Value::String(date) => date.parse().ok(),
        _ => None,
    }
}

/// What tells one event from another: its hook, its time to the millisecond, and what it is about.
/// `None` without a time: then two equal payloads may be two events.
///
/// Two calls that begin in the same millisecond and equal each other are taken for one until they
/// end.
pub(super) fn event_id(hook: &str, payload: &Payload) -> Option<String> {
    const ABOUT: &[&str] = &["tool_name", "tool_input", "prompt", "message", "error"];
    Some(payload.event_id(hook, time(payload)?, ABOUT))
}
