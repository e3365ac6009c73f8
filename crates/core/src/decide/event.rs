use serde_json::{Value, json};

use crate::command::{LogEvent, Reply, SessionChoice};
use crate::draft::{Draft, EventEdit, NewEvent, Step, invalid};
use crate::entity::Metadata;
use crate::ids::{EventId, SessionId};
use crate::rows::{Mark, MarkKind};
use crate::vocabulary::{EventKind, Lane};

pub(super) fn log_event(draft: &mut Draft<'_>, mut log: LogEvent) -> Step<Reply> {
    draft.task(&log.task_id)?;
    let session_id = choose_session(draft, &log)?;
    let mut events = Vec::new();
    if is_first(draft, &log)? {
        if log.kind == EventKind::UserMessage {
            default_phase(draft, &mut log)?;
        }
        events.push(draft.log(new_event(&log, session_id.clone()))?);
        if let [logged] = events.as_slice()
            && derives_files(log.kind, draft.event(&logged.id.clone())?.event.lane)
        {
            let source = logged.id.clone();
            events.extend(draft.log_changed_files(&source)?);
        }
    }
    Ok(Reply::Envelope {
        task: draft.task_entity(&log.task_id)?,
        session_id,
        events,
    })
}

fn choose_session(draft: &mut Draft<'_>, log: &LogEvent) -> Step<Option<SessionId>> {
    match &log.session {
        SessionChoice::Named(id) => {
            Ok(Some(draft.session_of(&log.task_id, id)?.session.id.clone()))
        }
        SessionChoice::Newest => Ok(draft.running_sessions(&log.task_id)?.into_iter().next()),
        SessionChoice::Absent => Ok(None),
    }
}

/// Whether the event may be logged: it has no key, or nothing with its key was logged before.
fn is_first(draft: &mut Draft<'_>, log: &LogEvent) -> Step<bool> {
    let Some(key) = &log.once else {
        return Ok(true);
    };
    // The caller's keys never meet those of reports.
    let key = format!("once:{key}");
    if draft.mark(&log.task_id, MarkKind::Key, &key)?.is_some() {
        return Ok(false);
    }
    draft.put_mark(&log.task_id, MarkKind::Key, &key, Mark::default());
    Ok(true)
}

fn default_phase(draft: &mut Draft<'_>, log: &mut LogEvent) -> Step<()> {
    if !log.metadata.contains_key("phase") {
        let first = draft.task(&log.task_id)?.figures.raw_user_messages == 0;
        let phase = if first { "initial" } else { "follow_up" };
        log.metadata.insert("phase".into(), json!(phase));
    }
    Ok(())
}

fn new_event(log: &LogEvent, session_id: Option<SessionId>) -> NewEvent {
    NewEvent {
        task_id: log.task_id.clone(),
        session_id,
        kind: log.kind,
        lane: log.lane,
        title: log.title.clone(),
        body: log.body.clone(),
        action: log.action.clone(),
        file_paths: log.file_paths.clone(),
        metadata: log.metadata.clone(),
    }
}

/// Whether the files that an event names count as changed by it.
fn derives_files(kind: EventKind, lane: Lane) -> bool {
    let of_kind = !matches!(
        kind,
        EventKind::UserMessage
            | EventKind::QuestionLogged
            | EventKind::TodoLogged
            | EventKind::ThoughtLogged
            | EventKind::AssistantResponse
    );
    of_kind && !matches!(lane, Lane::Exploration | Lane::Background)
}

/// Renames an event by hand. The title itself stays; taking the rename back, or renaming to the
/// title, removes `metadata.displayTitle`.
pub(super) fn rename_event(
    draft: &mut Draft<'_>,
    id: &EventId,
    title: Option<String>,
) -> Step<Reply> {
    let event = draft.event(id)?.event.clone();
    if title
        .as_deref()
        .is_some_and(|title| title.trim().is_empty())
    {
        return Err(invalid(
            "displayTitle must be text, or null to take a rename back",
        ));
    }
    let renamed = title
        .filter(|title| *title != event.title)
        .map_or(Value::Null, Value::from);
    let mut metadata = Metadata::new();
    metadata.insert("displayTitle".into(), renamed);
    let event = draft.change_event(
        id,
        EventEdit {
            title: None,
            metadata,
        },
    )?;
    Ok(Reply::Event { event })
}
