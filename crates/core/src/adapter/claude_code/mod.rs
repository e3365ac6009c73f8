//! Claude Code: what its hooks send, and what it means.
//!
//! [`report()`] is its door. Each hook event has its place: prompts in `prompt`, tool calls in
//! `call` and `call_end`, to-dos in `todo`, the rest in `note`. What
//! one tool's call looks like on the timeline is in `tools`.

mod call;
mod call_end;
mod call_id;
mod note;
mod prompt;
mod settle;
mod todo;
mod tools;
mod words;

use serde_json::Value;

use super::payload::Payload;
use super::{PayloadError, lifecycle};
use crate::report::{AgentReport, What};

/// The agent's name on the wire (`runtimeSource`).
pub const SOURCE: &str = "claude-code";

/// The agent's name for a person.
pub const AGENT_NAME: &str = "Claude Code";

/// Understands one raw hook payload; see [`super::Agent::reports`].
pub fn report(event: Option<&str>, payload: Value) -> Result<AgentReport, PayloadError> {
    let payload = Payload::new(&words::WORDS, payload, event)?;
    let hook = payload.hook_event();
    Ok(AgentReport {
        source: SOURCE.to_owned(),
        agent_name: AGENT_NAME.to_owned(),
        runtime_session_id: payload.session_id().to_owned(),
        workspace_path: payload.text("cwd").map(str::to_owned),
        subagent: lifecycle::subagent(&hook, &payload),
        prompt_id: payload.word("prompt_id"),
        happened_at: None,
        event_id: None,
        what: what(&hook, payload),
        hook_event: hook,
    })
}

fn what(hook: &str, payload: Payload) -> What {
    match hook {
        "SessionStart" => lifecycle::session_start(payload),
        "SessionEnd" => lifecycle::session_end(payload),
        "UserPromptSubmit" => prompt::submitted(payload),
        "PreToolUse" => call::started(payload),
        "PostToolUse" => call_end::returned(payload),
        "PostToolUseFailure" => call_end::failed(payload),
        "PostToolBatch" => call_end::batch(payload),
        "PermissionRequest" => call::permission_asked(payload),
        "PermissionDenied" => call_end::denied(payload),
        "TaskCreated" | "TaskCompleted" => todo::moved(hook, payload),
        "Stop" => lifecycle::stop(payload),
        "StopFailure" => lifecycle::stop_failure(payload),
        "SubagentStart" => lifecycle::subagent_start(payload),
        "SubagentStop" => lifecycle::subagent_stop(payload),
        _ => note::noted(hook, payload),
    }
}
