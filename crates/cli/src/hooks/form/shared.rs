//! The settings files of Claude Code, Codex CLI and Gemini CLI.

use serde_json::json;

use crate::hooks::agent::Agent;
use crate::hooks::events::{Event, events};
use crate::hooks::program::{Program, program_of};
use crate::hooks::settings::{Entry, Settings};
use crate::hooks::version::Version;

/// Comments are refused where the agent refuses them: the file is not in effect there as it is.
/// Claude Code 2.1.330 says so when it starts, Codex CLI reads `hooks.json` with `serde_json`
/// (its `hooks/src/engine/discovery.rs`), and Gemini CLI takes comments out first.
pub(super) fn settings(agent: Agent) -> Settings {
    let is_ours: fn(&str) -> bool = match agent {
        Agent::Codex => |command| program_of(command, Agent::Codex).is_some(),
        Agent::GeminiCli => |command| program_of(command, Agent::GeminiCli).is_some(),
        _ => |command| program_of(command, Agent::ClaudeCode).is_some(),
    };
    Settings {
        comments: agent == Agent::GeminiCli,
        is_ours,
    }
}

pub(super) fn entries(agent: Agent, program: &Program, version: Option<Version>) -> Vec<Entry> {
    let entry = |event: Event| Entry {
        event: event.name,
        group: group(agent, event, &program.command(agent, event.name)),
    };
    events(agent, version).into_iter().map(entry).collect()
}

/// A group as a line that is read at a glance. An agent waits for its hooks: each has a time limit.
fn group(agent: Agent, event: Event, command: &str) -> String {
    let command = json!(command);
    let matcher = event
        .matcher
        .map(|matcher| format!("\"matcher\": {}, ", json!(matcher)));
    let matcher = matcher.unwrap_or_default();
    let rest = match (agent, event.name) {
        // Milliseconds, and the name that its /hooks shows.
        (Agent::GeminiCli, _) => r#""timeout": 5000, "name": "agent-tracer""#,
        // As much as Codex gives it at most.
        (Agent::Codex, "SessionEnd") => r#""timeout": 3"#,
        _ => r#""timeout": 5"#,
    };
    format!(r#"{{ {matcher}"hooks": [ {{ "type": "command", "command": {command}, {rest} }} ] }}"#)
}
