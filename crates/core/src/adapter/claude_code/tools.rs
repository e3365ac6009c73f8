//! Which of the tools' looks each of Claude Code's tools has.

use serde_json::Value;

use crate::adapter::tools::{Sketch, agents, files, looking, other, talk, terminal, todos};

/// Draws a call before it has ended. Any tool and any input has a sketch.
pub(super) fn sketch(tool: &str, input: &Value, call_id: &str) -> Sketch {
    match tool {
        "Bash" => terminal::bash(input),
        "BashOutput" | "TaskOutput" => terminal::output(input),
        "KillShell" | "KillBash" | "TaskStop" => terminal::stop(input),
        "Read" => looking::read_file(input, "file_path"),
        "Glob" => looking::glob(input),
        "Grep" => looking::grep(input),
        "LS" => looking::list(input),
        "WebSearch" => looking::web_search(input),
        "WebFetch" => looking::web_fetch(input),
        "ToolSearch" => looking::tool_search(input),
        "Edit" | "MultiEdit" => files::edit(input, "file_path"),
        "NotebookEdit" => files::edit(input, "notebook_path"),
        "Write" => files::write(input),
        "Agent" | "Task" => agents::delegation(input),
        "Skill" => agents::skill(input),
        "TodoWrite" => todos::write(input, "todos"),
        "TaskCreate" => todos::create(input),
        "TaskUpdate" => todos::update(input),
        "TaskList" => todos::look("Look at the to-dos"),
        "TaskGet" => todos::look("Look at a to-do"),
        "AskUserQuestion" => talk::question(input, Some(call_id)),
        "ExitPlanMode" => talk::plan(input),
        _ => agents::mcp_call(tool, input).unwrap_or_else(|| other::any(tool, input)),
    }
}
