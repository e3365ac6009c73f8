//! The values of headers that are secret: `Authorization: SCHEME CREDENTIALS` and
//! `Cookie: NAME=VALUE; …`.

use std::ops::Range;

use super::value::{self, Written};

/// Schemes whose credentials are one word.
const SCHEMES: &[&str] = &[
    "bearer",
    "basic",
    "token",
    "apikey",
    "api-key",
    "negotiate",
    "ntlm",
    "dpop",
    "bot",
    "splunk",
    "key",
];
/// Schemes whose credentials are a list.
const LISTED: &[&str] = &["digest", "aws4-hmac-sha256", "hawk", "oauth", "signature"];

/// The credentials of an `Authorization` header whose value begins with `value`. The scheme stays.
pub(super) fn credentials(text: &str, value: Range<usize>) -> Option<Range<usize>> {
    let line = value.start..end_of_line(text, value.start);
    let shown = text.get(line.clone())?;
    let (scheme, rest) = shown.split_once(' ').unwrap_or((shown, ""));
    let lower = scheme.to_ascii_lowercase();
    let start = line.start + scheme.len() + 1;
    let start = start + (rest.len() - rest.trim_start().len());
    if LISTED.contains(&lower.as_str()) {
        return rest.contains('=').then_some(start..line.end);
    }
    if SCHEMES.contains(&lower.as_str()) {
        let word = rest.split_whitespace().next()?;
        return is_credential(word).then_some(start..start + word.len());
    }
    value::is_token(scheme, Written::Attached).then_some(line.start..line.start + scheme.len())
}

fn is_credential(word: &str) -> bool {
    word.len() >= 8 && value::is_mixed(word) && !value::is_reference(word)
}

/// All cookies of a header whose value begins with `value`, if one of them has a value worth the
/// name.
pub(super) fn cookies(text: &str, value: Range<usize>) -> Option<Range<usize>> {
    let line = value.start..end_of_line(text, value.start);
    let shown = text.get(line.clone())?;
    let is_secret = |cookie: &str| {
        let (name, value) = cookie.trim().split_once('=')?;
        let is_name = !name.is_empty()
            && !name.contains(|at: char| at.is_whitespace() || "\"'(".contains(at));
        (is_name && value.len() >= 8 && !value::is_reference(value)).then_some(())
    };
    shown.split(';').find_map(is_secret).map(|()| line)
}

/// Where a header ends: at the end of its line, or at the quote it stands in.
fn end_of_line(text: &str, start: usize) -> usize {
    let ends = |byte: &u8| matches!(byte, b'\n' | b'\r' | b'"' | b'\'' | b'`' | b'\\');
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    start + bytes.iter().take_while(|byte| !ends(byte)).count()
}
