//! Keys that show by themselves what they are.

use super::key_formats::{FORMATS, Format, JSON_WEB_TOKEN};
use super::span::Span;
use super::value;

/// The beginnings of all keys, as an expression.
pub(super) fn beginnings() -> String {
    let prefixes = FORMATS.iter().map(|format| regex::escape(format.prefix));
    prefixes.collect::<Vec<_>>().join("|")
}

/// The key that begins at `start`, if one does.
pub(super) fn at(text: &str, start: usize) -> Option<Span<'static>> {
    let rest = text.get(start..)?;
    let formats = FORMATS
        .iter()
        .filter(|format| rest.starts_with(format.prefix));
    formats
        .into_iter()
        .find_map(|format| of_format(text, start, format))
}

fn of_format(text: &str, start: usize, format: &Format) -> Option<Span<'static>> {
    let from = start + format.prefix.len();
    let rest = text.as_bytes().get(from..)?;
    let length = rest
        .iter()
        .take_while(|byte| format.class.has(**byte))
        .count();
    let key = text.get(from..from + length)?.trim_end_matches('.');
    let next = rest.get(length);
    let is_whole = next.is_none_or(|next| !next.is_ascii_alphanumeric());
    let is_key = is_whole && format.length.fits(key.len()) && value::is_mixed(key);
    if !is_key || !begins(text, start, format) || !has_parts(key, format) {
        return None;
    }
    let begin = if format.keeps_prefix { from } else { start };
    Some(Span::new(begin..from + key.len(), format.kind))
}

/// Whether a key can begin here. A web token must not stand within a run of its own characters: its
/// second part looks like a beginning too, and what is long would be read again and again.
fn begins(text: &str, start: usize, format: &Format) -> bool {
    let before = text.as_bytes().get(..start).unwrap_or_default();
    if format.kind == JSON_WEB_TOKEN && before.last().is_some_and(|byte| b"_-.".contains(byte)) {
        return false;
    }
    format.keeps_prefix || value::is_boundary(before)
}

fn has_parts(key: &str, format: &Format) -> bool {
    if format.kind != JSON_WEB_TOKEN {
        return true;
    }
    let parts: Vec<&str> = key.split('.').collect();
    parts.len() >= 3 && parts.iter().take(2).all(|part| part.len() >= 8)
}

#[cfg(test)]
mod tests {
    use super::FORMATS;

    #[test]
    fn a_longer_prefix_comes_before_its_own_beginning() {
        for (place, format) in FORMATS.iter().enumerate() {
            let shadowed = FORMATS[place + 1..].iter().find(|later| {
                later.prefix.len() > format.prefix.len() && later.prefix.starts_with(format.prefix)
            });
            assert!(shadowed.is_none(), "{} hides another", format.prefix);
        }
    }
}
