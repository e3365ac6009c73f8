//! Tool calls: one event each, opened when the call starts and changed when it ends.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::attach::Place;
use super::{Origin, asks, run, subagent, took};
use crate::decide::activity;
use crate::draft::{Draft, EventEdit, Step};
use crate::entity::{Event, Metadata};
use crate::ids::{EventId, TaskId};
use crate::report::{CallEnd, ToolCall};
use crate::rows::{Mark, MarkKind};
use crate::vocabulary::{ActivityState, EventKind, TaskStatus, ToolStatus};

/// What is remembered of a call until it ends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::decide) struct OpenCall {
    pub event_id: EventId,
    pub kind: EventKind,
    /// Whether it changes files.
    #[serde(default)]
    pub changes_files: bool,
    /// The name of the permission that it may ask for. Remembered, because a person may change
    /// the input while permitting it.
    pub ask: String,
}

pub(super) fn started(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    call: &ToolCall,
) -> Step<()> {
    if told(draft, &place.task_id, call.known_id())?.is_some() {
        return Ok(());
    }
    resume(draft, &place.task_id)?;
    let event_id = log_call(draft, place, hook, call, ToolStatus::Running)?;
    let note = serde_json::to_string(&OpenCall {
        event_id,
        kind: call.kind,
        changes_files: call.changes_files,
        ask: asks::name(&call.tool_name, &call.input),
    })
    .ok();
    draft.put_mark(
        &place.task_id,
        MarkKind::OpenCall,
        call.known_id(),
        Mark { count: 0, note },
    );
    if activity::is_question(call.kind) && runs(draft, &place.task_id)? {
        draft.move_to(&place.task_id, TaskStatus::Waiting)?;
    }
    run::settle_if_over(draft, &place.task_id)
}

/// Whoever breaks off a call breaks off the turn: agents do not report that by itself. A guess, and
/// the next sign of work takes it back.
fn break_off(draft: &mut Draft<'_>, task: &TaskId) -> Step<()> {
    if runs(draft, task)? && draft.marks(task, MarkKind::OpenCall)?.is_empty() {
        draft.move_to(task, TaskStatus::Waiting)?;
        activity::guess(draft, task, ActivityState::Interrupted, None)?;
    }
    Ok(())
}

fn runs(draft: &mut Draft<'_>, task: &TaskId) -> Step<bool> {
    let runs = draft.task(task)?.task.status == TaskStatus::Running;
    Ok(runs && !draft.running_sessions(task)?.is_empty())
}

pub(super) fn ended(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    call: &ToolCall,
    end: CallEnd,
) -> Step<()> {
    let known = told(draft, &place.task_id, call.known_id())?;
    if let Some(event_id) = &known
        && is_over(draft, event_id)?
    {
        return Ok(());
    }
    if let Some(child) = &end.started_subagent {
        subagent::linked(draft, place, hook, child, call)?;
    }
    let status = end.status;
    let event_id = if let Some(event_id) = known {
        change(draft, &event_id, hook, call, end)?
    } else {
        log_ended(draft, place, hook, call, end)?
    };
    let ask = close(draft, &place.task_id, call)?;
    if asks::settle(draft, &place.task_id, &ask, status)? || activity::is_question(call.kind) {
        resume(draft, &place.task_id)?;
    }
    if status == ToolStatus::Interrupted {
        break_off(draft, &place.task_id)?;
    }
    if call.changes_files && status == ToolStatus::Completed {
        draft.log_changed_files(&event_id)?;
    }
    Ok(())
}

/// Forgets that a call is open; gives the name of the permission that it may have asked for.
fn close(draft: &mut Draft<'_>, task: &TaskId, call: &ToolCall) -> Step<String> {
    let mark = draft.mark(task, MarkKind::OpenCall, call.known_id())?;
    draft.remove_mark(task, MarkKind::OpenCall, call.known_id());
    let open = mark.as_ref().and_then(open_call);
    Ok(open.map_or_else(|| asks::name(&call.tool_name, &call.input), |open| open.ask))
}

/// The agent works again, unless it still waits for an answer (or does not run at all).
pub(super) fn resume(draft: &mut Draft<'_>, task: &TaskId) -> Step<()> {
    let waits = draft.task(task)?.task.status == TaskStatus::Waiting;
    if waits
        && draft.marks(task, MarkKind::OpenAsk)?.is_empty()
        && !open_calls(draft, task)?
            .iter()
            .any(|call| activity::is_question(call.kind))
        && !draft.running_sessions(task)?.is_empty()
    {
        draft.move_to(task, TaskStatus::Running)?;
    }
    Ok(())
}

/// Shows, in the first open call that changes the file and shows nothing yet, what it will change.
pub(super) fn show_change(
    draft: &mut Draft<'_>,
    place: &Place,
    path: &str,
    diff: String,
) -> Step<()> {
    for (_, mark) in draft.marks(&place.task_id, MarkKind::OpenCall)? {
        let Some(open) = open_call(&mark) else {
            continue;
        };
        if open.changes_files && names_unseen(draft, &open.event_id, path)? {
            let mut metadata = Metadata::new();
            metadata.insert("diff".into(), diff.into());
            let title = None;
            draft.edit_event(&open.event_id, EventEdit { title, metadata })?;
            return Ok(());
        }
    }
    Ok(())
}

fn names_unseen(draft: &mut Draft<'_>, event: &EventId, path: &str) -> Step<bool> {
    let Some(row) = draft.find_event(event)? else {
        return Ok(false);
    };
    let metadata = &row.event.metadata;
    let paths = metadata.get("filePaths").and_then(Value::as_array);
    let named = paths.is_some_and(|paths| paths.iter().any(|known| known == path));
    Ok(named && !metadata.contains_key("diff"))
}

/// Tells the calls of a batch that nobody told before: those that were refused before they began.
pub(super) fn batch_ended(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    calls: Vec<(ToolCall, CallEnd)>,
) -> Step<()> {
    for (call, end) in calls {
        // A call without an id cannot be found again: it was told, for all that is known.
        let Some(id) = &call.id else { continue };
        if told(draft, &place.task_id, id)?.is_none() {
            ended(draft, place, hook, &call, end)?;
        }
    }
    Ok(())
}

/// Closes the calls whose end nobody told. A guess, and marked as one; a late end corrects it.
pub(super) fn settle(draft: &mut Draft<'_>, task: &TaskId, why: &str) -> Step<()> {
    for (call, mark) in draft.marks(task, MarkKind::OpenCall)? {
        draft.remove_mark(task, MarkKind::OpenCall, &call);
        if let Some(open) = open_call(&mark) {
            let mut metadata = Metadata::new();
            metadata.insert("toolStatus".into(), json!(ToolStatus::Unfinished));
            metadata.insert("endedBecause".into(), why.into());
            draft.edit_event(
                &open.event_id,
                EventEdit {
                    title: None,
                    metadata,
                },
            )?;
        }
    }
    Ok(())
}

/// The calls of a task that have not ended.
pub(in crate::decide) fn open_calls(draft: &mut Draft<'_>, task: &TaskId) -> Step<Vec<OpenCall>> {
    let marks = draft.marks(task, MarkKind::OpenCall)?;
    Ok(marks
        .iter()
        .filter_map(|(_, mark)| open_call(mark))
        .collect())
}

/// The open call that a mark describes.
pub(super) fn open_call(mark: &Mark) -> Option<OpenCall> {
    serde_json::from_str(mark.note.as_deref()?).ok()
}

/// The event of a call that was told before.
pub(super) fn told(draft: &mut Draft<'_>, task: &TaskId, call: &str) -> Step<Option<EventId>> {
    let mark = draft.mark(task, MarkKind::Key, &key(call))?;
    Ok(mark.and_then(|mark| mark.note).map(EventId::new))
}

fn key(call: &str) -> String {
    format!("call:{call}")
}

fn is_over(draft: &mut Draft<'_>, event: &EventId) -> Step<bool> {
    let Some(row) = draft.find_event(event)? else {
        return Ok(false);
    };
    let status = row.event.metadata.get("toolStatus").and_then(Value::as_str);
    Ok(match status.and_then(ToolStatus::parse) {
        None | Some(ToolStatus::Running | ToolStatus::Unfinished) => false,
        Some(
            ToolStatus::Completed
            | ToolStatus::Failed
            | ToolStatus::Interrupted
            | ToolStatus::Refused,
        ) => true,
    })
}

/// Logs a call whose beginning was not seen.
fn log_ended(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    call: &ToolCall,
    end: CallEnd,
) -> Step<EventId> {
    let mut call = call.clone();
    call.title = end.title.unwrap_or(call.title);
    call.metadata.extend(end.metadata);
    log_call(draft, place, hook, &call, end.status)
}

fn log_call(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    call: &ToolCall,
    status: ToolStatus,
) -> Step<EventId> {
    let mut metadata = call.metadata.clone();
    metadata.insert("toolStatus".into(), json!(status));
    let title = draft
        .known_todo_title(&place.task_id, &metadata)?
        .unwrap_or(call.title.clone());
    let mut event = place.event(call.kind, title, hook, metadata);
    event.lane = Some(call.lane);
    event.body.clone_from(&call.body);
    event.file_paths.clone_from(&call.file_paths);
    let event_id = draft.log(event)?.id;
    let mark = Mark {
        count: 0,
        note: Some(event_id.to_string()),
    };
    draft.put_mark(&place.task_id, MarkKind::Key, &key(call.known_id()), mark);
    Ok(event_id)
}

fn change(
    draft: &mut Draft<'_>,
    id: &EventId,
    hook: &Origin,
    call: &ToolCall,
    end: CallEnd,
) -> Step<EventId> {
    let mut metadata = end.metadata;
    metadata.insert("toolStatus".into(), json!(end.status));
    metadata.insert("endedBy".into(), hook.hook_event.clone().into());
    metadata.insert("endedBecause".into(), Value::Null);
    let now = draft.now;
    let event: &Event = &draft.event(id)?.event;
    took::note(event, hook, now, &mut metadata);
    let task = event.task_id.clone();
    let mut known = event.metadata.clone();
    known.extend(metadata.clone());
    let title = draft
        .known_todo_title(&task, &known)?
        .or(end.title)
        .or(Some(call.title.clone()));
    draft.edit_event(id, EventEdit { title, metadata })?;
    Ok(id.clone())
}
