//! A body of JSON: its texts, and what the names of its fields say about them.

use serde_json::{Map, Value};

use super::named::is_secret;
use super::policy::Policy;
use super::removed::Removed;
use super::secret_name::{Secret, secret};
use super::span::{self, Span};
use super::value::{self, Written};
use super::{env_file, keys, kinds, pairs, private_key, text};

/// What agents call the ids that events are joined by. The patterns of the owner do not touch them:
/// without its session an event has no place.
const IDS: &[&str] = &[
    "session_id",
    "sessionId",
    "sessionID",
    "parentID",
    "messageID",
    "callID",
    "id",
    "agent_id",
    "agentId",
    "parentAgentId",
    "prompt_id",
    "turn_id",
    "tool_use_id",
    "thread-id",
    "turn-id",
    "hook_event_name",
    "taskId",
    "eventId",
    "messageId",
    "parentTaskId",
    "parentSessionId",
    "parentEventId",
    "backgroundTaskId",
    "sourceEventId",
    "relatedEventIds",
    "runtimeSessionId",
    "asyncTaskId",
    "questionId",
    "todoId",
];

/// What agents call the input of a tool. It is judged by itself, never by the output beside it: it
/// must come out the same before and after the call.
const INPUTS: &[&str] = &[
    "tool_input",
    "toolInput",
    "toolArgs",
    "input",
    "args",
    "arguments",
];

/// What agents call the path of a file.
const PATHS: &[&str] = &[
    "file_path",
    "filePath",
    "filepath",
    "path",
    "absolute_path",
    "notebook_path",
    "relative_path",
];

/// What agents call the content of a file, or a part of it.
const CONTENTS: &[&str] = &[
    "content",
    "contents",
    "old_string",
    "new_string",
    "oldString",
    "newString",
    "old_str",
    "new_str",
    "originalFile",
    "originalContent",
    "newContent",
    "text",
    "insert_text",
    "file_text",
    "lines",
    "structuredPatch",
    "patch",
    "diff",
    "fileDiff",
    "gitDiff",
];

pub(super) fn redact(policy: &Policy, body: &mut Value, removed: &mut Removed) {
    let mut walk = Walk {
        policy,
        removed,
        names_env_files: any_text(body, env_file::may_name),
    };
    walk.value(body, Place::default());
}

/// Where in a body a value is.
#[derive(Clone, Copy, Default)]
struct Place {
    /// What the name of the field says of it.
    secret: Option<Secret>,
    is_id: bool,
    env: Env,
    /// Whether the field holds the content of a file.
    is_content: bool,
}

/// How a part of a body is about a `.env` file.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Env {
    #[default]
    Not,
    /// It names one.
    Named,
    /// It is about one alone.
    File,
}

struct Walk<'a> {
    policy: &'a Policy,
    removed: &'a mut Removed,
    /// Whether it is worth looking for them: hardly a payload does name one.
    names_env_files: bool,
}

impl Walk<'_> {
    fn value(&mut self, value: &mut Value, place: Place) {
        match value {
            Value::String(text) => self.text(text, place),
            Value::Array(items) => {
                private_key::take_from_lines(items, self.removed);
                for item in items {
                    self.value(item, place);
                }
            }
            Value::Object(fields) => self.object(fields, place),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn object(&mut self, fields: &mut Map<String, Value>, place: Place) {
        let env = self.env_of(fields, place.env);
        // An attribute of OpenTelemetry: its name is a value.
        let attribute = fields.get("key").and_then(Value::as_str).and_then(secret);
        for (key, value) in fields {
            let is_input = INPUTS.contains(&key.as_str());
            let place = Place {
                secret: match key.as_str() {
                    "value" => attribute,
                    "stringValue" => place.secret,
                    _ => secret(key),
                },
                is_id: IDS.contains(&key.as_str()),
                env: if is_input {
                    self.env_of_input(value)
                } else {
                    env
                },
                is_content: CONTENTS.contains(&key.as_str()),
            };
            self.value(value, place);
        }
    }

    fn env_of(&self, fields: &Map<String, Value>, around: Env) -> Env {
        if !self.names_env_files || around == Env::File {
            return around;
        }
        let paths = PATHS.iter().filter_map(|key| fields.get(*key)?.as_str());
        if paths.into_iter().any(env_file::is_path) {
            return Env::File;
        }
        if fields
            .values()
            .any(|value| any_text(value, env_file::is_named))
        {
            return Env::Named;
        }
        around
    }

    fn env_of_input(&self, input: &Value) -> Env {
        if self.names_env_files && any_text(input, env_file::is_named) {
            Env::Named
        } else {
            Env::Not
        }
    }

    fn text(&mut self, text: &mut String, place: Place) {
        if place.is_id && is_id(text) {
            return;
        }
        if let Some(span) = place.secret.and_then(|secret| whole(secret, text)) {
            *text = span::replaced(text, &[span], self.removed);
        }
        let more = |text: &str, spans: &mut Vec<Span<'_>>| match place.env {
            Env::Not => {}
            Env::File if place.is_content => env_file::contents(text, spans),
            Env::Named | Env::File => env_file::assignments(text, spans),
        };
        let redacted = text::redact_with(self.policy, text, self.removed, more);
        if let std::borrow::Cow::Owned(redacted) = redacted {
            *text = redacted;
        }
    }
}

fn any_text(value: &Value, is: fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => is(text),
        Value::Array(items) => items.iter().any(|item| any_text(item, is)),
        Value::Object(fields) => fields.values().any(|value| any_text(value, is)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// One short word that is no key.
fn is_id(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte);
    text.len() <= 128 && text.bytes().all(fits) && keys::at(text, 0).is_none()
}

/// The secret in a field that is named like one: what a person or program put there by itself needs
/// to look less like one than what stands in the middle of a text.
fn whole(secret: Secret, text: &str) -> Option<Span<'static>> {
    let all = 0..text.len();
    let is_one = match secret {
        Secret::Password => value::is_whole(text, 4),
        Secret::Token(kinds::TOKEN) => is_secret(secret, text, Written::Quoted),
        Secret::Token(_) => value::is_whole(text, 8) && !text.contains(' '),
        Secret::Cookie => value::is_whole(text, 8),
        Secret::Authorization => {
            let credentials = pairs::credentials(text, all.clone());
            return credentials.map(|range| Span::new(range, secret.kind()));
        }
    };
    is_one.then(|| Span::new(all, secret.kind()))
}
