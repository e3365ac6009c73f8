//! A pair of brackets in a text, and how an item comes into it and out of it again.
//!
//! Nothing but the item (and its comma) is ever written or cut, so that what others wrote stays as
//! it is to the byte, and taking out what was put in last gives the text from before.

use std::ops::Range;

use jsonc_parser::ast::{Array, Object};
use jsonc_parser::common::Ranged;

/// An object or an array of the text.
pub(super) struct Container {
    pub range: Range<usize>,
    pub items: Vec<Range<usize>>,
}

impl From<&Object<'_>> for Container {
    fn from(object: &Object<'_>) -> Self {
        Self {
            range: object.start()..object.end(),
            items: object.properties.iter().map(place).collect(),
        }
    }
}

impl From<&Array<'_>> for Container {
    fn from(array: &Array<'_>) -> Self {
        Self {
            range: array.start()..array.end(),
            items: array.elements.iter().map(place).collect(),
        }
    }
}

fn place(item: &impl Ranged) -> Range<usize> {
    item.start()..item.end()
}

impl Container {
    /// The text with an item at the end; `lead` is what a new line of the container begins with.
    ///
    /// The first item of an empty container follows its bracket closely: see [`Self::is_ours`].
    pub(super) fn push(&self, text: &str, item: &str, lead: &str) -> String {
        let Some(last) = self.items.last() else {
            return replaced(text, self.inside().start..self.inside().start, item);
        };
        let gap = Gap::read(&text[last.end..self.inside().end]);
        let lead = if text[self.range.clone()].contains('\n') {
            lead
        } else {
            " "
        };
        let Some(comma) = gap.comma else {
            let at = last.end + gap.attached;
            let text = replaced(text, at..at, &format!("{lead}{item}"));
            return replaced(&text, last.end..last.end, ",");
        };
        let at = last.end + gap.attached.max(comma + 1);
        replaced(text, at..at, &format!("{lead}{item},"))
    }

    /// The text without an item.
    pub(super) fn without(&self, text: &str, index: usize) -> String {
        let item = self.items[index].clone();
        let before = match index {
            0 => self.inside().start,
            _ => self.items[index - 1].end,
        };
        let next = self.items.get(index + 1);
        let follow = &text[item.end..next.map_or(self.inside().end, |next| next.start)];
        let lead = &text[before..item.start];
        let blank = before + blank_end(lead, follow);
        if let (0, Some(next)) = (index, next)
            && follow.trim() == ","
        {
            // The next takes its place: how closely the first one follows the bracket says something.
            return replaced(text, item.start..next.start, "");
        }
        // From the last cut to the first, so that the places before it stay right.
        if let Some(comma) = Gap::read(follow).comma {
            let comma = item.end + comma;
            let text = replaced(text, comma..comma + 1, "");
            return replaced(&text, blank..item.end, "");
        }
        let text = replaced(text, blank..item.end, "");
        match Gap::read(lead).comma {
            Some(comma) => replaced(&text, before + comma..before + comma + 1, ""),
            None => text,
        }
    }

    /// Whether the container was made for its only item: there is nothing else in it, and it does
    /// not follow the bracket as closely as it does in one that was there before.
    pub(super) fn is_ours(&self, text: &str) -> bool {
        let [item] = self.items.as_slice() else {
            return false;
        };
        let lead = &text[self.inside().start..item.start];
        let follow = &text[item.end..self.inside().end];
        !lead.is_empty() && lead.trim().is_empty() && follow.trim().is_empty()
    }

    /// What stands between the brackets.
    pub(super) fn inside(&self) -> Range<usize> {
        self.range.start + 1..self.range.end - 1
    }
}

/// The text with something else in a place.
pub(super) fn replaced(text: &str, place: Range<usize>, by: &str) -> String {
    [&text[..place.start], by, &text[place.end..]].concat()
}

/// Where the blank before an item begins that goes with it. A comment that ends with its line keeps
/// the end of the line, unless another one follows.
fn blank_end(lead: &str, follow: &str) -> usize {
    let end = lead.trim_end().len();
    let follows = follow.trim_start_matches([' ', '\t', '\r', ',']);
    if Gap::read(&lead[..end]).ends_in_line_comment && !follows.starts_with('\n') {
        return end + lead[end..].find('\n').map_or(0, |newline| newline + 1);
    }
    end
}

/// What stands between two items: blanks, comments and at most one comma.
#[derive(Default)]
struct Gap {
    comma: Option<usize>,
    /// The end of what is on the line of the item before.
    attached: usize,
    ends_in_line_comment: bool,
}

impl Gap {
    fn read(text: &str) -> Self {
        let mut gap = Self::default();
        let (mut at, mut same_line) = (0, true);
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let length = piece(rest);
            let of_line = rest.starts_with("//");
            match rest.as_bytes()[0] {
                b'\n' => same_line = false,
                b',' => gap.comma = Some(at),
                _ => {}
            }
            at += length;
            let blank = rest[..length].trim().is_empty();
            if same_line && !blank {
                gap.attached = at;
            }
            gap.ends_in_line_comment = of_line || (gap.ends_in_line_comment && blank);
        }
        gap
    }
}

/// The length of a comment, or of one character.
fn piece(text: &str) -> usize {
    let end_of = |mark: &str| text.find(mark);
    if text.starts_with("//") {
        let line = &text[..end_of("\n").unwrap_or(text.len())];
        return line.trim_end_matches('\r').len();
    }
    if text.starts_with("/*") {
        return end_of("*/").map_or(text.len(), |end| end + 2);
    }
    text.chars().next().map_or(1, char::len_utf8)
}
