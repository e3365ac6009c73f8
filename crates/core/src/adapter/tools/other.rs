//! Tools that nobody here knows.

use serde_json::Value;

use super::sketch::Sketch;
use crate::adapter::{read, text};
use crate::vocabulary::{EventKind, Lane};

/// Input fields that say in a few words what a call is about, the best first.
const HINTS: &[&str] = &[
    "description",
    "title",
    "summary",
    "name",
    "query",
    "path",
    "file_path",
    "url",
    "message",
];

/// A call by its name, and the most telling words of its input.
pub(in crate::adapter) fn any(tool: &str, input: &Value) -> Sketch {
    let hint = hint(input).and_then(text::first_line);
    let title = hint.map_or_else(|| tool.to_owned(), |hint| format!("{tool}: {hint}"));
    Sketch::new(EventKind::ToolUsed, Lane::Implementation, &title)
}

/// The most telling text of an input, if it has one.
pub(in crate::adapter) fn hint(input: &Value) -> Option<&str> {
    HINTS.iter().find_map(|key| read::text(input, key))
}
