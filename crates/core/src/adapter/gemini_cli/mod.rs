//! Gemini CLI: what its hooks send, and what it means.
//!
//! Prompts and answers are here, tool calls in `call` and `call_end`, what a shell command came to
//! in `shell`, permissions in `permission`.
//!
//! Several hooks fire for every call of the model, or for every piece of its answer. They repeat
//! the whole conversation, and nothing of it is told twice: only the model's name is taken. A
//! compression is told when a person asks for it; the hook for the automatic one fires before every
//! call of the model, whether anything is compressed or not.

mod call;
mod call_end;
mod permission;
mod shell;
mod tools;
mod words;

use serde_json::Value;

use super::payload::Payload;
use super::{PayloadError, lifecycle, note, read, text};
use crate::report::{AgentReport, What};

/// The agent's name on the wire (`runtimeSource`).
pub const SOURCE: &str = "gemini-cli";

/// The agent's name for a person.
pub const AGENT_NAME: &str = "Gemini CLI";

/// What tells apart payloads of one hook and one millisecond.
const ABOUT: &[&str] = &[
    "tool_name",
    "tool_input",
    "prompt",
    "prompt_response",
    "message",
    "details",
    "source",
    "reason",
    "trigger",
];

/// What stands for an answer without words.
const NO_ANSWER: &str = "[no response text]";

/// Understands one raw payload; see [`super::Agent::reports`].
pub fn reports(event: Option<&str>, payload: Value) -> Result<Vec<AgentReport>, PayloadError> {
    let payload = Payload::new(&words::WORDS, payload, event)?;
    let hook = payload.hook_event();
    let session = payload.session_id().to_owned();
    let folder = payload.text("cwd").map(str::to_owned);
    let happened_at = payload.text("timestamp").and_then(|time| time.parse().ok());
    let event_id = happened_at.map(|at| payload.event_id(&hook, at, ABOUT));
    let report = what(&hook, payload).map(|what| AgentReport {
        source: SOURCE.to_owned(),
        agent_name: AGENT_NAME.to_owned(),
        runtime_session_id: session,
        workspace_path: folder,
        subagent: None,
        prompt_id: None,
        happened_at,
        event_id,
        what,
        hook_event: hook,
    });
    Ok(report.into_iter().collect())
}

fn what(hook: &str, payload: Payload) -> Option<What> {
    Some(match hook {
        "SessionStart" => lifecycle::session_start(payload),
        "SessionEnd" => lifecycle::session_end(payload),
        "BeforeAgent" => prompted(payload),
        "AfterAgent" => answered(payload),
        "BeforeTool" => call::started(payload),
        "AfterTool" => call_end::returned(payload),
        "Notification" => return permission::notified(payload),
        "PreCompress" => return compression(payload),
        "BeforeModel" => return model(payload),
        "BeforeToolSelection" | "AfterModel" => return None,
        _ => note::unknown(hook, payload),
    })
}

fn prompted(mut payload: Payload) -> What {
    let text = payload.take_text("prompt").unwrap_or_default();
    What::Prompted {
        title: text::first_line(&text).unwrap_or_else(|| "Empty prompt".to_owned()),
        text,
        by_person: true,
        metadata: payload.rest(),
    }
}

/// All that was said in the turn. The prompt is repeated here, and was told before.
fn answered(mut payload: Payload) -> What {
    payload.take("prompt");
    let text = payload.take_text("prompt_response");
    let text = text.filter(|text| text != NO_ANSWER);
    lifecycle::turn_ended(text, payload)
}

fn compression(payload: Payload) -> Option<What> {
    if payload.text("trigger") == Some("auto") {
        return None;
    }
    let title = "Compacting the context";
    Some(note::compaction(title, "before", None, payload.rest()))
}

fn model(mut payload: Payload) -> Option<What> {
    let model = read::word(&payload.take("llm_request"), "model")?;
    let metadata = [("model".to_owned(), model.into())].into_iter().collect();
    Some(What::RunDescribed { metadata })
}
