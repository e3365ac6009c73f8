//! The beginning and the end of an agent's run.

use serde_json::json;

use super::attach::{Place, STRAGGLER_MILLIS_MAX, start_key};
use super::{Origin, asks, calls};
use crate::decide::activity;
use crate::decide::finish::{Completion, complete};
use crate::decide::runtime_session::reopen;
use crate::draft::{Draft, EventEdit, Step};
use crate::entity::Metadata;
use crate::ids::{EventId, SessionId, TaskId};
use crate::rows::{Binding, Mark, MarkKind};
use crate::vocabulary::{ActivityState, EventKind, SessionStatus, TaskKind, TaskStatus};

/// The agent (or a subagent) says that it began to run.
pub(super) fn started(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    how: &str,
    mut metadata: Metadata,
) -> Step<()> {
    metadata.insert("startedBy".into(), how.into());
    let Some(session) = place.session_id.clone() else {
        return Ok(());
    };
    let now = draft.now;
    let row = draft.session_mut(&session)?;
    let announced = std::mem::replace(&mut row.announced, true);
    let is_young = now.millis_since(row.session.started_at) <= STRAGGLER_MILLIS_MAX;
    let is_repeated = row.events <= 1 || is_young;
    if place.opened && hook.subagent.is_none() {
        // An agent that was only started waits for its first prompt.
        draft.move_to(&place.task_id, TaskStatus::Waiting)?;
    }
    if place.opened && !place.is_new {
        return note_resumed(draft, place, hook, metadata);
    }
    if !announced {
        return announce_start(draft, place, hook, &session, metadata);
    }
    // A session that was announced a moment ago or has seen nothing since: the same report,
    // delivered twice.
    if is_repeated {
        return Ok(());
    }
    replace_lost_session(draft, place, hook, &session, metadata)
}

/// The start event was there already (made by this report, or by one that overtook it).
fn announce_start(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    session: &SessionId,
    mut metadata: Metadata,
) -> Step<()> {
    metadata.insert("hookEvent".into(), hook.hook_event.clone().into());
    let mark = draft.mark(&place.task_id, MarkKind::Key, &start_key(Some(session)))?;
    match mark.and_then(|mark| mark.note) {
        Some(event) => {
            draft.edit_event(
                &EventId::new(event),
                EventEdit {
                    title: None,
                    metadata,
                },
            )?;
            Ok(())
        }
        None => note_resumed(draft, place, hook, metadata),
    }
}

/// The agent starts although its last run never ended: that run is over, and nobody said how.
fn replace_lost_session(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    lost: &SessionId,
    metadata: Metadata,
) -> Step<()> {
    end_lost_children(draft, &place.task_id)?;
    settle_open(draft, &place.task_id, "the agent started again")?;
    let summary = Some("no end was reported: the agent started again".to_owned());
    draft.end_session(lost, SessionStatus::Completed, summary)?;
    let session = reopen(draft, &place.binding)?;
    draft.session_mut(&session)?.announced = true;
    draft.move_to(&place.task_id, TaskStatus::Waiting)?;
    let place = Place {
        task_id: place.task_id.clone(),
        session_id: Some(session),
        binding: place.binding.clone(),
        is_new: false,
        opened: true,
    };
    note_resumed(draft, &place, hook, metadata)
}

fn note_resumed(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    metadata: Metadata,
) -> Step<()> {
    let event = place.event(EventKind::ContextSaved, "Session resumed", hook, metadata);
    let mark = Mark {
        count: 0,
        note: Some(draft.log(event)?.id.to_string()),
    };
    let key = start_key(place.session_id.as_ref());
    draft.put_mark(&place.task_id, MarkKind::Key, &key, mark);
    Ok(())
}

/// More is known of the run. A run whose beginning was not told has no place for it.
pub(super) fn described(draft: &mut Draft<'_>, place: &Place, metadata: Metadata) -> Step<()> {
    let key = start_key(place.session_id.as_ref());
    let mark = draft.mark(&place.task_id, MarkKind::Key, &key)?;
    if let Some(event) = mark.and_then(|mark| mark.note) {
        let title = None;
        draft.edit_event(&EventId::new(event), EventEdit { title, metadata })?;
    }
    Ok(())
}

/// The agent says that its run ended. The task is completed, with all it still delegated.
pub(super) fn ended(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    reason: &str,
    mut metadata: Metadata,
) -> Step<()> {
    let Some(session) = place.session_id.clone() else {
        return Ok(());
    };
    if !draft.is_session_running(&session)? {
        return Ok(());
    }
    let guessed = metadata.get("guess") == Some(&json!(true));
    metadata.insert("reason".into(), reason.into());
    metadata.insert("hookEvent".into(), hook.hook_event.clone().into());
    end_lost_children(draft, &place.task_id)?;
    settle_open(draft, &place.task_id, "the session ended")?;
    forget_process(draft, &place.binding)?;
    end_and_complete(draft, &place.task_id, &session, "Session ended", metadata)?;
    if draft.task(&place.task_id)?.task.status.is_finished() {
        let settle = if guessed {
            activity::guess
        } else {
            activity::put
        };
        settle(draft, &place.task_id, ActivityState::Done, None)?;
    }
    Ok(())
}

/// A run that ended is not watched any more.
fn forget_process(draft: &mut Draft<'_>, binding: &Binding) -> Step<()> {
    if let Some(binding) = draft.binding(&binding.source, &binding.runtime_session_id)?
        && binding.process.is_some()
    {
        draft.put_binding(Binding {
            process: None,
            ..binding
        });
    }
    Ok(())
}

/// Ends a session, and completes its task unless another session of it runs.
pub(in crate::decide) fn end_and_complete(
    draft: &mut Draft<'_>,
    task: &TaskId,
    session: &SessionId,
    title: &str,
    metadata: Metadata,
) -> Step<()> {
    draft.end_session(session, SessionStatus::Completed, None)?;
    let finished = draft.task(task)?.task.status.is_finished();
    if !finished && draft.running_sessions(task)?.is_empty() {
        let completion = Completion {
            session_id: Some(session.clone()),
            title: Some(title.to_owned()),
            summary: None,
            metadata,
        };
        complete(draft, task, completion)?;
    }
    Ok(())
}

/// Subagents that are not over when their agent's run is: they went down with it, without a word.
pub(in crate::decide) fn end_lost_children(draft: &mut Draft<'_>, task: &TaskId) -> Step<()> {
    for child in draft.with_descendants(task)?.into_iter().skip(1) {
        let task = &draft.task(&child)?.task;
        if task.task_kind == TaskKind::Background && !task.status.is_finished() {
            end_lost_child(draft, &child)?;
        }
    }
    Ok(())
}

fn end_lost_child(draft: &mut Draft<'_>, child: &TaskId) -> Step<()> {
    complete_lost(draft, child, "the session that started it ended")
}

/// Completes a subagent's task whose end nobody reported. A guess, and marked as one.
pub(in crate::decide) fn complete_lost(
    draft: &mut Draft<'_>,
    child: &TaskId,
    why: &str,
) -> Step<()> {
    settle_open(draft, child, why)?;
    let sessions = draft.running_sessions(child)?;
    for session in &sessions {
        draft.end_session(session, SessionStatus::Completed, None)?;
    }
    let mut metadata = Metadata::new();
    metadata.insert("guess".into(), json!(true));
    let session = sessions.into_iter().next();
    let completion = Completion {
        session_id: session,
        title: Some("Subagent ended".to_owned()),
        summary: Some(format!("no end was reported: {why}")),
        metadata,
    };
    complete(draft, child, completion)?;
    activity::guess(draft, child, ActivityState::Done, None)
}

/// Closes what is open in a task that no session runs of: it is a straggler's, and nobody else
/// will.
pub(super) fn settle_if_over(draft: &mut Draft<'_>, task: &TaskId) -> Step<()> {
    if draft.running_sessions(task)?.is_empty() {
        settle_open(draft, task, "the session ended")?;
    }
    Ok(())
}

/// Closes what is still open in a task: calls without an end, permissions without an answer.
pub(in crate::decide) fn settle_open(draft: &mut Draft<'_>, task: &TaskId, why: &str) -> Step<()> {
    calls::settle(draft, task, why)?;
    asks::settle_all(draft, task, why)
}
