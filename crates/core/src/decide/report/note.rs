//! What is noted, and has no id that tells it from another note.

use serde_json::{Value, json};

use super::Origin;
use super::attach::Place;
use crate::draft::{Draft, EventEdit, Step};
use crate::entity::Metadata;
use crate::fingerprint::fingerprint;
use crate::ids::EventId;
use crate::rows::{Mark, MarkKind};
use crate::vocabulary::{EventKind, Lane};

/// Two hooks that are registered for the same event run side by side. So the same words within
/// this time are one note that was delivered twice; later, they are another note.
const AGAIN_MILLIS_MAX: i64 = 500;

/// A note, as reported.
pub(super) struct Note {
    pub kind: EventKind,
    pub lane: Lane,
    pub title: String,
    pub body: Option<String>,
    pub metadata: Metadata,
}

/// Tells a note; of one that was told just now, how often it was delivered.
pub(super) fn noted(draft: &mut Draft<'_>, place: &Place, hook: &Origin, note: Note) -> Step<()> {
    if hook.event_id.is_some() {
        // Told once by its id already.
        log(draft, place, hook, note)?;
        return Ok(());
    }
    let name = name(hook, &note);
    let told = draft.mark(&place.task_id, MarkKind::Key, &name)?;
    let now = draft.now.as_millis();
    if let Some(mark) = &told
        && (now - mark.count).abs() <= AGAIN_MILLIS_MAX
    {
        return count_delivery(draft, mark);
    }
    let id = log(draft, place, hook, note)?;
    let mark = Mark {
        count: now,
        note: Some(id.to_string()),
    };
    draft.put_mark(&place.task_id, MarkKind::Key, &name, mark);
    Ok(())
}

fn log(draft: &mut Draft<'_>, place: &Place, hook: &Origin, note: Note) -> Step<EventId> {
    let mut event = place.event(note.kind, note.title, hook, note.metadata);
    event.lane = Some(note.lane);
    event.body = note.body;
    Ok(draft.log(event)?.id)
}

/// What two deliveries of the same note have in common, and different notes seldom.
fn name(hook: &Origin, note: &Note) -> String {
    let (prompt, kind) = (&hook.prompt_id, note.kind);
    let words = json!([
        hook.hook_event,
        prompt,
        kind,
        note.title,
        note.body,
        note.metadata
    ]);
    format!("note:{}", fingerprint(&words.to_string()))
}

fn count_delivery(draft: &mut Draft<'_>, told: &Mark) -> Step<()> {
    let Some(id) = told.note.as_deref().map(EventId::new) else {
        return Ok(());
    };
    let known = &draft.event(&id)?.event.metadata;
    let before = known.get("deliveries").and_then(Value::as_i64).unwrap_or(1);
    let mut metadata = Metadata::new();
    metadata.insert("deliveries".into(), (before + 1).into());
    let title = None;
    draft.edit_event(&id, EventEdit { title, metadata })
}
