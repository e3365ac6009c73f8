//! What a call changed in files: `metadata.diff`, a unified diff as text, whichever agent's call it
//! is and whatever form the agent tells it in.
//!
//! `---` and `+++` lines name the file before and after (`/dev/null` where there is none). A hunk
//! begins with `@@`, followed by its line numbers only where the agent tells them. The key is
//! missing where the agent does not say what changed.

use serde_json::Value;

use super::read;
use crate::entity::Metadata;

/// Stands for the file that is not there yet, or no more.
pub(in crate::adapter) const NO_FILE: &str = "/dev/null";

/// Keeps a diff, if there is one.
pub(in crate::adapter) fn keep(diff: Option<String>, metadata: &mut Metadata) {
    if let Some(diff) = diff.filter(|diff| !diff.trim().is_empty()) {
        metadata.insert("diff".to_owned(), diff.into());
    }
}

/// The two lines that name a file.
pub(in crate::adapter) fn header(before: &str, after: &str) -> String {
    format!("--- {before}\n+++ {after}\n")
}

/// A diff that the agent made itself, from the line that names its first file on: what stands before
/// it is different for each program that makes diffs, and so is the name of no file.
pub(in crate::adapter) fn from_text(text: &str) -> String {
    let begin = match text.find("\n--- ") {
        Some(at) if !text.starts_with("--- ") => at + 1,
        _ => 0,
    };
    let diff = &text[begin..];
    match diff.strip_prefix("--- a/dev/null\n") {
        Some(rest) => format!("--- {NO_FILE}\n{rest}"),
        None => diff.to_owned(),
    }
}

/// A diff from a list of hunks with their numbers and lines, as Claude Code tells it.
pub(in crate::adapter) fn from_hunks(path: &str, hunks: &[Value]) -> Option<String> {
    let hunks: String = hunks.iter().filter_map(hunk).collect();
    (!hunks.is_empty()).then(|| header(path, path) + &hunks)
}

fn hunk(hunk: &Value) -> Option<String> {
    let lines = read::list(hunk, "lines").iter().filter_map(Value::as_str);
    let lines: Vec<&str> = lines.collect();
    if lines.is_empty() {
        return None;
    }
    let number = |key| hunk.get(key).and_then(Value::as_u64).unwrap_or_default();
    let mut text = format!(
        "@@ -{},{} +{},{} @@\n",
        number("oldStart"),
        number("oldLines"),
        number("newStart"),
        number("newLines")
    );
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    Some(text)
}
