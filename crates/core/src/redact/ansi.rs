//! The colours of terminals: `grep --color` puts them into the middle of what it found.

use super::span::Span;

const ESCAPE: u8 = 0x1b;

/// A text without its escape sequences, and where each piece of it was.
pub(super) struct Plain {
    pub text: String,
    /// The beginning of each piece: in the plain text, and in the text as it came.
    pieces: Vec<(usize, usize)>,
}

impl Plain {
    /// `None` if there is nothing to leave out.
    pub(super) fn of(text: &str) -> Option<Self> {
        if !text.as_bytes().contains(&ESCAPE) {
            return None;
        }
        let mut plain = Self {
            text: String::with_capacity(text.len()),
            pieces: Vec::new(),
        };
        let mut at = 0;
        while let Some(found) = find(text, at) {
            plain.push(text, at, found);
            at = found + length(&text.as_bytes()[found..]);
        }
        plain.push(text, at, text.len());
        Some(plain)
    }

    fn push(&mut self, text: &str, start: usize, end: usize) {
        self.pieces.push((self.text.len(), start));
        self.text.push_str(text.get(start..end).unwrap_or_default());
    }

    /// The same place in the text as it came. Sequences inside of it belong to it.
    pub(super) fn place<'k>(&self, span: &Span<'k>) -> Span<'k> {
        let start = self.offset(span.range.start, span.range.start);
        let last = span.range.end.saturating_sub(1);
        Span::new(start..self.offset(last, last) + 1, span.kind)
    }

    fn offset(&self, at: usize, place: usize) -> usize {
        let next = self.pieces.partition_point(|(plain, _)| *plain <= at);
        let piece = self.pieces.get(next.saturating_sub(1));
        piece.map_or(place, |(plain, came)| came + (place - plain))
    }
}

fn find(text: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    Some(from + rest.iter().position(|byte| *byte == ESCAPE)?)
}

/// How long the sequence at the beginning of `bytes` is: `ESC [ … m` and its like, or the escape
/// character alone.
fn length(bytes: &[u8]) -> usize {
    if bytes.get(1) != Some(&b'[') {
        return 1;
    }
    let parameters = bytes.iter().skip(2);
    let count = parameters
        .take_while(|byte| (0x20..0x40).contains(*byte))
        .count();
    match bytes.get(2 + count) {
        Some(0x40..=0x7e) => 3 + count,
        _ => 2 + count,
    }
}
