//! Work with others: subagents, skills, MCP servers.

use serde_json::Value;

use super::sketch::Sketch;
use super::subtype::{DELEGATION, MCP_CALL, SKILL_USE};
use crate::adapter::{read, text};
use crate::vocabulary::{ActivityType, EventKind, Lane};

/// Where a call says which agent it wants.
const AGENT_KEYS: &[&str] = &["subagent_type", "agent_type", "agent_name"];

/// Where a call says what it wants done.
const PROMPT_KEYS: &[&str] = &["prompt", "message", "query"];

/// Handing work to a subagent.
pub(in crate::adapter) fn delegation(input: &Value) -> Sketch {
    let agent = AGENT_KEYS.iter().find_map(|key| read::word(input, key));
    let title = description(input).unwrap_or_else(|| "Delegated work".to_owned());
    activity(ActivityType::Delegation, &title)
        .subtype(&DELEGATION)
        .body(PROMPT_KEYS.iter().find_map(|key| read::text(input, key)))
        .maybe("agentName", agent.as_deref())
        .entity("agent", agent.as_deref())
}

/// What a subagent is asked to do, in one line.
pub(in crate::adapter) fn description(input: &Value) -> Option<String> {
    std::iter::once(&"description")
        .chain(PROMPT_KEYS)
        .find_map(|key| text::first_line(read::text(input, key)?))
}

pub(in crate::adapter) fn skill(input: &Value) -> Sketch {
    let name = ["skill", "command", "name"]
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
    Some(mcp(server, name, input))
}

/// A call to a tool of an MCP server.
pub(in crate::adapter) fn mcp(server: &str, name: &str, input: &Value) -> Sketch {
    activity(ActivityType::McpCall, &format!("{server}: {name}"))
        .subtype(&MCP_CALL)
        .set("mcpServer", server)
        .set("mcpTool", name)
        .entity("mcp_tool", Some(name))
        .body(super::other::hint(input))
}

/// Looking after subagents that work already.
pub(in crate::adapter) fn step(title: &str, input: &Value) -> Sketch {
    activity(ActivityType::AgentStep, title)
        .body(PROMPT_KEYS.iter().find_map(|key| read::text(input, key)))
}

fn activity(activity: ActivityType, title: &str) -> Sketch {
    Sketch::new(EventKind::AgentActivityLogged, Lane::Coordination, title)
        .set("activityType", activity.as_str())
}
