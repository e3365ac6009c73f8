//! Which of the tools' looks each of `OpenCode`'s tools has.

use serde_json::{Value, json};

use crate::adapter::read;
use crate::adapter::tools::{Sketch, agents, files, looking, other, talk, terminal, todos};
use crate::vocabulary::{EventKind, Lane};

/// Draws a call before it has ended. Any tool and any input has a sketch.
pub(super) fn sketch(tool: &str, input: &Value, call_id: &str) -> Sketch {
    match tool {
        "bash" => terminal::bash(input),
        "read" => looking::read_file(input, "filePath"),
        "glob" => looking::glob(input),
        "grep" => looking::grep(input),
        "list" => looking::list(input),
        "websearch" | "codesearch" => looking::web_search(input),
        "webfetch" => looking::web_fetch(input),
        "edit" | "multiedit" | "patch" | "apply_patch" => files::edit(input, "filePath"),
        "write" => files::write(&json!({ "file_path": read::text(input, "filePath") })),
        "task" => agents::delegation(input),
        "skill" => agents::skill(input),
        "todowrite" => todos::write(input, "todos"),
        "todoread" => todos::look("Look at the to-dos"),
        "question" => talk::question(input, Some(call_id)),
        // A tool of an MCP server is named SERVER_TOOL, and so may be any other: not told apart.
        _ => other::any(tool, input),
    }
}

/// A call to a tool that is not there, or with an input that does not fit it: it changes nothing.
pub(super) fn refused(tool: &str) -> Sketch {
    Sketch::new(EventKind::ToolUsed, Lane::Implementation, tool)
}
