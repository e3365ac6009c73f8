//! `OpenCode`: what its plugin hooks and its event bus say, and what it means.
//!
//! A plugin posts each hook as `{hook, input, output}` and each event of the bus as
//! `{hook: "event", event: {id, type, properties}}`. The bus repeats itself: a message and each of
//! its parts are told anew whenever they change, and most of that is noise here. What is told of a
//! part is told when it is whole.
//!
//! [`reports()`] is its door. Runs and turns are in `session`, prompts and answers in `message`,
//! tool calls in `call` and `call_end`, permissions in `permission`, what nobody knows in `note`.

mod call;
mod call_end;
mod message;
mod note;
mod payload;
mod permission;
mod session;
mod tools;

use serde_json::Value;

use self::payload::Payload;
use super::PayloadError;
use crate::report::{AgentReport, SubagentRef, What};
use crate::time::Timestamp;

/// The agent's name on the wire (`runtimeSource`).
pub const SOURCE: &str = "opencode";

/// The agent's name for a person.
pub const AGENT_NAME: &str = "OpenCode";

/// What one payload says, before it is known whose it is.
struct Told {
    what: What,
    event_id: Option<String>,
    happened_at: Option<Timestamp>,
    prompt_id: Option<String>,
    /// Set when the payload's session is a subagent: the session that started it.
    started_by: Option<String>,
    subagent_type: Option<String>,
}

impl From<What> for Told {
    fn from(what: What) -> Self {
        Self {
            what,
            event_id: None,
            happened_at: None,
            prompt_id: None,
            started_by: None,
            subagent_type: None,
        }
    }
}

impl Told {
    /// Told once, by this id.
    fn once(mut self, id: Option<impl Into<String>>) -> Self {
        self.event_id = id.map(Into::into);
        self
    }

    fn at(mut self, time: Option<Timestamp>) -> Self {
        self.happened_at = time;
        self
    }
}

/// Understands one payload; see [`super::Agent::reports`].
pub fn reports(event: Option<&str>, payload: Value) -> Result<Vec<AgentReport>, PayloadError> {
    let Some(payload) = Payload::new(payload, event)? else {
        return Ok(Vec::new());
    };
    let (session, folder) = (payload.session_id().to_owned(), payload.folder());
    let kind = payload.kind().to_owned();
    let told = [note::gap(&payload), told(payload)].into_iter().flatten();
    let reports = told.map(|told| report(session.clone(), folder.clone(), kind.clone(), told));
    Ok(reports.collect())
}

fn report(session: String, folder: Option<String>, kind: String, told: Told) -> AgentReport {
    let (runtime_session_id, subagent) = match told.started_by {
        Some(parent) => {
            let subagent = SubagentRef {
                id: session,
                has_session: true,
                agent_type: told.subagent_type,
            };
            (parent, Some(subagent))
        }
        None => (session, None),
    };
    AgentReport {
        source: SOURCE.to_owned(),
        agent_name: AGENT_NAME.to_owned(),
        runtime_session_id,
        workspace_path: folder,
        subagent,
        prompt_id: told.prompt_id,
        happened_at: told.happened_at,
        event_id: told.event_id,
        hook_event: kind,
        what: told.what,
    }
}

fn told(payload: Payload) -> Option<Told> {
    match payload.kind() {
        "session.created" => Some(session::created(payload)),
        "session.deleted" => Some(session::deleted(&payload)),
        "session.idle" => Some(session::idle(&payload)),
        "session.status" => session::status(payload),
        "session.error" => Some(session::error(payload)),
        "session.compacted" => Some(session::compacted(&payload)),
        "chat.message" => Some(message::prompted(payload)),
        "message.updated" => message::updated(payload),
        "message.part.updated" => message::part(payload),
        "tool.execute.before" => Some(call::before(payload)),
        "permission.asked" | "permission.updated" | "permission.v2.asked" => {
            Some(permission::asked(payload))
        }
        "permission.replied" | "permission.v2.replied" => permission::replied(payload),
        "command.executed" => Some(note::command(&payload)),
        kind if note::is_noise(kind) => None,
        _ => Some(note::unknown(payload)),
    }
}
