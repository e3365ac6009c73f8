//! Changing files.

use serde_json::Value;

use super::sketch::Sketch;
use super::subtype::{CREATE_FILE, MODIFY_FILE, Subtype};
use crate::adapter::read;
use crate::adapter::text::file_name;
use crate::vocabulary::{EventKind, Lane};

pub(in crate::adapter) fn edit(input: &Value, path_key: &str) -> Sketch {
    change("Edit", read::text(input, path_key), &MODIFY_FILE)
}

pub(in crate::adapter) fn write(input: &Value) -> Sketch {
    change("Write", read::text(input, "file_path"), &CREATE_FILE)
}

fn change(verb: &str, path: Option<&str>, subtype: &Subtype) -> Sketch {
    let title = format!("{verb} {}", path.map_or("a file", file_name));
    Sketch::new(EventKind::ToolUsed, Lane::Implementation, &title)
        .subtype(subtype)
        .file(path)
        .changes_files()
}
