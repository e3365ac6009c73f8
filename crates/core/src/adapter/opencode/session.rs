//! Runs and turns. `OpenCode` says when a session is made and when it is deleted, and nothing when
//! its program starts, ends or takes a session up again.

use serde_json::Value;

use super::Told;
use super::payload::Payload;
use crate::adapter::{note, read, text};
use crate::entity::Metadata;
use crate::report::What;
use crate::vocabulary::Lane;

const INFO: &str = "/event/properties/info";

/// What an error is named when a person stopped the agent.
const ABORTED: &str = "MessageAbortedError";

/// A session was made: by a person, or by another session as its subagent.
pub(super) fn created(mut payload: Payload) -> Told {
    let id = payload.event_id();
    let time = payload.time("/event/properties/info/time/created");
    let info = payload.take(INFO);
    let metadata = facts(&info);
    let Some(parent) = read::text(&info, "parentID") else {
        let how = "new".to_owned();
        return Told::from(What::SessionStarted { how, metadata })
            .once(id)
            .at(time);
    };
    let mut told = Told::from(What::SubagentStarted { metadata })
        .once(id)
        .at(time);
    told.subagent_type = agent_type(&info);
    told.started_by = Some(parent.to_owned());
    told
}

/// The kind of agent that runs in a session: named, or in the title that `OpenCode` gives to a
/// subagent's session, "what to do (@general subagent)".
fn agent_type(info: &Value) -> Option<String> {
    let in_title = || {
        let (_, after) = read::text(info, "title")?.rsplit_once("(@")?;
        after.strip_suffix(" subagent)")
    };
    let name = read::text(info, "agent").or_else(in_title);
    name.and_then(text::first_line)
}

fn facts(info: &Value) -> Metadata {
    let mut facts = Metadata::new();
    let mut keep = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            facts.insert(key.to_owned(), value.into());
        }
    };
    keep("agentVersion", read::text(info, "version"));
    keep("sessionTitle", read::text(info, "title"));
    keep("parentSessionId", read::text(info, "parentID"));
    if let Some(model) = info.get("model") {
        keep("model", read::text(model, "id"));
        keep("modelProvider", read::text(model, "providerID"));
    }
    facts
}

/// A session was deleted by its person: nothing more comes of it.
pub(super) fn deleted(payload: &Payload) -> Told {
    let (id, reason) = (payload.event_id(), "deleted".to_owned());
    let metadata = Metadata::new();
    Told::from(What::SessionEnded { reason, metadata }).once(id)
}

/// The agent has nothing to do: its turn is over. What it said was told as it said it.
pub(super) fn idle(payload: &Payload) -> Told {
    Told::from(What::TurnEnded {
        text: None,
        error: None,
        title: "Turn ended".to_owned(),
        metadata: Metadata::new(),
    })
    .once(payload.event_id())
}

/// `idle` is the end of a turn; that the agent is `busy` is told by what it does.
pub(super) fn status(mut payload: Payload) -> Option<Told> {
    match payload.text("/event/properties/status/type")? {
        "idle" => Some(idle(&payload)),
        "retry" => {
            let id = payload.event_id();
            let status = payload.take("/event/properties/status");
            Some(retry(&status).once(id))
        }
        _ => None,
    }
}

/// The model's server failed, and is asked again.
fn retry(status: &Value) -> Told {
    let message = read::text(status, "message").unwrap_or("the model did not answer");
    let attempt = read::word(status, "attempt").unwrap_or_else(|| "?".to_owned());
    let title = format!("Retry {attempt}: {message}");
    let mut metadata = Metadata::new();
    metadata.insert("retry".to_owned(), status.clone());
    Told::from(note::saved(Lane::Planning, &title, metadata))
}

/// The turn failed, or was stopped by its person.
pub(super) fn error(mut payload: Payload) -> Told {
    let id = payload.event_id();
    let error = payload.take("/event/properties/error");
    let name = read::text(&error, "name").unwrap_or("error").to_owned();
    let message = error.pointer("/data/message").and_then(Value::as_str);
    let said = message.unwrap_or(&name).to_owned();
    let mut metadata = Metadata::new();
    metadata.insert("errorName".to_owned(), name.as_str().into());
    metadata.insert("errorDetails".to_owned(), error);
    let what = if name == ABORTED {
        let title = "Turn interrupted".to_owned();
        What::Interrupted { title, metadata }
    } else {
        What::TurnEnded {
            text: None,
            title: text::label(&format!("Turn failed: {said}")),
            error: Some(said),
            metadata,
        }
    };
    Told::from(what).once(id)
}

pub(super) fn compacted(payload: &Payload) -> Told {
    let what = note::compaction("Context compacted", "after", None, Metadata::new());
    Told::from(what).once(payload.event_id())
}
