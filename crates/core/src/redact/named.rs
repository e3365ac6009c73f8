//! Values that are secret by their names: `password = "…"`, `--token …`, `Authorization: …`.

use std::ops::Range;

use super::secret_name::{Secret, secret};
use super::span::Span;
use super::value::{self, Written};
use super::{kinds, pairs};

/// The longest value in quotes. A longer text is no secret, and looking on would not end.
const VALUE_MAX: usize = 16 << 10;
/// The longest name.
const NAME_MAX: usize = 64;
/// The most blanks before a value.
const BLANKS_MAX: usize = 8;

/// The ends of names that can be secret.
const NAMES: &str = "passw(?:or)?d|passphrase|passcode|pass|pwd|secret|token|credentials?\
    |authorization|cookie|(?:api|access|account|admin|auth|client|encryption|license|master|private\
    |secret|service|signing|subscription)[_-]?key|secret_?key_?base";

/// What follows such a name if a value does. Quotes may be escaped: a document within a text.
const SIGN: &str = r#"\d{0,2}\\{0,4}["'`]?\]?[ \t]{0,8}[:=>]|[ ]"#;

/// The beginnings of all values with a name, as an expression.
pub(super) fn beginnings() -> String {
    format!("(?i:(?:{NAMES})(?:{SIGN})|bearer[ ])")
}

/// The secret whose name ends with what was found.
pub(super) fn at(text: &str, found: Range<usize>) -> Option<Span<'static>> {
    let name = name_around(text, &found);
    let name_text = text.get(name.clone())?;
    let start = found.end + rest_of_sign(text, found.end);
    if name_text.eq_ignore_ascii_case("bearer") {
        return bearer(text, start);
    }
    let secret = secret(name_text)?;
    let value = Value::at(text, start)?;
    let written = written(text, &name, text.get(name.end..start)?, &value)?;
    let range = match secret {
        Secret::Authorization => pairs::credentials(text, value.range)?,
        Secret::Cookie => pairs::cookies(text, value.range)?,
        Secret::Password | Secret::Token(_) => {
            is_secret(secret, value.text(text)?, written).then_some(value.range)?
        }
    };
    Some(Span::new(range, secret.kind()))
}

/// How much of `=>`, `:=` or `==` and the blanks behind it is left.
fn rest_of_sign(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let signs = rest
        .iter()
        .take(2)
        .take_while(|byte| b"=>".contains(byte))
        .count();
    let blanks = rest.iter().skip(signs).take(BLANKS_MAX);
    signs + blanks.take_while(|byte| b" \t".contains(byte)).count()
}

/// Whether a value can be what its name says.
pub(super) fn is_secret(secret: Secret, value: &str, written: Written) -> bool {
    if secret == Secret::Password {
        value::is_password(value, written)
    } else {
        value::is_token(value, written)
    }
}

fn bearer(text: &str, at: usize) -> Option<Span<'static>> {
    let value = Value::at(text, at)?;
    let is_token = value::is_token(value.text(text)?, Written::Loosely);
    is_token.then(|| Span::new(value.range, kinds::BEARER))
}

/// The whole of the name that the expression saw the end of.
fn name_around(text: &str, found: &Range<usize>) -> Range<usize> {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    let bytes = text.as_bytes();
    let before = bytes.get(..found.start).unwrap_or_default();
    let before = before
        .iter()
        .rev()
        .take(NAME_MAX)
        .take_while(is_part)
        .count();
    let start = found.start - before;
    // The letter of an escape, as in `\nTOKEN=`, is not of the name.
    let escape = bytes
        .get(..start)
        .is_some_and(|before| before.ends_with(b"\\"));
    let escape = escape && matches!(bytes.get(start), Some(b'n' | b'r' | b't'));
    let inside = bytes.get(found.clone()).unwrap_or_default();
    let inside = inside.iter().take_while(is_part).count();
    let start = start + usize::from(escape && before > 0);
    start..found.start + inside
}

/// How the value is written; `None` if nothing says that it belongs to the name.
fn written(text: &str, name: &Range<usize>, sign: &str, value: &Value) -> Option<Written> {
    let name_text = text.get(name.clone())?;
    // The user of a URL, whatever its name.
    if text.get(..name.start)?.ends_with("://") {
        return None;
    }
    if sign.trim_matches(' ').is_empty() {
        return name_text.starts_with('-').then_some(Written::Attached);
    }
    if sign == ">" {
        let opened = text.get(..name.start)?.ends_with(['<', ':']);
        return opened.then_some(Written::Attached);
    }
    let is_header = sign.starts_with(':') && name_text.contains('-');
    if sign == "=" && !value.quoted && !name_text.contains(|at: char| at.is_ascii_lowercase()) {
        return Some(Written::Exported);
    }
    Some(if value.quoted {
        Written::Quoted
    } else if sign == "=" || is_header {
        Written::Attached
    } else {
        Written::Loosely
    })
}

/// A value in a text, without its quotes.
struct Value {
    range: Range<usize>,
    quoted: bool,
}

impl Value {
    fn at(text: &str, at: usize) -> Option<Self> {
        let rest = text.get(at..)?;
        let escapes = rest.bytes().take_while(|byte| *byte == b'\\').count();
        let quote = rest.as_bytes().get(escapes).copied();
        let (start, end, quoted) = match quote {
            Some(quote @ (b'"' | b'\'' | b'`')) => {
                let start = at + escapes + 1;
                (start, closing(text, start, quote, escapes), true)
            }
            _ if escapes > 0 => return None,
            _ => (at, bare_end(text, at), false),
        };
        let range = start..end;
        (!range.is_empty()).then_some(Self { range, quoted })
    }

    fn text<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.get(self.range.clone())
    }
}

/// Where the quote closes that was opened before `start`: the next one with as many escapes. At the
/// end of the line at the latest.
fn closing(text: &str, start: usize, quote: u8, escapes: usize) -> usize {
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    let mut slashes = 0;
    for (at, byte) in bytes.iter().enumerate().take(VALUE_MAX) {
        match *byte {
            b'\\' => slashes += 1,
            b'\n' => return start + at,
            byte if byte == quote && slashes == escapes => return start + at - escapes,
            _ => slashes = 0,
        }
    }
    // Too long, or never closed: up to the end of what looks like one word.
    bare_end(text, start)
}

fn bare_end(text: &str, start: usize) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`;,|&<>\\".contains(byte);
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    start + bytes.iter().take_while(|byte| !ends(byte)).count()
}
