//! `scheme://user:password@host`.

use super::kinds;
use super::span::Span;
use super::value;

/// What documents write where a password goes.
const EXAMPLES: &[&str] = &["password", "passwd", "pass", "PASSWORD"];
/// The longest user and password together.
const CREDENTIALS_MAX: usize = 512;

pub(super) fn find(text: &str, spans: &mut Vec<Span<'_>>) {
    for (found, separator) in text.match_indices("://") {
        let start = found + separator.len();
        let Some(end) = end_of_credentials(&text.as_bytes()[start..]) else {
            continue;
        };
        let credentials = &text[start..start + end];
        if let Some((user, password)) = credentials.split_once(':')
            && !password.is_empty()
            && !value::is_reference(password)
            && !EXAMPLES.contains(&password)
        {
            let password = start + user.len() + 1..start + end;
            spans.push(Span::new(password, kinds::URL_PASSWORD));
        }
    }
}

/// Where the `@` is that ends them: the last one before the host does. A password may hold another.
fn end_of_credentials(bytes: &[u8]) -> Option<usize> {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"/\\\"'`<>()[]{},;?#|".contains(byte);
    let authority = bytes.iter().take(CREDENTIALS_MAX);
    let length = authority.clone().take_while(|byte| !ends(byte)).count();
    bytes.get(..length)?.iter().rposition(|byte| *byte == b'@')
}
