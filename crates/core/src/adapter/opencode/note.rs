//! What is told as it came, and what is not told at all.

use super::Told;
use super::payload::Payload;
use crate::adapter::note;
use crate::entity::Metadata;
use crate::vocabulary::Lane;

/// Hooks and events that say nothing which is not told by others: repeated descriptions of the
/// session, pieces of parts, the to-do list (its call tells it), questions (their call is the
/// question), and what a plugin may change on its way to the model.
const NOISE: &[&str] = &[
    "session.updated",
    "session.diff",
    "message.removed",
    "message.part.removed",
    "message.part.delta",
    "todo.updated",
    "question.asked",
    "question.replied",
    "question.rejected",
    "question.v2.asked",
    "question.v2.replied",
    "question.v2.rejected",
    "tool.execute.after",
    "tool.definition",
    "chat.params",
    "chat.headers",
    "command.execute.before",
    "permission.ask",
    "shell.env",
];

/// Families of them: what only exists while it is tried out, a second telling of everything, and
/// the moves of the screen.
const NOISY_FAMILIES: &[&str] = &["experimental.", "session.next.", "tui.", "pty.", "lsp."];

pub(super) fn is_noise(kind: &str) -> bool {
    NOISE.contains(&kind) || NOISY_FAMILIES.iter().any(|family| kind.starts_with(family))
}

/// The command that a prompt was. The prompt is told by itself.
pub(super) fn command(payload: &Payload) -> Told {
    let part = |key: &str| {
        let place = format!("/event/properties/{key}");
        payload.text(&place).unwrap_or_default().to_owned()
    };
    let (name, arguments) = (part("name"), part("arguments"));
    let title = format!(
        "Command expanded: /{} {arguments}",
        name.trim_start_matches('/')
    );
    let mut metadata = Metadata::new();
    metadata.insert("commandName".to_owned(), name.into());
    if !arguments.is_empty() {
        metadata.insert("commandArgs".to_owned(), arguments.into());
    }
    noted(&title, metadata).once(payload.event_id())
}

/// What the plugin could not hand over before this payload, if it says that there was anything.
pub(super) fn gap(payload: &Payload) -> Option<Told> {
    let dropped = payload.at("/dropped").as_u64().filter(|count| *count > 0)?;
    let noun = if dropped == 1 { "event" } else { "events" };
    let mut metadata = Metadata::new();
    metadata.insert("droppedEvents".to_owned(), dropped.into());
    let told = noted(
        &format!("{dropped} {noun} lost here: the plugin could not hand over more"),
        metadata,
    );
    Some(told.once(payload.event_id().map(|id| format!("{id}:dropped"))))
}

/// A hook or an event that nobody here knows, with all it said.
pub(super) fn unknown(payload: Payload) -> Told {
    let id = payload.event_id();
    let title = format!("Unknown event: {}", payload.kind());
    let metadata = [("raw".to_owned(), payload.into_raw())];
    noted(&title, metadata.into_iter().collect()).once(id)
}

fn noted(title: &str, metadata: Metadata) -> Told {
    Told::from(note::saved(Lane::Planning, title, metadata))
}
