//! Paths and slugs: how they are cleaned, and how they are found in text.

use std::collections::HashSet;

/// How many file paths an event keeps; later ones are dropped.
pub const FILE_PATHS_MAX: usize = 200;

/// How many paths are looked for in a text; later ones are not seen.
pub const MENTIONED_PATHS_MAX: usize = 50;

const SLUG_CHARS_MAX: usize = 64;

/// A longer word of a prompt is no path: no system takes one, and looking at it would be slow.
const MENTIONED_PATH_BYTES_MAX: usize = 4096;

/// A title as part of an address: `[a-z0-9]` joined by single `-`, at most 64 characters, no `-` at
/// either end. Empty if the title has none of those characters.
pub fn slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() >= SLUG_CHARS_MAX {
            break;
        }
        let dash = if slug.is_empty() { "" } else { "-" };
        slug.extend([dash, word]);
    }
    slug.truncate(SLUG_CHARS_MAX);
    if slug.ends_with('-') {
        slug.pop();
    }
    slug
}

/// A workspace's path in the one form it is compared in: trimmed, without repeated `/` and without
/// one at the end. Nothing if nothing is left; the root stays `/`.
pub fn workspace_path(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let root = if raw.starts_with('/') { "/" } else { "" };
    let segments: Vec<&str> = raw
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    let path = format!("{root}{}", segments.join("/"));
    (!path.is_empty()).then_some(path)
}

/// The name at the end of a path: `c` of `a/b/c` and of `a/b/c/`. A path without `/` is read as
/// one of Windows, with `\`. What has no name (`/`) is returned whole, so that only an empty path
/// gives an empty name.
pub fn last_segment(path: &str) -> &str {
    let separator = if path.contains('/') { '/' } else { '\\' };
    let last = path.rsplit(separator).find(|segment| !segment.is_empty());
    last.unwrap_or(path)
}

/// The paths a client sent: trimmed, without empty ones, distinct, in order, at most
/// [`FILE_PATHS_MAX`].
pub fn clean_file_paths(paths: &[String]) -> Vec<String> {
    let trimmed = paths
        .iter()
        .map(|path| path.trim())
        .filter(|path| !path.is_empty());
    distinct(trimmed, FILE_PATHS_MAX)
}

/// The paths a prompt speaks of: distinct, in order, at most [`MENTIONED_PATHS_MAX`].
///
/// A word is one if it contains a `/` and a letter, or if it is in back-ticks or has an `@` in
/// front and looks like the name of a file (`README.md`, `.env`); so `cargo` in back-ticks and
/// `@someone` are none. Punctuation around it and a line number behind it (`:12:3`) are dropped.
/// Fenced code is skipped; addresses, globs, tags (`</b>`) and a slash command that opens the text
/// are no paths. A guess, made for the list of files a person sees: nothing is opened.
pub fn mentioned_paths(text: &str) -> Vec<String> {
    let text = text.trim_start();
    let text = if is_slash_command(text) {
        skip_word(text)
    } else {
        text
    };
    let words = lines_outside_fences(text).flat_map(words_of_line);
    let words = words.filter(|word| word.text.len() <= MENTIONED_PATH_BYTES_MAX);
    distinct(words.filter_map(|word| word.path()), MENTIONED_PATHS_MAX)
}

/// The first line that is not blank, white space collapsed, at most `max_chars` characters; a cut
/// line ends in `…`. Empty if every line is blank.
pub fn line_title(text: &str, max_chars: usize) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty());
    collapse(line.unwrap_or_default(), max_chars, "…")
}

/// A text with its white space collapsed, cut to `max_chars` characters, `mark` at the end of a cut
/// one. Reads no further than it needs to.
pub(crate) fn collapse(text: &str, max_chars: usize, mark: &str) -> String {
    let mut collapsed = String::new();
    let spaced = text.split_whitespace().flat_map(|word| [" ", word]).skip(1);
    let mut chars = spaced.flat_map(str::chars);
    collapsed.extend(chars.by_ref().take(max_chars));
    if chars.next().is_some() {
        cut(
            &mut collapsed,
            max_chars.saturating_sub(mark.chars().count()),
        );
        collapsed.extend(mark.chars().take(max_chars));
    }
    collapsed
}

fn cut(text: &mut String, max_chars: usize) {
    if let Some((end, _)) = text.char_indices().nth(max_chars) {
        text.truncate(end);
    }
}

fn distinct<'a>(paths: impl Iterator<Item = &'a str>, max: usize) -> Vec<String> {
    let mut seen = HashSet::new();
    paths
        .filter(|path| seen.insert(*path))
        .take(max)
        .map(str::to_owned)
        .collect()
}

/// `/clear` and the like. `/etc/hosts` and `/notes.md` are paths.
fn is_slash_command(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    word.strip_prefix('/')
        .is_some_and(|name| !name.contains(['/', '.']))
}

fn skip_word(text: &str) -> &str {
    text.split_once(char::is_whitespace)
        .map_or("", |(_, rest)| rest)
}

/// Lines that are not within a fence of back-ticks or tildes. A fence ends with one of the same
/// character that is at least as long, or with the text.
fn lines_outside_fences(text: &str) -> impl Iterator<Item = &str> {
    let mut open: Option<(char, usize)> = None;
    text.lines().filter(move |line| match (open, fence(line)) {
        (None, None) => true,
        (None, opening) => {
            open = opening;
            false
        }
        (Some((mark, length)), Some((end_mark, end_length))) => {
            if mark == end_mark && end_length >= length {
                open = None;
            }
            false
        }
        (Some(_), None) => false,
    })
}

fn fence(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start();
    let mark = line
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == mark).count();
    // "```a```" on one line is code within a line.
    let opens = length >= 3 && (mark == '~' || !line[length..].contains('`'));
    opens.then_some((mark, length))
}

/// A word of a prompt, and whether it stood in back-ticks.
struct Word<'a> {
    text: &'a str,
    quoted: bool,
}

fn words_of_line(line: &str) -> impl Iterator<Item = Word<'_>> {
    let marks = line.matches('`').count();
    line.split('`').enumerate().flat_map(move |(index, part)| {
        let quoted = index % 2 == 1 && index < marks;
        part.split_whitespace()
            .map(move |text| Word { text, quoted })
    })
}

impl<'a> Word<'a> {
    fn path(&self) -> Option<&'a str> {
        let text = self
            .text
            .trim_start_matches(['(', '[', '{', '"', '\'', ',', ':', ';']);
        let (text, named) = match text.strip_prefix('@') {
            Some(text) => (text.trim_start_matches(['"', '\'']), true),
            None => (text, self.quoted),
        };
        let path = without_line_number(without_punctuation(text));
        let written = path.contains('/') || (named && looks_like_a_file(path));
        (written && path.chars().any(char::is_alphabetic) && !is_something_else(path))
            .then_some(path)
    }
}

/// A closing bracket is dropped only if it closes nothing: `app/[id]` stays whole.
fn without_punctuation(mut text: &str) -> &str {
    while let Some(last) = text.chars().next_back() {
        let loose = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '…' => true,
            ')' => !text.contains('('),
            ']' => !text.contains('['),
            '}' => !text.contains('{'),
            _ => false,
        };
        if !loose {
            break;
        }
        text = &text[..text.len() - last.len_utf8()];
    }
    text
}

/// `src/lib.rs` of `src/lib.rs:12` and of `src/lib.rs:12:3`.
fn without_line_number(mut path: &str) -> &str {
    while let Some((rest, number)) = path.rsplit_once(':') {
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        path = rest;
    }
    path
}

/// Has an ending (`lib.rs`) or begins with a dot (`.env`).
fn looks_like_a_file(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.len() <= 16
        && ending.starts_with(|c: char| c.is_alphanumeric())
        && ending
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
        && ending.chars().any(char::is_alphabetic)
}

fn is_something_else(path: &str) -> bool {
    path.contains("://")
        || path.starts_with("//")
        || path.starts_with("www.")
        || path.contains(['<', '>', '*', '|', '\0'])
}

#[cfg(test)]
mod tests;
