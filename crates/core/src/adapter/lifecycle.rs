//! Runs, turns, calls and subagents: their beginnings and ends, as hooks in the manner of Claude
//! Code tell them.

use serde_json::Value;

use super::payload::Payload;
use super::{note, read, text};
use crate::entity::Metadata;
use crate::report::{SubagentRef, ToolCall, What};
use crate::vocabulary::{EventKind, Lane};

pub(in crate::adapter) fn session_start(mut payload: Payload) -> What {
    let how = payload
        .word("source")
        .unwrap_or_else(|| "startup".to_owned());
    payload.take("source");
    if how == "compact" {
        return compacted(payload);
    }
    What::SessionStarted {
        how,
        metadata: with_transcript(payload),
    }
}

/// The session is started anew after compacting, but nothing new runs.
fn compacted(payload: Payload) -> What {
    note::compaction("Context compacted", "session-start", None, payload.rest())
}

/// A call began. What the payload says beside the call's own fields is kept with it.
pub(in crate::adapter) fn call_started(mut call: ToolCall, payload: Payload) -> What {
    let mut metadata = payload.rest();
    metadata.append(&mut call.metadata);
    call.metadata = metadata;
    What::CallStarted(call)
}

pub(in crate::adapter) fn session_end(mut payload: Payload) -> What {
    let reason = payload.word("reason").unwrap_or_else(|| "other".to_owned());
    payload.take("reason");
    What::SessionEnded {
        reason,
        metadata: with_transcript(payload),
    }
}

/// The rest of a payload and where the session's transcript lies, told once a run.
fn with_transcript(mut payload: Payload) -> Metadata {
    let path = payload.take_text("transcript_path");
    let mut metadata = payload.rest();
    if let Some(path) = path {
        metadata.insert("transcriptPath".to_owned(), path.into());
    }
    metadata
}

pub(in crate::adapter) fn stop(mut payload: Payload) -> What {
    let text = payload.take_text("last_assistant_message");
    turn_ended(text, payload)
}

/// The turn ended without a failure. `text` is the answer, if there is one.
pub(in crate::adapter) fn turn_ended(text: Option<String>, payload: Payload) -> What {
    let title = text.as_deref().and_then(text::first_line);
    What::TurnEnded {
        title: title.unwrap_or_else(|| "Turn ended".to_owned()),
        text,
        error: None,
        metadata: payload.rest(),
    }
}

pub(in crate::adapter) fn stop_failure(mut payload: Payload) -> What {
    let text = payload.take_text("last_assistant_message");
    let error = read::into_text(payload.take("error")).unwrap_or_else(|| "unknown".to_owned());
    What::TurnEnded {
        title: text::label(&format!("Turn failed: {}", error.replace('_', " "))),
        text,
        error: Some(error),
        metadata: payload.rest(),
    }
}

/// The subagent a payload is about. A helper that only ever says that it stopped (compaction has
/// one) is none: it would be a child task without a beginning, a type or any work.
pub(in crate::adapter) fn subagent(hook: &str, payload: &Payload) -> Option<SubagentRef> {
    let names_a_subagent = matches!(hook, "SubagentStart" | "SubagentStop");
    let agent_type = payload.word("agent_type");
    if names_a_subagent && agent_type.is_none() {
        return None;
    }
    let id = payload.word("agent_id")?;
    Some(SubagentRef {
        id,
        has_session: false,
        agent_type,
    })
}

pub(in crate::adapter) fn subagent_start(payload: Payload) -> What {
    if !names_a_subagent(&payload) {
        return helper("Helper agent started", None, payload);
    }
    What::SubagentStarted {
        metadata: payload.rest(),
    }
}

pub(in crate::adapter) fn subagent_stop(mut payload: Payload) -> What {
    let text = payload.take_text("last_assistant_message");
    if !names_a_subagent(&payload) {
        return helper("Helper agent finished", text, payload);
    }
    What::SubagentEnded {
        text,
        metadata: payload.rest(),
    }
}

fn names_a_subagent(payload: &Payload) -> bool {
    payload.word("agent_id").is_some() && payload.word("agent_type").is_some()
}

/// The agent's own helpers (compaction has one) tell of themselves like subagents, without a
/// type. They do no work of the task, so they are noted and no more.
fn helper(title: &str, body: Option<String>, mut payload: Payload) -> What {
    let id = payload.take("agent_id");
    let mut metadata = payload.rest();
    metadata.insert("activityType".to_owned(), "agent_step".into());
    if id != Value::Null {
        metadata.insert("helperAgentId".to_owned(), id);
    }
    What::Noted {
        kind: EventKind::AgentActivityLogged,
        lane: Lane::Coordination,
        title: title.to_owned(),
        body,
        metadata,
    }
}
