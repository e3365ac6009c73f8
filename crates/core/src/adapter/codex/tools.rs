//! Which of the tools' looks each of Codex CLI's tools has, under the names its hooks use.

use serde_json::Value;

use super::patch;
use crate::adapter::read;
use crate::adapter::tools::{Sketch, agents, files, looking, other, talk, terminal, todos};

/// Draws a call before it has ended. Any tool and any input has a sketch. `folder` is where the
/// agent works: its patches name files from there.
pub(super) fn sketch(tool: &str, input: &Value, call_id: Option<&str>, folder: &str) -> Sketch {
    match plain_name(tool) {
        "Bash" => terminal::bash(input),
        "apply_patch" => patched(input, folder),
        "update_plan" => todos::write(input, "plan"),
        "view_image" => looking::read_file(input, "path"),
        "web_search" => looking::web_search(input),
        "request_user_input" => talk::question(input, call_id),
        "spawn_agent" => agents::delegation(input),
        "wait_agent" => agents::step("Wait for agents", input),
        "send_input" => agents::step("Message to an agent", input),
        "close_agent" => agents::step("Close an agent", input),
        _ => agents::mcp_call(tool, input).unwrap_or_else(|| other::any(tool, input)),
    }
}

/// The tools for subagents have their version before their name, with nothing in between.
fn plain_name(tool: &str) -> &str {
    let name = tool.strip_prefix("multi_agent_v");
    name.map_or(tool, |name| {
        name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_')
    })
}

fn patched(input: &Value, folder: &str) -> Sketch {
    let mut changes = patch::changes(read::text(input, "command").unwrap_or_default());
    for (_, path) in &mut changes {
        *path = inside(folder, path);
    }
    files::patch(&changes)
}

fn inside(folder: &str, path: &str) -> String {
    let is_whole = path.starts_with(['/', '\\']) || path.get(1..2) == Some(":");
    if is_whole || folder.is_empty() {
        return path.to_owned();
    }
    let path = path.strip_prefix("./").unwrap_or(path);
    format!("{}/{path}", folder.trim_end_matches('/'))
}
