//! `.env` files: every value in one is taken for a secret.
//!
//! Nobody's files are opened. It is about payloads that name such a file: what was read from it,
//! written to it, or printed by a command that names it.

use std::sync::LazyLock;

use regex::Regex;

use super::kinds;
use super::span::Span;

/// Files of the same name that are made to be shown.
const OPEN: &[&str] = &[
    "example", "sample", "template", "tpl", "dist", "defaults", "schema", "md", "ts", "js", "d",
];

static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    compile(r#"(?:^|[\s/\\"'`=:(<>,])(\.env(?:rc)?(?:\.[A-Za-z0-9_-]+)*)(?:$|[^A-Za-z0-9_])"#)
});

/// What may stand before the name on its line: where `grep` found it, its number, the sign of a
/// diff, `export`.
const LEAD: &str = r"^[ \t]*(?:[^\s=:]{0,200}\.env[\w.]{0,40}[:-])?(?:\d{1,6}[:|→\t-]{1,2}[ \t]?)?[ \t]*[+-]?[ \t]*(?:(?:export|set|declare -x)[ \t]+)?";

/// What may stand behind the sign: in quotes also over several lines.
const VALUE: &str = r#"("(?s:[^"\\]|\\.)*"|'[^']*'|[^\s][^\r\n]*)"#;

/// Assignments that fill a line. A name in small letters must have its sign right behind it:
/// otherwise it is as well a line of a program.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        "(?m){LEAD}(?:[A-Z_][A-Z0-9_]{{0,100}}[ \\t]*=[ \\t]*|[A-Za-z_][A-Za-z0-9_.]{{0,100}}=){VALUE}"
    ))
});

/// Assignments within a line: of a command, or of a document within a text.
static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r#"(?:^|[^A-Za-z0-9_]|\\[nrt])[A-Z][A-Z0-9_]{2,100}=("[^"\n]*"|'[^'\n]*'|[^\s"'`;|&)\\<>]+)"#,
    )
});

/// Assignments of the file itself, however they are written.
static OF_FILE: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        "(?m){LEAD}[A-Za-z_][A-Za-z0-9_.-]{{0,100}}[ \\t]*[=:][ \\t]*{VALUE}"
    ))
});

fn compile(expression: &str) -> Regex {
    Regex::new(expression).unwrap_or_else(|error| panic!("the lines of .env files: {error}"))
}

/// Whether a text can name such a file at all: quick, and right when it says no.
pub(super) fn may_name(text: &str) -> bool {
    text.contains(".env")
}

/// Whether a text names such a file.
pub(super) fn is_named(text: &str) -> bool {
    may_name(text) && MENTION.captures_iter(text).any(|found| !is_open(&found[1]))
}

/// Whether a path is the one of such a file, `prod.env` too.
pub(super) fn is_path(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let is_hidden = name.starts_with(".env") && is_named(name);
    is_hidden
        || name
            .strip_suffix(".env")
            .is_some_and(|stem| !stem.is_empty())
}

fn is_open(name: &str) -> bool {
    name.rsplit('.')
        .next()
        .is_some_and(|last| OPEN.contains(&last))
}

/// The values in a text of a payload that names such a file.
pub(super) fn assignments(text: &str, spans: &mut Vec<Span<'_>>) {
    let known = spans.len();
    collect(&LINE, text, spans);
    let lines = spans.split_off(known).into_iter();
    // What names the file is no value but a command behind one: `PORT=80 source .env`.
    spans.extend(lines.filter(|line| {
        text.get(line.range.clone())
            .is_some_and(|value| !is_named(value))
    }));
    collect(&WITHIN, text, spans);
}

/// The values in a text that is the file, or a part of it: a line that is neither an assignment nor
/// a comment may be the half of a value.
pub(super) fn contents(text: &str, spans: &mut Vec<Span<'_>>) {
    let known = spans.len();
    collect(&OF_FILE, text, spans);
    let assigned = spans.split_off(known);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let shown = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let range = start..start + shown.len();
        let is_assigned = assigned
            .iter()
            .any(|span: &Span<'_>| span.range.start < range.end && range.start < span.range.end);
        if !shown.is_empty() && !shown.starts_with('#') && !is_assigned {
            spans.push(Span::new(range, kinds::ENV_VALUE));
        }
    }
    spans.extend(assigned);
}

fn collect(expression: &Regex, text: &str, spans: &mut Vec<Span<'_>>) {
    for found in expression.captures_iter(text) {
        spans.extend(
            found
                .get(1)
                .map(|value| Span::new(value.range(), kinds::ENV_VALUE)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{is_named, is_path};

    #[test]
    fn env_files_are_known_by_their_names() {
        for text in [
            "cat .env",
            "/app/.env",
            "cp .env.local x",
            "source .envrc",
            "a=\".env\"",
            ".env:3:A=b",
        ] {
            assert!(is_named(text), "{text}");
        }
        for text in [
            "process.env.HOME",
            "import.meta.env",
            ".env.example",
            ".environment",
            "cat env",
        ] {
            assert!(!is_named(text), "{text}");
        }
        for path in [
            ".env",
            "/app/.env.production",
            "C:\\app\\.env",
            "deploy/prod.env",
            ".envrc",
        ] {
            assert!(is_path(path), "{path}");
        }
        for path in ["/app/env", ".env.example", "env.rs", "/app/.environment"] {
            assert!(!is_path(path), "{path}");
        }
    }
}
