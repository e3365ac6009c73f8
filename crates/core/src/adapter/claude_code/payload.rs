use serde_json::{Map, Value};

use crate::adapter::PayloadError;
use crate::adapter::{read, text};
use crate::entity::Metadata;

/// Fields that every payload repeats and that have their place in the report itself, or none.
const COMMON: &[&str] = &[
    "session_id",
    "transcript_path",
    "cwd",
    "hook_event_name",
    "prompt_id",
    "permission_mode",
    "effort",
    "agent_id",
    "agent_type",
];

/// Fields of single events that become metadata of the same name in camel case.
const KNOWN: &[&str] = &[
    "model",
    "session_title",
    "seconds_since_last_response",
    "context_tokens",
    "prompt_cache_likely_expired",
    "estimated_cache_write_usd",
    "expansion_type",
    "command_name",
    "command_args",
    "command_source",
    "duration_ms",
    "permission_suggestions",
    "reason",
    "notification_type",
    "stop_hook_active",
    "background_tasks",
    "session_crons",
    "error_details",
    "agent_transcript_path",
    "trigger",
    "custom_instructions",
    "task_description",
    "teammate_name",
    "team_name",
    "memory_type",
    "load_reason",
    "parent_file_path",
    "trigger_file_path",
    "globs",
    "old_cwd",
    "new_cwd",
    "directory",
    "name",
    "worktree_path",
    "from_model",
    "to_model",
    "requested_model",
    "prompt_cache_warm",
    "cache_ttl",
    "mcp_server_name",
    "mode",
    "url",
    "elicitation_id",
    "requested_schema",
    "content",
    "turn_id",
    "message_id",
    "index",
    "final",
];

/// Fields whose plain name would mean something else among metadata.
const RENAMED: &[(&str, &str)] = &[
    ("action", "elicitationAction"),
    ("event", "fileEvent"),
    ("title", "notificationTitle"),
    ("source", "hookSource"),
];

/// A hook payload: certainly an object that names a session, and nothing else is certain.
pub(super) struct Payload(Value);

/// Where a payload names its hook.
const HOOK: &str = "hook_event_name";

impl Payload {
    /// `event` is the hook it was registered for, in case it does not say.
    pub(super) fn new(mut value: Value, event: Option<&str>) -> Result<Self, PayloadError> {
        if !value.is_object() {
            return Err(PayloadError::NotAnObject {
                agent: super::AGENT_NAME,
                found: read::type_name(&value),
            });
        }
        read::text(&value, "session_id").ok_or(PayloadError::NoSession {
            agent: super::AGENT_NAME,
            field: "session_id",
        })?;
        if let Some(event) = event
            && read::text(&value, HOOK).is_none()
        {
            value[HOOK] = event.into();
        }
        Ok(Self(value))
    }

    pub(super) fn session_id(&self) -> &str {
        self.text("session_id").unwrap_or_default()
    }

    /// The name of the hook; `unknown` when it has none.
    pub(super) fn hook_event(&self) -> String {
        let name = self.text(HOOK).and_then(text::first_line);
        name.unwrap_or_else(|| "unknown".to_owned())
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        read::text(&self.0, key)
    }

    pub(super) fn word(&self, key: &str) -> Option<String> {
        read::word(&self.0, key)
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        read::flag(&self.0, key)
    }

    /// Moves a value out; `null` if there is none.
    pub(super) fn take(&mut self, key: &str) -> Value {
        self.0.get_mut(key).map(Value::take).unwrap_or_default()
    }

    /// Moves a text out, if there is one and it is not blank. Leaves anything else where it is.
    pub(super) fn take_text(&mut self, key: &str) -> Option<String> {
        self.text(key)?;
        read::into_text(self.take(key))
    }

    /// What was not taken, as metadata: the known fields under their names, the others as they
    /// are in `extra`, so that a field of a later version is kept and can never pass for one of
    /// ours (`displayTitle`, `filePaths`).
    pub(super) fn rest(self) -> Metadata {
        let (mut known, mut extra) = (Metadata::new(), Metadata::new());
        for (key, value) in self
            .into_fields()
            .into_iter()
            .filter(|(_, value)| says_something(value))
        {
            match metadata_key(&key) {
                Some(name) => known.insert(name, value),
                None if COMMON.contains(&key.as_str()) => None,
                None => extra.insert(key, value),
            };
        }
        if !extra.is_empty() {
            known.insert("extra".to_owned(), Value::Object(extra));
        }
        known
    }

    /// The whole payload, as it came.
    pub(super) fn into_raw(self) -> Value {
        self.0
    }

    fn into_fields(self) -> Map<String, Value> {
        match self.0 {
            Value::Object(fields) => fields,
            _ => Map::new(),
        }
    }
}

/// Whether a value is worth keeping: `false` and emptiness are what its absence says too.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(true) | Value::Number(_) => true,
    }
}

fn metadata_key(key: &str) -> Option<String> {
    if let Some((_, name)) = RENAMED.iter().find(|(from, _)| *from == key) {
        return Some((*name).to_owned());
    }
    KNOWN.contains(&key).then(|| camel_case(key))
}

fn camel_case(key: &str) -> String {
    let mut words = key.split('_');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(word.len().min(1));
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
    }
    name
}
