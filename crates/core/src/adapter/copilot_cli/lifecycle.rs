//! Runs, prompts, turns and subagents.

use crate::adapter::payload::Payload;
use crate::adapter::text;
use crate::entity::Metadata;
use crate::report::What;
use crate::vocabulary::{EventKind, Lane};

pub(super) fn session_start(mut payload: Payload) -> What {
    let how = payload.word("source").unwrap_or_else(|| "new".to_owned());
    payload.take("source");
    let mut metadata = transcript(&payload);
    metadata.append(&mut payload.rest());
    What::SessionStarted { how, metadata }
}

pub(super) fn session_end(mut payload: Payload) -> What {
    let reason = payload.word("reason").unwrap_or_else(|| "other".to_owned());
    payload.take("reason");
    What::SessionEnded {
        reason,
        metadata: payload.rest(),
    }
}

pub(super) fn prompted(mut payload: Payload) -> What {
    let text = payload.take_text("prompt").unwrap_or_default();
    let title = text::first_line(&text).unwrap_or_else(|| "Empty prompt".to_owned());
    What::Prompted {
        text,
        by_person: true,
        title,
        metadata: payload.rest(),
    }
}

/// The end of a turn, which is the first that names the session's transcript. What the agent said
/// is in there, and in no hook.
pub(super) fn stop(mut payload: Payload) -> Vec<What> {
    let metadata = transcript(&payload);
    let found = (!metadata.is_empty()).then_some(What::RunDescribed { metadata });
    let text = payload.take_text("last_assistant_message");
    let title = text.as_deref().and_then(text::first_line);
    let ended = What::TurnEnded {
        text,
        error: None,
        title: title.unwrap_or_else(|| "Turn ended".to_owned()),
        metadata: payload.rest(),
    };
    found.into_iter().chain([ended]).collect()
}

/// Where the session's transcript lies, if it says.
pub(super) fn transcript(payload: &Payload) -> Metadata {
    let path = payload.text("transcript_path");
    let path = path.map(|path| ("transcriptPath".to_owned(), path.into()));
    path.into_iter().collect()
}

pub(super) fn subagent_start(payload: Payload) -> What {
    if payload.word("agent_id").is_some() {
        return What::SubagentStarted {
            metadata: payload.rest(),
        };
    }
    nameless("Subagent started", payload)
}

pub(super) fn subagent_stop(payload: Payload) -> What {
    if payload.word("agent_id").is_some() {
        return What::SubagentEnded {
            text: None,
            metadata: payload.rest(),
        };
    }
    nameless("Subagent finished", payload)
}

/// Without an id nothing ties it to the subagent's own session; that it began or ended is true.
fn nameless(title: &str, payload: Payload) -> What {
    let name = payload
        .text("agent_display_name")
        .or_else(|| payload.text("agent_name"));
    let title = name.map_or_else(|| title.to_owned(), |name| format!("{title}: {name}"));
    let mut metadata = payload.rest();
    metadata.insert("activityType".to_owned(), "agent_step".into());
    What::Noted {
        kind: EventKind::AgentActivityLogged,
        lane: Lane::Coordination,
        title: text::label(&title),
        body: None,
        metadata,
    }
}
