//! Codex CLI: what its hooks send, and what it means.
//!
//! Its hooks are made after Claude Code's: the same events, nearly the same fields (`lifecycle`).
//! What differs: tool calls (`call`, `call_end`), whose patches tell what they change (`patch`);
//! the turn is `turn_id`, and every payload names the model. A subagent's payloads carry its
//! `agent_id`, and its prompt comes from the agent that started it.

mod call;
mod call_end;
mod patch;
mod tools;
mod words;

use serde_json::Value;

use super::payload::Payload;
use super::{PayloadError, lifecycle, note, read, text};
use crate::report::{AgentReport, What};

/// The agent's name on the wire (`runtimeSource`).
pub const SOURCE: &str = "codex";

/// The agent's name for a person.
pub const AGENT_NAME: &str = "Codex CLI";

/// Understands one raw payload; see [`super::Agent::reports`].
///
/// What the `notify` program is given is no report: it repeats the answer that the hooks tell, also
/// for threads that the terminal's own surface makes for itself and nobody asked for.
pub fn reports(event: Option<&str>, payload: Value) -> Result<Vec<AgentReport>, PayloadError> {
    if is_notify(event, &payload) {
        return Ok(Vec::new());
    }
    let payload = Payload::new(&words::WORDS, payload, event)?;
    let hook = payload.hook_event();
    let session = payload.session_id().to_owned();
    let folder = payload.text("cwd").map(str::to_owned);
    let subagent = lifecycle::subagent(&hook, &payload);
    let turn = payload.word("turn_id");
    let what = what(&hook, subagent.is_none(), payload);
    Ok(vec![AgentReport {
        source: SOURCE.to_owned(),
        agent_name: AGENT_NAME.to_owned(),
        runtime_session_id: session,
        workspace_path: folder,
        subagent,
        prompt_id: turn,
        happened_at: None,
        event_id: None,
        hook_event: hook,
        what,
    }])
}

fn is_notify(event: Option<&str>, payload: &Value) -> bool {
    let names_no_hook = read::text(payload, words::WORDS.hook).is_none();
    let is_notify =
        event == Some("notify") || read::text(payload, "type") == Some("agent-turn-complete");
    payload.is_object() && names_no_hook && is_notify
}

fn what(hook: &str, of_main_agent: bool, payload: Payload) -> What {
    match hook {
        "SessionStart" => started(payload),
        "SessionEnd" => lifecycle::session_end(payload),
        "UserPromptSubmit" => prompted(payload, of_main_agent),
        "PreToolUse" => call::started(payload),
        "PostToolUse" => call_end::returned(payload),
        "PermissionRequest" => call::permission_asked(payload),
        "PreCompact" => compaction("Compacting the context", "before", payload),
        "PostCompact" => compaction("Context compacted", "after", payload),
        "SubagentStart" => lifecycle::subagent_start(payload),
        "SubagentStop" => lifecycle::subagent_stop(payload),
        "Stop" => lifecycle::stop(payload),
        "StopFailure" => lifecycle::stop_failure(payload),
        "Interrupt" => What::Interrupted {
            title: "Turn interrupted".to_owned(),
            metadata: payload.rest(),
        },
        _ => note::unknown(hook, payload),
    }
}

fn started(payload: Payload) -> What {
    let model = payload.word("model");
    let mut what = lifecycle::session_start(payload);
    if let (What::SessionStarted { metadata, .. }, Some(model)) = (&mut what, model) {
        metadata.insert("model".to_owned(), model.into());
    }
    what
}

fn prompted(mut payload: Payload, by_person: bool) -> What {
    let text = payload.take_text("prompt").unwrap_or_default();
    let said = ["model", "permission_mode"].map(|key| payload.word(key));
    let mut metadata = payload.rest();
    for (key, value) in ["model", "permissionMode"].into_iter().zip(said) {
        metadata.extend(value.map(|value| (key.to_owned(), value.into())));
    }
    What::Prompted {
        title: text::first_line(&text).unwrap_or_else(|| "Empty prompt".to_owned()),
        text,
        by_person,
        metadata,
    }
}

fn compaction(title: &str, phase: &str, payload: Payload) -> What {
    note::compaction(title, phase, None, payload.rest())
}
