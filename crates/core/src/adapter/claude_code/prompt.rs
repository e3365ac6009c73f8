//! Prompts: a person's words, and what the agent's own program puts in between.

use serde_json::{Value, json};

use crate::adapter::payload::Payload;
use crate::adapter::text;
use crate::report::What;

/// How Claude Code tells the model that background work ended: as a prompt.
const NOTIFICATION: &str = "<task-notification>";

pub(super) fn submitted(mut payload: Payload) -> What {
    let text = payload.take_text("prompt").unwrap_or_default();
    let by_person = !text.trim_start().starts_with(NOTIFICATION);
    let mode = payload.take("permission_mode");
    let mut metadata = payload.rest();
    if mode.is_string() {
        metadata.insert("permissionMode".to_owned(), mode);
    }
    if !by_person {
        metadata.insert("taskNotification".to_owned(), notification(&text));
    }
    let title = title(&text, by_person);
    What::Prompted {
        text,
        by_person,
        title,
        metadata,
    }
}

fn title(text: &str, by_person: bool) -> String {
    if by_person {
        return text::first_line(text).unwrap_or_else(|| "Empty prompt".to_owned());
    }
    let summary = text::head_element(text, "summary").and_then(text::first_line);
    summary.unwrap_or_else(|| "Background task reported".to_owned())
}

/// The fields of a notification that say which work it was and how it ended.
fn notification(text: &str) -> Value {
    let fields = [
        ("taskId", "task-id"),
        ("toolUseId", "tool-use-id"),
        ("status", "status"),
    ];
    let mut found = json!({});
    for (key, tag) in fields {
        if let Some(value) = text::head_element(text, tag) {
            found[key] = value.into();
        }
    }
    if let Some(result) = text::element(text, "result") {
        found["result"] = result.into();
    }
    found
}
