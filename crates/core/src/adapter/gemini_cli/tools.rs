//! Which of the tools' looks each of Gemini CLI's tools has.

use serde_json::Value;

use crate::adapter::tools::{Sketch, agents, files, looking, other, talk, terminal, todos};

/// Draws a call before it has ended. Any tool and any input has a sketch. `server` names the MCP
/// server and its tool, if the tool is one's.
pub(super) fn sketch(tool: &str, input: &Value, server: Option<(&str, &str)>) -> Sketch {
    if let Some((server, name)) = server {
        return agents::mcp(server, name, input);
    }
    match tool {
        "run_shell_command" => terminal::bash(input),
        "read_file" => looking::read_file(input, "file_path"),
        "glob" => looking::glob(input),
        "grep_search" | "search_file_content" => looking::grep(input),
        "list_directory" => looking::list(input),
        "google_web_search" => looking::web_search(input),
        "web_fetch" => looking::web_fetch(input),
        "replace" => files::edit(input, "file_path"),
        "write_file" => files::write(input),
        "write_todos" => todos::write(input, "todos"),
        "invoke_agent" => agents::delegation(input),
        "activate_skill" => agents::skill(input),
        "ask_user" => talk::question(input, None),
        "exit_plan_mode" => talk::plan(input),
        _ => other::any(tool, input),
    }
}
