//! Notes: hooks that are one event and no more.

use super::payload::Payload;
use super::text;
use crate::entity::Metadata;
use crate::report::What;
use crate::vocabulary::{EventKind, Lane};

/// A note without a text of its own.
pub(in crate::adapter) fn saved(lane: Lane, title: &str, metadata: Metadata) -> What {
    What::Noted {
        kind: EventKind::ContextSaved,
        lane,
        title: text::label(title),
        body: None,
        metadata,
    }
}

/// The context is about to be compacted, or was; `summary` is what is left of it.
pub(in crate::adapter) fn compaction(
    title: &str,
    phase: &str,
    summary: Option<String>,
    mut metadata: Metadata,
) -> What {
    metadata.insert("compactEvent".to_owned(), true.into());
    metadata.insert("compactPhase".to_owned(), phase.into());
    let how = metadata
        .get("trigger")
        .and_then(|trigger| trigger.as_str())
        .map(|trigger| format!(" ({trigger})"))
        .unwrap_or_default();
    What::Noted {
        kind: EventKind::ContextSaved,
        lane: Lane::Planning,
        title: text::label(&format!("{title}{how}")),
        body: summary,
        metadata,
    }
}

/// A hook that nobody knows: the whole payload is kept.
pub(in crate::adapter) fn unknown(hook: &str, payload: Payload) -> What {
    let title = match payload.hook_name() {
        Some(_) => format!("Unknown hook: {hook}"),
        None => "Unknown hook without a name".to_owned(),
    };
    let metadata = [("raw".to_owned(), payload.into_raw())];
    saved(Lane::Planning, &title, metadata.into_iter().collect())
}
