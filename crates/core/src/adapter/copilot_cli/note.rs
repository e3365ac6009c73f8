//! Notifications, errors and compaction.

use serde_json::{Value, json};

use crate::adapter::payload::Payload;
use crate::adapter::{note, read, text};
use crate::report::What;
use crate::vocabulary::{EventKind, Lane};

/// The notification that means that a person is asked for permission.
const ASKS: &str = "permission_prompt";

pub(super) fn notification(mut payload: Payload) -> What {
    let message = payload.take_text("message");
    let kind = payload.text("notification_type").unwrap_or_default();
    let (asks, talks) = (kind == ASKS, kind.starts_with("elicitation"));
    let first = message.as_deref().and_then(text::first_line);
    let title = first.or_else(|| payload.text("title").and_then(text::first_line));
    let title = title.unwrap_or_else(|| "Notification".to_owned());
    if asks {
        // It does not say about which call.
        return What::PermissionAsked {
            tool_name: String::new(),
            input: Value::Null,
            title,
            metadata: payload.rest(),
        };
    }
    What::Noted {
        kind: EventKind::ContextSaved,
        lane: if talks {
            Lane::Questions
        } else {
            Lane::Coordination
        },
        title,
        body: message,
        metadata: payload.rest(),
    }
}

/// An error that Copilot met, each time it tries again.
pub(super) fn error(mut payload: Payload) -> What {
    let error = payload.take("error");
    let message = read::text(&error, "message").or_else(|| error.as_str());
    let title = message.map_or_else(|| "Error".to_owned(), |said| format!("Error: {said}"));
    let body = message.map(str::to_owned);
    let mut metadata = payload.rest();
    metadata.insert("failed".to_owned(), json!(true));
    if read::says_something(&error) {
        metadata.insert("error".to_owned(), error);
    }
    What::Noted {
        kind: EventKind::ContextSaved,
        lane: Lane::Planning,
        title: text::label(&title),
        body,
        metadata,
    }
}

pub(super) fn compacting(payload: Payload) -> What {
    note::compaction("Compacting the context", "before", None, payload.rest())
}
