//! Which of the tools' looks each of Copilot's tools has. Under the names in brackets they come to
//! hooks that are registered in the other shape.

use serde_json::{Value, json};

use crate::adapter::read;
use crate::adapter::tools::{Sketch, agents, files, looking, other, talk, terminal};
use crate::vocabulary::{EventKind, Lane};

/// Draws a call before it has ended. Any tool and any input has a sketch.
pub(super) fn sketch(tool: &str, input: &Value) -> Sketch {
    match tool {
        "bash" | "Bash" | "powershell" | "PowerShell" => terminal::bash(input),
        "read_bash" | "read_powershell" => terminal::output(&at_shell(input)),
        "stop_bash" | "stop_powershell" => terminal::stop(&at_shell(input)),
        "view" | "Read" => looking::read_file(&at_file_path(input), "file_path"),
        "glob" | "Glob" => looking::glob(input),
        "grep" | "rg" | "Grep" => looking::grep(input),
        "web_search" | "WebSearch" => looking::web_search(input),
        "web_fetch" | "WebFetch" => looking::web_fetch(input),
        "edit" | "Edit" => files::edit(&at_file_path(input), "file_path"),
        "create" | "Write" => files::write(&at_file_path(input)),
        "task" | "Task" => agents::delegation(input),
        "skill" | "Skill" => agents::skill(input),
        "update_todo" => Sketch::new(EventKind::TodoLogged, Lane::Todos, "To-dos updated")
            .body(read::text(input, "todos")),
        "ask_user" | "AskUserQuestion" => talk::question(input, None),
        _ => other::any(tool, input),
    }
}

fn first<'a>(input: &'a Value, keys: &[&str]) -> Option<&'a str> {
    keys.iter().find_map(|key| read::text(input, key))
}

fn at_file_path(input: &Value) -> Value {
    json!({ "file_path": first(input, &["path", "file_path"]) })
}

fn at_shell(input: &Value) -> Value {
    let id = read::word(input, "shellId").or_else(|| read::word(input, "shell_id"));
    json!({ "shell_id": id })
}
