//! One text: everything that finds secrets in it, and the text without them.

use std::borrow::Cow;

use super::ansi::Plain;
use super::policy::Policy;
use super::removed::Removed;
use super::span::{self, Span};
use super::{command_line, marker, private_key, scan, url};

/// The shortest key. A shorter word holds no secret: names of tools and hooks, most paths and ids.
const KEY_MIN: usize = 20;
/// The shortest private key: its beginning and one line.
const PRIVATE_KEY_MIN: usize = 64;
/// How often a text is looked through. What is beside a marker can become a secret by it; each
/// round leaves less, and in practice the second one finds nothing.
const ROUNDS_MAX: usize = 8;

pub(super) fn redact<'t>(policy: &Policy, text: &'t str, removed: &mut Removed) -> Cow<'t, str> {
    redact_with(policy, text, removed, |_, _| {})
}

/// The same, with one more way to find secrets.
pub(super) fn redact_with<'t>(
    policy: &Policy,
    text: &'t str,
    removed: &mut Removed,
    more: impl for<'s> Fn(&'s str, &mut Vec<Span<'_>>),
) -> Cow<'t, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..ROUNDS_MAX {
        let spans = find(policy, &text, &more);
        if spans.is_empty() {
            break;
        }
        text = Cow::Owned(span::replaced(&text, &spans, removed));
    }
    text
}

fn find<'k>(
    policy: &'k Policy,
    text: &str,
    more: impl Fn(&str, &mut Vec<Span<'k>>),
) -> Vec<Span<'k>> {
    let plain = Plain::of(text);
    let shown = plain.as_ref().map_or(text, |plain| plain.text.as_str());
    let mut spans = Vec::new();
    if shown.len() >= PRIVATE_KEY_MIN {
        private_key::find(shown, &mut spans);
    }
    if shown.len() >= KEY_MIN || !is_word(shown) {
        scan::find(shown, &mut spans);
        url::find(shown, &mut spans);
        command_line::find(shown, &mut spans);
    }
    of_owner(policy, shown, &mut spans);
    more(shown, &mut spans);
    if spans.is_empty() {
        return spans;
    }
    let mut spans = marker::spare(policy, shown, spans);
    if let Some(plain) = &plain {
        spans = spans.iter().map(|span| plain.place(span)).collect();
    }
    span::merged(spans)
}

fn is_word(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte);
    text.bytes().all(fits)
}

fn of_owner<'k>(policy: &'k Policy, text: &str, spans: &mut Vec<Span<'k>>) {
    for pattern in &policy.patterns {
        for found in pattern.expression().captures_iter(text) {
            let secret = found.get(1).or_else(|| found.get(0));
            let secret = secret.filter(|secret| !secret.is_empty());
            spans.extend(secret.map(|secret| Span::new(secret.range(), pattern.name())));
        }
    }
}
