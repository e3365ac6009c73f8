//! Passwords that programs take from their command line without a name: `curl -u user:password`.

use std::sync::LazyLock;

use regex::Regex;

use super::kinds;
use super::span::Span;
use super::value;

/// How far before the option its program may stand.
const COMMAND_MAX: usize = 400;

static OPTION: LazyLock<Regex> = LazyLock::new(|| {
    let expression = r#"[ \t](?:(?:-u|-U|--user|--proxy-user)[ =]?["']?[^\s:"'$/]{0,64}:|-p[ ]?["']?)([^\s"'\\$]{4,256})"#;
    Regex::new(expression).unwrap_or_else(|error| panic!("the command lines: {error}"))
});

pub(super) fn find(text: &str, spans: &mut Vec<Span<'_>>) {
    if !text.contains("curl ") && !text.contains("sshpass ") {
        return;
    }
    for found in OPTION.captures_iter(text) {
        let (Some(option), Some(password)) = (found.get(0), found.get(1)) else {
            continue;
        };
        let program = if option.as_str().trim_start().starts_with("-p") {
            "sshpass "
        } else {
            "curl "
        };
        if runs(text, option.start(), program) && !value::is_reference(password.as_str()) {
            spans.push(Span::new(password.range(), kinds::PASSWORD));
        }
    }
}

/// Whether the command that `at` belongs to runs `program`.
fn runs(text: &str, at: usize, program: &str) -> bool {
    let from = at.saturating_sub(COMMAND_MAX);
    let before = text.as_bytes().get(from..=at).unwrap_or_default();
    let begins = before.windows(2).rposition(|pair| {
        matches!(pair, [_, b'|' | b';' | b'&']) || (pair[1] == b'\n' && pair[0] != b'\\')
    });
    let command = before.get(begins.unwrap_or(0)..).unwrap_or_default();
    command
        .windows(program.len())
        .any(|part| part == program.as_bytes())
}
