use std::ops::Range;

use super::removed::Removed;
use super::{kinds, marker};

/// A place in a text that holds a secret, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span<'k> {
    pub range: Range<usize>,
    pub kind: &'k str,
}

impl<'k> Span<'k> {
    pub(super) fn new(range: Range<usize>, kind: &'k str) -> Self {
        Self { range, kind }
    }
}

/// Makes one span of those that overlap. It is named after the one that begins first; of those that
/// begin together, after the one that says more: `GitHub token` rather than `token`.
pub(super) fn merged(mut spans: Vec<Span<'_>>) -> Vec<Span<'_>> {
    spans.sort_by_key(|span| (span.range.start, kinds::ALL.contains(&span.kind)));
    let mut merged: Vec<Span<'_>> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.range.start < last.range.end => {
                last.range.end = last.range.end.max(span.range.end);
            }
            _ => merged.push(span),
        }
    }
    merged
}

/// The text with a marker in place of each span. The spans are in order and do not overlap.
pub(super) fn replaced(text: &str, spans: &[Span<'_>], removed: &mut Removed) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut kept = 0;
    for Span { range, kind } in spans {
        replaced.push_str(text.get(kept..range.start).unwrap_or_default());
        marker::push_removed(&mut replaced, kind);
        removed.add(kind);
        kept = range.end;
    }
    replaced.push_str(text.get(kept..).unwrap_or_default());
    replaced
}

#[cfg(test)]
mod tests {
    use super::{Span, merged};

    #[test]
    fn spans_that_overlap_become_one() {
        let spans = [
            (4..9, "token"),
            (0..3, "a"),
            (4..6, "b"),
            (8..12, "d"),
            (12..13, "e"),
        ];
        let spans = spans.map(|(range, kind)| Span::new(range, kind)).to_vec();
        let expected = [(0..3, "a"), (4..12, "b"), (12..13, "e")];
        assert_eq!(
            merged(spans),
            expected.map(|(range, kind)| Span::new(range, kind))
        );
    }
}
