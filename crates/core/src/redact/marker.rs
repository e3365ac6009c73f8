//! What stands where something was.

use std::ops::Range;

use serde_json::Value;

use super::policy::Policy;
use super::removed::Removed;
use super::span::Span;
use super::{key_formats, kinds};

const REMOVED: &str = "[removed: ";
const NOT_KEPT: &str = "[not kept: ";
/// No name in a marker is longer: the owner's have up to 60 characters.
const NAME_BYTES_MAX: usize = 241;

/// Why a text is not kept.
pub(super) const PROMPTS_OFF: &str = "prompts are switched off";
pub(super) const OUTPUT_OFF: &str = "tool output is switched off";

pub(super) fn push_removed(text: &mut String, kind: &str) {
    text.push_str(REMOVED);
    text.push_str(kind);
    text.push(']');
}

pub(super) fn not_kept(reason: &str) -> String {
    format!("{NOT_KEPT}{reason}]")
}

/// Takes the markers out of what was found: what lies within one is a word of ours, and what
/// overlaps one takes it with it, so that no half of a marker stays.
pub(super) fn spare<'k>(policy: &Policy, text: &str, spans: Vec<Span<'k>>) -> Vec<Span<'k>> {
    let markers = ranges(policy, text);
    let spans = spans.into_iter();
    spans.filter_map(|span| beside(&markers, span)).collect()
}

fn beside<'k>(markers: &[Range<usize>], mut span: Span<'k>) -> Option<Span<'k>> {
    let first = markers.partition_point(|marker| marker.end <= span.range.start);
    for marker in markers.get(first..).unwrap_or_default() {
        if marker.start >= span.range.end {
            break;
        }
        if marker.start <= span.range.start && span.range.end <= marker.end {
            return None;
        }
        span.range = span.range.start.min(marker.start)..span.range.end.max(marker.end);
    }
    Some(span)
}

/// Where markers stand in a text. Only what could be ours is one: nothing hides behind a bracket.
fn ranges(policy: &Policy, text: &str) -> Vec<Range<usize>> {
    let places = text.match_indices('[');
    let marker = |start: usize| {
        let rest = text.get(start..)?;
        let length = removal(policy, rest).map(|kind| REMOVED.len() + kind.len());
        let length = length.or_else(|| Some(NOT_KEPT.len() + omission(rest)?.len()))?;
        Some(start..start + length + 1)
    };
    places.filter_map(|(start, _)| marker(start)).collect()
}

/// What a marker at the beginning of `text` says was removed.
fn removal<'t>(policy: &Policy, text: &'t str) -> Option<&'t str> {
    until_bracket(text.strip_prefix(REMOVED)?).filter(|kind| is_kind(policy, kind))
}

/// Why a marker at the beginning of `text` says that something is not kept.
fn omission(text: &str) -> Option<&str> {
    let reason = until_bracket(text.strip_prefix(NOT_KEPT)?)?;
    (reason == PROMPTS_OFF || reason == OUTPUT_OFF).then_some(reason)
}

fn until_bracket(text: &str) -> Option<&str> {
    let mut bytes = text.bytes().take(NAME_BYTES_MAX);
    text.get(..bytes.position(|byte| byte == b']')?)
}

fn is_kind(policy: &Policy, name: &str) -> bool {
    let of_format = || {
        key_formats::FORMATS
            .iter()
            .any(|format| format.kind == name)
    };
    let of_owner = || policy.patterns.iter().any(|pattern| pattern.name() == name);
    kinds::ALL.contains(&name) || of_format() || of_owner()
}

/// Counts the markers of removals in all the texts of a body.
pub(super) fn count(policy: &Policy, body: &Value, removed: &mut Removed) {
    match body {
        Value::String(text) => {
            let places = text
                .match_indices('[')
                .filter_map(|(start, _)| text.get(start..));
            places
                .filter_map(|rest| removal(policy, rest))
                .for_each(|kind| removed.add(kind));
        }
        Value::Array(items) => items.iter().for_each(|item| count(policy, item, removed)),
        Value::Object(fields) => {
            for value in fields.values() {
                count(policy, value, removed);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
