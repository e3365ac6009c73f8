//! Private keys as text: `-----BEGIN … PRIVATE KEY-----` and what follows.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::removed::Removed;
use super::span::Span;
use super::{kinds, marker};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";
/// The longest name between the dashes.
const NAME_MAX: usize = 60;
/// How far behind its beginning a key's first line ends: some have headers before it.
const HEADERS_MAX: usize = 600;
/// The longest key.
const KEY_MAX: usize = 64 << 10;

/// The first line of a key's body, behind its headers and whatever a program puts before a line:
/// its number, the sign of a diff, an escape. A program that only speaks of keys has none.
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    let lead = r#"[\s\d→|+>:;,"'\\nr-]{0,40}"#;
    let header = r"(?:Proc-Type|DEK-Info|Version|Comment|Charset|Hash)[^\n\\]{0,200}";
    Regex::new(&format!(
        "^(?:{lead}(?:{header})?){{1,6}}[A-Za-z0-9+/]{{40}}"
    ))
    .unwrap_or_else(|error| panic!("the body of a key: {error}"))
});

pub(super) fn find(text: &str, spans: &mut Vec<Span<'_>>) {
    let mut done = 0;
    for (start, _) in text.match_indices(BEGIN) {
        if start < done {
            continue;
        }
        if let Some(end) = end_of_key(text, start) {
            spans.push(Span::new(start..end, kinds::PRIVATE_KEY));
            done = end;
        }
    }
}

/// Takes keys out of a list of lines, as diffs have them: there no text holds a whole key. The list
/// stays as long: the marker stands in the first line of a key, and its others are empty.
pub(super) fn take_from_lines(items: &mut [Value], removed: &mut Removed) {
    if !items.iter().any(|item| line(item).contains(BEGIN)) {
        return;
    }
    let joined = items.iter().map(line).collect::<Vec<_>>().join("\n");
    let mut spans = Vec::new();
    find(&joined, &mut spans);
    for span in &spans {
        removed.add(span.kind);
    }
    let mut start = 0;
    for item in items {
        let all = start..start + line(item).len();
        start = all.end + 1;
        if let Some(left) = without(&joined, &all, &spans) {
            *item = left.into();
        }
    }
}

/// A line without what belongs to a key, if anything does.
fn without(joined: &str, all: &Range<usize>, spans: &[Span<'_>]) -> Option<String> {
    let (mut left, mut kept) = (String::new(), all.start);
    for span in spans {
        let (from, to) = (span.range.start.max(all.start), span.range.end.min(all.end));
        if from < to {
            left.push_str(&joined[kept..from]);
            if from == span.range.start {
                marker::push_removed(&mut left, span.kind);
            }
            kept = to;
        }
    }
    left.push_str(&joined[kept..all.end]);
    (kept > all.start).then_some(left)
}

fn line(item: &Value) -> &str {
    item.as_str().unwrap_or_default()
}

fn end_of_key(text: &str, start: usize) -> Option<usize> {
    let name_start = start + BEGIN.len();
    let name = &text[name_start..floor(text, name_start + NAME_MAX)];
    let name = name.split(DASHES).next()?;
    if !name.contains("PRIVATE KEY") {
        return None;
    }
    let body_start = name_start + name.len() + DASHES.len();
    let first = text.get(body_start..floor(text, body_start + HEADERS_MAX))?;
    if !BODY.is_match(first) {
        return None;
    }
    // A key that was cut off goes on as far as the text does.
    let body = &text[body_start..floor(text, body_start + KEY_MAX)];
    let Some(end) = body.find(END) else {
        return Some(body_start + body.len());
    };
    let after = body_start + end + END.len();
    let closing = &text[after..floor(text, after + NAME_MAX)];
    let closing = closing
        .find(DASHES)
        .map_or(0, |dashes| dashes + DASHES.len());
    Some(after + closing)
}

/// The nearest boundary of a character at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default()
}
