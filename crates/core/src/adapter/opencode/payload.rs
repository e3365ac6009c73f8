use serde_json::Value;

use crate::adapter::{PayloadError, read, text};
use crate::time::Timestamp;

/// The hook that carries the events of the bus.
const BUS: &str = "event";

/// Where a payload may name its session, from the best place to the worst.
const SESSION: &[&str] = &[
    "/event/properties/sessionID",
    "/event/properties/info/sessionID",
    "/event/properties/part/sessionID",
    "/event/properties/info/id",
    "/input/sessionID",
    "/output/message/sessionID",
];

/// Where a payload may name the folder that its session works in.
const FOLDER: &[&str] = &[
    "/event/properties/info/directory",
    "/event/properties/info/path/cwd",
    "/directory",
];

/// What is of no use without a session. Anything else without one is about the whole program.
const OF_A_SESSION: &[&str] = &["chat.", "message.", "permission.", "tool.execute."];

/// A payload of a session: certainly an object that names one, and nothing else is certain.
pub(super) struct Payload {
    value: Value,
    kind: String,
    session: String,
}

impl Payload {
    /// `event` is the hook it was registered for, in case it does not say. `None`: it is about the
    /// whole program (its plugins, its models, the files it watches), and so about no session.
    pub(super) fn new(value: Value, event: Option<&str>) -> Result<Option<Self>, PayloadError> {
        if !value.is_object() {
            return Err(PayloadError::NotAnObject {
                agent: super::AGENT_NAME,
                found: read::type_name(&value),
            });
        }
        let kind = kind(&value, event);
        let session = SESSION.iter().find_map(|place| text_at(&value, place));
        if let Some(session) = session.map(str::to_owned) {
            let kind = kind.unwrap_or_else(|| "unknown".to_owned());
            return Ok(Some(Self {
                value,
                kind,
                session,
            }));
        }
        match kind {
            Some(kind) if !OF_A_SESSION.iter().any(|prefix| kind.starts_with(prefix)) => Ok(None),
            _ => Err(PayloadError::NoSession {
                agent: super::AGENT_NAME,
                field: "sessionID",
            }),
        }
    }

    /// The hook, or the type of the event that the bus carried.
    pub(super) fn kind(&self) -> &str {
        &self.kind
    }

    pub(super) fn session_id(&self) -> &str {
        &self.session
    }

    pub(super) fn folder(&self) -> Option<String> {
        let folder = FOLDER.iter().find_map(|place| text_at(&self.value, place));
        folder.map(str::to_owned)
    }

    /// The event's own id.
    pub(super) fn event_id(&self) -> Option<String> {
        self.text("/event/id").map(str::to_owned)
    }

    /// What is at a place, if it is text and not blank.
    pub(super) fn text(&self, place: &str) -> Option<&str> {
        text_at(&self.value, place)
    }

    /// What is at a place, `null` if nothing is.
    pub(super) fn at(&self, place: &str) -> &Value {
        self.value.pointer(place).unwrap_or(&Value::Null)
    }

    /// The time at a place, in milliseconds since 1970.
    pub(super) fn time(&self, place: &str) -> Option<Timestamp> {
        self.at(place).as_i64().map(Timestamp::from_millis)
    }

    /// Moves out what is at a place, `null` if nothing is.
    pub(super) fn take(&mut self, place: &str) -> Value {
        self.value
            .pointer_mut(place)
            .map(Value::take)
            .unwrap_or_default()
    }

    /// The whole payload, as it came.
    pub(super) fn into_raw(self) -> Value {
        self.value
    }
}

fn kind(value: &Value, event: Option<&str>) -> Option<String> {
    let hook = read::text(value, "hook").or(event);
    let kind = match hook {
        Some(BUS) | None => text_at(value, "/event/type").or(hook),
        hook => hook,
    };
    kind.and_then(text::first_line)
}

fn text_at<'a>(value: &'a Value, place: &str) -> Option<&'a str> {
    let text = value.pointer(place)?.as_str()?;
    (!text.trim().is_empty()).then_some(text)
}
