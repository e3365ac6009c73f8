//! Patches in the form of `apply_patch`: `*** Update File: PATH` and the like, then lines with
//! `+`, `-` or a space in front.

use crate::adapter::diff::{NO_FILE, header};
use crate::adapter::tools::files::Change;

/// What a patch does to which files, in its order. A file that is moved has its new name.
pub(super) fn changes(patch: &str) -> Vec<(Change, String)> {
    let mut changes: Vec<(Change, String)> = Vec::new();
    for line in patch.lines() {
        match directive(line) {
            Some(Directive::File(change, file)) => changes.push((change, file.to_owned())),
            Some(Directive::MoveTo(file)) => {
                if let Some(last) = changes.last_mut() {
                    *last = (Change::Move, file.to_owned());
                }
            }
            Some(Directive::Mark) | None => {}
        }
    }
    changes
}

/// The patch as a unified diff. Its hunks have no line numbers: they are not told.
pub(super) fn diff(patch: &str) -> String {
    let mut text = String::new();
    let mut lines = patch.lines().peekable();
    while let Some(line) = lines.next() {
        match directive(line) {
            Some(Directive::File(change, file)) => {
                let moved = lines.peek().and_then(|next| match directive(next) {
                    Some(Directive::MoveTo(file)) => Some(file),
                    _ => None,
                });
                text.push_str(&head(change, file, moved.unwrap_or(file)));
            }
            Some(Directive::MoveTo(_) | Directive::Mark) => {}
            None => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    text
}

fn head(change: Change, path: &str, moved: &str) -> String {
    match change {
        Change::Add => header(NO_FILE, path) + "@@\n",
        Change::Delete => header(path, NO_FILE),
        Change::Update | Change::Move => header(path, moved),
    }
}

enum Directive<'a> {
    File(Change, &'a str),
    MoveTo(&'a str),
    /// Begin, end, or end of a file.
    Mark,
}

fn directive(line: &str) -> Option<Directive<'_>> {
    let words = line.strip_prefix("*** ")?;
    let path = |prefix| words.strip_prefix(prefix).map(str::trim);
    let change = |change: Change| move |path| Directive::File(change, path);
    path("Add File: ")
        .map(change(Change::Add))
        .or_else(|| path("Update File: ").map(change(Change::Update)))
        .or_else(|| path("Delete File: ").map(change(Change::Delete)))
        .or_else(|| path("Move to: ").map(Directive::MoveTo))
        .or(Some(Directive::Mark))
}

#[cfg(test)]
mod tests {
    use super::{Change, changes, diff};

    const PATCH: &str = "*** Begin Patch\n*** Add File: a\n+new\n*** Update File: b\n\
        *** Move to: c\n@@ fn x\n one\n-two\n+three\n*** End of File\n*** Delete File: d\n\
        *** End Patch\n";

    #[test]
    fn a_patch_says_what_becomes_of_each_file() {
        let told = [
            (Change::Add, "a".to_owned()),
            (Change::Move, "c".to_owned()),
            (Change::Delete, "d".to_owned()),
        ];
        assert_eq!(changes(PATCH), told);
        assert_eq!(changes("*** Move to: x\nrm -rf"), []);
    }

    #[test]
    fn a_patch_is_a_diff_without_numbers() {
        let told = "--- /dev/null\n+++ a\n@@\n+new\n--- b\n+++ c\n@@ fn x\n one\n-two\n+three\n\
            --- d\n+++ /dev/null\n";
        assert_eq!(diff(PATCH), told);
    }
}
