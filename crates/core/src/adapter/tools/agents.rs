//! Work with others: subagents, skills, MCP servers.

use serde_json::Value;

use super::sketch::Sketch;
use super::subtype::{DELEGATION, MCP_CALL, SKILL_USE};
use crate::adapter::{read, text};
use crate::vocabulary::{ActivityType, EventKind, Lane};

pub(in crate::adapter) fn delegation(input: &Value) -> Sketch {
    let (agent, prompt) = (
        read::word(input, "subagent_type"),
        read::text(input, "prompt"),
    );
    let title = description(input).unwrap_or_else(|| "Delegated work".to_owned());
    activity(ActivityType::Delegation, &title)
        .subtype(&DELEGATION)
        .body(prompt)
        .maybe("agentName", agent.as_deref())
        .entity("agent", agent.as_deref())
}

/// What a subagent is asked to do, in one line.
pub(in crate::adapter) fn description(input: &Value) -> Option<String> {
    ["description", "prompt"]
        .into_iter()
        .find_map(|key| text::first_line(read::text(input, key)?))
}

pub(in crate::adapter) fn skill(input: &Value) -> Sketch {
    let name = ["skill", "command"]
        .into_iter()
        .find_map(|key| read::text(input, key));
    activity(
        ActivityType::SkillUse,
        &format!("Skill {}", name.unwrap_or("without a name")),
    )
    .subtype(&SKILL_USE)
    .body(read::text(input, "args"))
    .maybe("skillName", name)
    .entity("skill", name)
}

/// A call to an MCP server's tool, if the tool's name is one: `mcp__SERVER__TOOL`.
pub(in crate::adapter) fn mcp_call(tool: &str, input: &Value) -> Option<Sketch> {
    let (server, name) = tool.strip_prefix("mcp__")?.split_once("__")?;
    let sketch = activity(ActivityType::McpCall, &format!("{server}: {name}"))
        .subtype(&MCP_CALL)
        .set("mcpServer", server)
        .set("mcpTool", name)
        .entity("mcp_tool", Some(name))
        .body(super::other::hint(input));
    Some(sketch)
}

fn activity(activity: ActivityType, title: &str) -> Sketch {
    Sketch::new(EventKind::AgentActivityLogged, Lane::Coordination, title)
        .set("activityType", activity.as_str())
}
