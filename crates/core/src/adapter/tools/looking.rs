//! Looking around: files, searches, the web.

use serde_json::Value;

use super::sketch::Sketch;
use super::subtype::{GLOB_FILES, GREP_CODE, LIST_FILES, READ_FILE, WEB_FETCH, WEB_SEARCH};
use crate::adapter::read;
use crate::adapter::text::file_name;
use crate::vocabulary::{EventKind, Lane};

pub(in crate::adapter) fn read_file(input: &Value, path_key: &str) -> Sketch {
    let path = read::text(input, path_key);
    sketch(&format!("Read {}", path.map_or("a file", file_name)))
        .subtype(&READ_FILE)
        .file(path)
}

pub(in crate::adapter) fn glob(input: &Value) -> Sketch {
    let pattern = read::text(input, "pattern");
    sketch(&format!(
        "Find {}{}",
        pattern.unwrap_or("files"),
        place(input)
    ))
    .subtype(&GLOB_FILES)
    .entity("pattern", pattern)
}

pub(in crate::adapter) fn grep(input: &Value) -> Sketch {
    let pattern = read::text(input, "pattern");
    sketch(&format!("Search {}{}", quoted(pattern), place(input)))
        .subtype(&GREP_CODE)
        .entity("pattern", pattern)
}

pub(in crate::adapter) fn list(input: &Value) -> Sketch {
    let path = folder(input);
    sketch(&format!("List {}", path.map_or("files", file_name)))
        .subtype(&LIST_FILES)
        .entity("folder", path)
}

pub(in crate::adapter) fn web_search(input: &Value) -> Sketch {
    let query = read::text(input, "query");
    sketch(&format!("Search the web for {}", quoted(query)))
        .subtype(&WEB_SEARCH)
        .entity("query", query)
}

pub(in crate::adapter) fn web_fetch(input: &Value) -> Sketch {
    let url = read::text(input, "url");
    let wanted = url.or_else(|| read::text(input, "prompt"));
    sketch(&format!("Fetch {}", wanted.unwrap_or("a page")))
        .subtype(&WEB_FETCH)
        .entity("url", url)
}

/// Looking for tools to load.
pub(in crate::adapter) fn tool_search(input: &Value) -> Sketch {
    let query = read::text(input, "query");
    let wanted = query.map_or("tools", |query| query.trim_start_matches("select:"));
    sketch(&format!("Look up tools: {wanted}"))
        .set("toolFamily", "explore")
        .set("operation", "search")
        .entity("tool", query)
}

fn sketch(title: &str) -> Sketch {
    Sketch::new(EventKind::ToolUsed, Lane::Exploration, title)
}

fn quoted(text: Option<&str>) -> String {
    text.map_or_else(|| "text".to_owned(), |text| format!("\"{text}\""))
}

/// Where a search looks. A folder is no file that the call touches, so it is only in the title.
fn place(input: &Value) -> String {
    folder(input)
        .map(|path| format!(" in {}", file_name(path)))
        .unwrap_or_default()
}

fn folder(input: &Value) -> Option<&str> {
    ["path", "dir_path"]
        .into_iter()
        .find_map(|key| read::text(input, key))
}
