use serde_json::Value;

use super::Fields;
use crate::command::{Command, LogEvent, Rejection, SessionChoice};
use crate::entity::Metadata;
use crate::ids::SessionId;
use crate::vocabulary::{EventKind, Lane, RelationType};

/// How many related events one event may name.
const RELATED_EVENTS_MAX: usize = 50;

/// The fields that every event route has: task, session, title, body, metadata.
pub(super) fn common(fields: &mut Fields, kind: EventKind) -> Result<LogEvent, Rejection> {
    Ok(LogEvent {
        task_id: fields.task_id("taskId")?,
        session: match fields.text("sessionId")? {
            Some(id) => SessionChoice::Named(SessionId::new(id)),
            None => SessionChoice::Newest,
        },
        kind,
        lane: None,
        title: fields.text("title")?.unwrap_or_default(),
        body: fields.text("body")?,
        action: None,
        file_paths: fields.texts("filePaths")?,
        metadata: fields.object("metadata")?,
        once: None,
    })
}

/// The command of an event; `default_title` stands in for a missing one.
pub(super) fn command(mut log: LogEvent, default_title: &str) -> Command {
    if log.title.trim().is_empty() {
        default_title.clone_into(&mut log.title);
    }
    Command::LogEvent(Box::new(log))
}

/// The fields that relate an event to others, copied into its metadata.
pub(super) fn relations(fields: &mut Fields, metadata: &mut Metadata) -> Result<(), Rejection> {
    copy(
        fields,
        metadata,
        &["parentEventId", "relationLabel", "relationExplanation"],
    )?;
    let related = fields.texts("relatedEventIds")?;
    if !related.is_empty() {
        let related = related
            .into_iter()
            .take(RELATED_EVENTS_MAX)
            .map(Value::from)
            .collect();
        metadata.insert("relatedEventIds".into(), Value::Array(related));
    }
    if let Some(relation) = fields.word::<RelationType>("relationType")? {
        metadata.insert("relationType".into(), relation.as_str().into());
    }
    Ok(())
}

/// Texts that are copied into the metadata under their own names.
pub(super) fn copy(
    fields: &mut Fields,
    metadata: &mut Metadata,
    names: &[&str],
) -> Result<(), Rejection> {
    for name in names {
        if let Some(text) = fields.text(name)? {
            metadata.insert((*name).to_owned(), text.into());
        }
    }
    Ok(())
}

/// A lane of the caller's choice.
pub(super) fn lane(fields: &mut Fields) -> Result<Option<Lane>, Rejection> {
    fields.word("lane")
}
