//! What the agent says within a turn, and what is known about its messages.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Origin;
use super::attach::Place;
use crate::draft::{Draft, EventEdit, Step};
use crate::entity::Metadata;
use crate::ids::EventId;
use crate::rows::{Mark, MarkKind};
use crate::vocabulary::{EventKind, Lane};

/// Words of the agent, as reported.
pub(super) struct Words {
    pub message_id: String,
    pub text: String,
    pub title: String,
    pub metadata: Metadata,
}

/// What is remembered of a message: its words and the facts about it come in either order.
#[derive(Default, Serialize, Deserialize)]
struct Known {
    /// The event that tells its words; the last one, if it had several parts.
    event_id: Option<EventId>,
    is_summary: bool,
    facts: Metadata,
}

/// Tells what the agent said: an answer, or the context it saved for itself.
pub(super) fn said(draft: &mut Draft<'_>, place: &Place, hook: &Origin, words: Words) -> Step<()> {
    let mut known = known(draft, place, &words.message_id)?;
    let (kind, lane) = if known.is_summary {
        (EventKind::ContextSaved, Lane::Planning)
    } else {
        (EventKind::AssistantResponse, Lane::User)
    };
    let title = if known.is_summary {
        summary_title()
    } else {
        words.title
    };
    let mut event = place.event(kind, title, hook, words.metadata);
    event.lane = Some(lane);
    event.body = Some(words.text);
    event.metadata.extend(known.facts.clone());
    event
        .metadata
        .insert("messageId".into(), words.message_id.clone().into());
    known.event_id = Some(draft.log(event)?.id);
    remember(draft, place, &words.message_id, &known);
    Ok(())
}

/// Lays what is known about a message over its words, now or when they come.
pub(super) fn described(
    draft: &mut Draft<'_>,
    place: &Place,
    message_id: &str,
    is_summary: bool,
    facts: Metadata,
) -> Step<()> {
    let mut known = known(draft, place, message_id)?;
    known.is_summary |= is_summary;
    known.facts.extend(facts);
    if known.is_summary {
        known.facts.insert("compactEvent".into(), json!(true));
        known.facts.insert("compactPhase".into(), json!("summary"));
    }
    if let Some(event) = &known.event_id {
        let edit = EventEdit {
            title: known.is_summary.then(summary_title),
            metadata: known.facts.clone(),
        };
        draft.edit_event(event, edit)?;
    }
    remember(draft, place, message_id, &known);
    Ok(())
}

fn summary_title() -> String {
    "Summary of the context".to_owned()
}

fn known(draft: &mut Draft<'_>, place: &Place, message_id: &str) -> Step<Known> {
    let mark = draft.mark(&place.task_id, MarkKind::Key, &key(message_id))?;
    let note = mark.and_then(|mark| mark.note);
    Ok(note
        .and_then(|note| serde_json::from_str(&note).ok())
        .unwrap_or_default())
}

fn remember(draft: &mut Draft<'_>, place: &Place, message_id: &str, known: &Known) {
    let mark = Mark {
        count: 0,
        note: serde_json::to_string(known).ok(),
    };
    draft.put_mark(&place.task_id, MarkKind::Key, &key(message_id), mark);
}

fn key(message_id: &str) -> String {
    format!("message:{message_id}")
}
