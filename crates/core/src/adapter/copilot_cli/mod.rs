//! GitHub Copilot CLI: what its hooks send, and what it means.
//!
//! [`reports()`] is its door. A hook that is registered under a name like `PreToolUse` gets other
//! field names than one under `preToolUse`; both are read alike (`words`). Calls have no ids. Runs,
//! turns and subagents are in `lifecycle`, tool calls in `call` and `call_end`, the rest in `note`.

mod call;
mod call_end;
mod lifecycle;
mod note;
mod tools;
mod words;

use serde_json::Value;

use super::payload::Payload;
use super::{PayloadError, text};
use crate::report::{AgentReport, SubagentRef, What};

/// The agent's name on the wire (`runtimeSource`).
pub const SOURCE: &str = "copilot-cli";

/// The agent's name for a person.
pub const AGENT_NAME: &str = "GitHub Copilot CLI";

/// Understands one raw hook payload; see [`super::Agent::reports`].
pub fn reports(event: Option<&str>, payload: Value) -> Result<Vec<AgentReport>, PayloadError> {
    let payload = Payload::new(&words::WORDS, words::in_one_shape(payload), event)?;
    let hook = payload.hook_event();
    let (runtime_session_id, subagent) = whose(&hook, &payload);
    let report = AgentReport {
        source: SOURCE.to_owned(),
        agent_name: AGENT_NAME.to_owned(),
        runtime_session_id,
        workspace_path: payload.text("cwd").map(str::to_owned),
        subagent,
        prompt_id: None,
        happened_at: words::time(&payload),
        event_id: None,
        hook_event: hook.clone(),
        what: What::RunDescribed {
            metadata: lifecycle::transcript(&payload),
        },
    };
    let id = words::event_id(&hook, &payload);
    let told = what(&hook, payload).into_iter().enumerate();
    let told = told.map(|(place, what)| AgentReport {
        what,
        event_id: id.as_ref().map(|id| format!("{id}:{place}")),
        ..report.clone()
    });
    Ok(told.collect())
}

/// The session a payload belongs to, and the subagent it is about.
///
/// What a subagent does comes under an id of its own, with that of the agent that started it; that
/// it begins and ends is told in its agent's session.
fn whose(hook: &str, payload: &Payload) -> (String, Option<SubagentRef>) {
    let session = payload.session_id().to_owned();
    let agent_type = payload.text("agent_name").and_then(text::first_line);
    let of = |id: String| SubagentRef {
        id,
        has_session: true,
        agent_type,
    };
    let agent = payload.word("agent_id");
    if is(
        hook,
        &[
            "subagentStart",
            "SubagentStart",
            "subagentStop",
            "SubagentStop",
        ],
    ) {
        let subagent = agent.filter(|id| *id != session).map(of);
        return (session, subagent);
    }
    match payload.word("parent_agent_id") {
        Some(parent) if agent.is_some() && parent != session => (parent, Some(of(session))),
        _ => (session, None),
    }
}

fn is(hook: &str, names: &[&str]) -> bool {
    names.contains(&hook)
}

fn what(hook: &str, payload: Payload) -> Vec<What> {
    match hook {
        "sessionStart" | "SessionStart" => vec![lifecycle::session_start(payload)],
        "sessionEnd" | "SessionEnd" => vec![lifecycle::session_end(payload)],
        "userPromptSubmitted" | "UserPromptSubmitted" | "UserPromptSubmit" => {
            vec![lifecycle::prompted(payload)]
        }
        "preToolUse" | "PreToolUse" => vec![call::started(payload)],
        "postToolUse" | "PostToolUse" => vec![call_end::returned(payload)],
        "postToolUseFailure" | "PostToolUseFailure" => vec![call_end::failed(payload)],
        "permissionRequest" | "PermissionRequest" => call::change_shown(payload),
        "agentStop" | "AgentStop" | "Stop" => lifecycle::stop(payload),
        "subagentStart" | "SubagentStart" => vec![lifecycle::subagent_start(payload)],
        "subagentStop" | "SubagentStop" => vec![lifecycle::subagent_stop(payload)],
        "notification" | "Notification" => vec![note::notification(payload)],
        "errorOccurred" | "ErrorOccurred" => vec![note::error(payload)],
        "preCompact" | "PreCompact" => vec![note::compacting(payload)],
        _ => vec![super::note::unknown(hook, payload)],
    }
}
