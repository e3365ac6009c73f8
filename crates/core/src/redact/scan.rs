//! The one pass over a text that finds where secrets may begin.

use std::sync::LazyLock;

use regex::Regex;

use super::span::Span;
use super::{keys, named};

/// One expression for all of them: a text is read once, however many formats there are.
static BEGINNINGS: LazyLock<Regex> = LazyLock::new(|| {
    let expression = format!("(?-u){}|{}", keys::beginnings(), named::beginnings());
    Regex::new(&expression).unwrap_or_else(|error| panic!("where secrets begin: {error}"))
});

/// Keys that show what they are, and values that are named like secrets.
pub(super) fn find(text: &str, spans: &mut Vec<Span<'_>>) {
    let mut at = 0;
    while let Some(found) = BEGINNINGS.find_at(text, at) {
        let key = keys::at(text, found.start());
        at = key.as_ref().map_or(found.start() + 1, |key| key.range.end);
        spans.extend(key.or_else(|| named::at(text, found.range())));
    }
}
