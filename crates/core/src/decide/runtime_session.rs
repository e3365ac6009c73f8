use super::finish::{Completion, complete};
use super::session_end::close;
use super::start::begin;
use crate::command::{EndRuntimeSession, EnsureRuntimeSession, Reply, StartTask};
use crate::draft::{Draft, Step};
use crate::ids::{SessionId, TaskId};
use crate::rows::Binding;
use crate::vocabulary::{TaskKind, TaskStatus};
use crate::wire::Message;

/// (a) a live session: the same ids. (b) a known agent session without one: a new session on the
/// same task. (c) unknown: a new task.
pub(super) fn ensure(draft: &mut Draft<'_>, ensure: EnsureRuntimeSession) -> Step<Reply> {
    let known = draft.binding(&ensure.runtime_source, &ensure.runtime_session_id)?;
    let task_created = known.is_none();
    let (task_id, session_id, session_created) = match known {
        Some(binding) => continue_session(draft, binding)?,
        None => bind_new_task(draft, ensure)?,
    };
    Ok(Reply::Ensured {
        task_id,
        session_id,
        task_created,
        session_created,
    })
}

fn continue_session(draft: &mut Draft<'_>, binding: Binding) -> Step<(TaskId, SessionId, bool)> {
    let live = live_session(draft, &binding)?;
    let created = live.is_none();
    let session = match live {
        Some(session) => session,
        None => reopen(draft, &binding)?,
    };
    Ok((binding.task_id, session, created))
}

/// The binding's session, if it still runs.
pub(super) fn live_session(draft: &mut Draft<'_>, binding: &Binding) -> Step<Option<SessionId>> {
    match &binding.session_id {
        Some(id) if draft.is_session_running(id)? => Ok(Some(id.clone())),
        _ => Ok(None),
    }
}

/// Opens a new session on the task of a known agent session; the task runs again.
pub(super) fn reopen(draft: &mut Draft<'_>, binding: &Binding) -> Step<SessionId> {
    let task = draft.task_mut(&binding.task_id)?;
    let source_changed = task.task.runtime_source.as_ref() != Some(&binding.source);
    task.task.runtime_source = Some(binding.source.clone());
    let status_changed = draft.set_status(&binding.task_id, TaskStatus::Running)?;
    let session = draft.open_session(&binding.task_id, None)?;
    if status_changed || source_changed {
        draft.announce_task(&binding.task_id)?;
    }
    draft.announce(Message::SessionStarted(session.clone()));
    draft.put_binding(Binding {
        session_id: Some(session.id.clone()),
        ..binding.clone()
    });
    Ok(session.id)
}

fn bind_new_task(
    draft: &mut Draft<'_>,
    ensure: EnsureRuntimeSession,
) -> Step<(TaskId, SessionId, bool)> {
    let delegated = ensure.links.parent_task_id.is_some();
    let started = begin(
        draft,
        StartTask {
            title: ensure.title,
            workspace_path: ensure.workspace_path,
            runtime_source: Some(ensure.runtime_source.clone()),
            task_kind: delegated.then_some(TaskKind::Background),
            links: ensure.links,
            ..StartTask::default()
        },
    )?;
    draft.put_binding(Binding {
        source: ensure.runtime_source,
        runtime_session_id: ensure.runtime_session_id,
        task_id: started.task_id.clone(),
        session_id: Some(started.session_id.clone()),
        process: None,
        from_transcript: false,
    });
    Ok((started.task_id, started.session_id, true))
}

/// Ends an agent's session. Always answers well: an unknown one is as ended as can be.
pub(super) fn end(draft: &mut Draft<'_>, end: EndRuntimeSession) -> Step<Reply> {
    if let Some(binding) = draft.binding(&end.runtime_source, &end.runtime_session_id)? {
        match live_session(draft, &binding)? {
            Some(session) => {
                draft.put_binding(Binding {
                    session_id: None,
                    ..binding.clone()
                });
                close(draft, &binding.task_id, &session, end.ending)?;
            }
            None if end.ending.complete_task => end_for_good(draft, &binding, end)?,
            None => {}
        }
    }
    Ok(Reply::Done { ok: true })
}

/// No session runs, but the task is to be completed: it is, and the agent's session is forgotten,
/// so that its next sign of life begins a new task.
fn end_for_good(draft: &mut Draft<'_>, binding: &Binding, end: EndRuntimeSession) -> Step<()> {
    if !draft.task(&binding.task_id)?.task.status.is_finished() {
        let completion = Completion {
            summary: end.ending.summary,
            metadata: end.ending.metadata,
            ..Completion::default()
        };
        complete(draft, &binding.task_id, completion)?;
    }
    draft.remove_binding(&binding.source, &binding.runtime_session_id);
    Ok(())
}
