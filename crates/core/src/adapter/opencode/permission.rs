//! Permissions that `OpenCode` asks its person for. Each has an id that its answer comes back with.

use serde_json::{Value, json};

use super::Told;
use super::payload::Payload;
use crate::adapter::{read, text};
use crate::entity::Metadata;
use crate::report::What;

const REQUEST: &str = "/event/properties";

pub(super) fn asked(mut payload: Payload) -> Told {
    let id = payload.event_id();
    let request = payload.take(REQUEST);
    let request_id = read::word(&request, "id").unwrap_or_default();
    Told::from(What::PermissionRequested {
        request_id,
        title: title(&request),
        metadata: facts(&request),
    })
    .once(id)
}

/// What is asked for, in one line: what the request says itself, else the permission's name and
/// what it is for (a command, a path).
fn title(request: &Value) -> String {
    if let Some(title) = read::text(request, "title") {
        return text::label(&format!("Permission: {title}"));
    }
    let name = name(request).unwrap_or("do something");
    let first = patterns(request).first().copied();
    match (name, first) {
        ("bash", Some(command)) => text::label(&format!("Permission to run: {command}")),
        (name, Some(pattern)) => text::label(&format!("Permission to {name}: {pattern}")),
        (name, None) => text::label(&format!("Permission to {name}")),
    }
}

fn name(request: &Value) -> Option<&str> {
    ["permission", "action", "type"]
        .into_iter()
        .find_map(|key| read::text(request, key))
}

/// What the permission is for: a list, or a single text.
fn patterns(request: &Value) -> Vec<&str> {
    for key in ["patterns", "resources", "pattern"] {
        let listed: Vec<&str> = match request.get(key) {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            _ => read::text(request, key).into_iter().collect(),
        };
        if !listed.is_empty() {
            return listed;
        }
    }
    Vec::new()
}

fn facts(request: &Value) -> Metadata {
    let mut facts = Metadata::new();
    let call = read::text(request, "callID").or_else(|| request.pointer("/tool/callID")?.as_str());
    for (key, value) in [("toolName", name(request)), ("toolUseId", call)] {
        if let Some(value) = value {
            facts.insert(key.to_owned(), value.into());
        }
    }
    let patterns = patterns(request);
    if !patterns.is_empty() {
        facts.insert("patterns".to_owned(), json!(patterns));
    }
    if let Some(details) = request
        .get("metadata")
        .filter(|it| read::says_something(it))
    {
        facts.insert("details".to_owned(), details.clone());
    }
    facts
}

pub(super) fn replied(mut payload: Payload) -> Option<Told> {
    let id = payload.event_id();
    let reply = payload.take(REQUEST);
    let of = |keys: [&str; 2]| keys.into_iter().find_map(|key| read::text(&reply, key));
    let answer = of(["reply", "response"])?;
    let mut metadata = Metadata::new();
    metadata.insert("reply".to_owned(), answer.into());
    let told = Told::from(What::PermissionAnswered {
        request_id: of(["requestID", "permissionID"])?.to_owned(),
        granted: answer != "reject",
        metadata,
    });
    Some(told.once(id))
}
