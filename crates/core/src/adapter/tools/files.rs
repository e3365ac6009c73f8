//! Changing files.

use serde_json::Value;

use super::sketch::Sketch;
use super::subtype::{APPLY_PATCH, CREATE_FILE, DELETE_FILE, MODIFY_FILE, RENAME_FILE, Subtype};
use crate::adapter::read;
use crate::adapter::text::file_name;
use crate::vocabulary::{EventKind, Lane};

pub(in crate::adapter) fn edit(input: &Value, path_key: &str) -> Sketch {
    change("Edit", read::text(input, path_key), &MODIFY_FILE)
}

pub(in crate::adapter) fn write(input: &Value) -> Sketch {
    change("Write", read::text(input, "file_path"), &CREATE_FILE)
}

/// What a patch does to one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::adapter) enum Change {
    Add,
    Update,
    Move,
    Delete,
}

/// A patch of any number of files.
pub(in crate::adapter) fn patch(changes: &[(Change, String)]) -> Sketch {
    let paths = changes.iter().map(|(_, path)| path.as_str());
    match changes {
        [] => change("Edit", None, &APPLY_PATCH),
        [(kind, path)] => {
            let (verb, subtype) = match kind {
                Change::Add => ("Write", &CREATE_FILE),
                Change::Update => ("Edit", &MODIFY_FILE),
                Change::Move => ("Move", &RENAME_FILE),
                Change::Delete => ("Delete", &DELETE_FILE),
            };
            change(verb, Some(path), subtype)
        }
        [(_, first), rest @ ..] => {
            let noun = if rest.len() == 1 { "file" } else { "files" };
            let title = format!("Patch {} and {} more {noun}", file_name(first), rest.len());
            paths.fold(changing(&title, &APPLY_PATCH), |sketch, path| {
                sketch.file(Some(path))
            })
        }
    }
}

fn change(verb: &str, path: Option<&str>, subtype: &Subtype) -> Sketch {
    let title = format!("{verb} {}", path.map_or("a file", file_name));
    changing(&title, subtype).file(path)
}

fn changing(title: &str, subtype: &Subtype) -> Sketch {
    Sketch::new(EventKind::ToolUsed, Lane::Implementation, title)
        .subtype(subtype)
        .changes_files()
}
