use super::finish::{Completion, complete};
use crate::command::{EndSession, Reply, SessionEnding};
use crate::draft::{Draft, Step, invalid};
use crate::ids::{SessionId, TaskId};
use crate::vocabulary::{CompletionReason, SessionStatus, TaskKind, TaskStatus};

pub(super) fn end_session(draft: &mut Draft<'_>, end: EndSession) -> Step<Reply> {
    draft.task(&end.task_id)?;
    let session_id = choose_session(draft, &end)?;
    close(draft, &end.task_id, &session_id, end.ending)?;
    Ok(Reply::SessionEnded {
        session_id,
        task: draft.task_entity(&end.task_id)?,
    })
}

fn choose_session(draft: &mut Draft<'_>, end: &EndSession) -> Step<SessionId> {
    if let Some(id) = &end.session_id {
        return Ok(draft.session_of(&end.task_id, id)?.session.id.clone());
    }
    let running = draft.running_sessions(&end.task_id)?;
    match running.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(invalid("the task has no running session to end")),
        _ => Err(invalid(
            "the task has several running sessions: name one with sessionId",
        )),
    }
}

/// Ends a session and decides what becomes of its task.
pub(super) fn close(
    draft: &mut Draft<'_>,
    task: &TaskId,
    session: &SessionId,
    ending: SessionEnding,
) -> Step<()> {
    draft.end_session(session, SessionStatus::Completed, ending.summary.clone())?;
    for background in &ending.background_completions {
        complete_background(draft, background)?;
    }
    if draft.running_sessions(task)?.is_empty() {
        settle_task(draft, task, session, ending)?;
    }
    Ok(())
}

/// Completes a background task that was named as done. Unknown ones, and those that do not run,
/// are passed over: the caller's list may be behind.
fn complete_background(draft: &mut Draft<'_>, id: &TaskId) -> Step<()> {
    let runs = draft.find_task(id)?.is_some_and(|row| {
        row.task.status == TaskStatus::Running && row.task.task_kind == TaskKind::Background
    });
    if !runs {
        return Ok(());
    }
    let sessions = draft.running_sessions(id)?;
    for session in &sessions {
        draft.end_session(session, SessionStatus::Completed, None)?;
    }
    let completion = Completion {
        session_id: sessions.into_iter().next(),
        ..Completion::default()
    };
    complete(draft, id, completion)?;
    Ok(())
}

fn settle_task(
    draft: &mut Draft<'_>,
    id: &TaskId,
    session: &SessionId,
    ending: SessionEnding,
) -> Step<()> {
    let (status, kind) = {
        let task = &draft.task(id)?.task;
        (task.status, task.task_kind)
    };
    let turn_over = ending.reason == Some(CompletionReason::AssistantTurnComplete);
    let delegated = turn_over && draft.has_running_background(id)?;
    let completes = match kind {
        TaskKind::Primary => ending.complete_task && !delegated && !status.is_finished(),
        TaskKind::Background => {
            status == TaskStatus::Running || (ending.complete_task && !status.is_finished())
        }
    };
    if completes {
        let completion = Completion {
            session_id: Some(session.clone()),
            title: None,
            summary: ending.summary,
            metadata: ending.metadata,
        };
        complete(draft, id, completion)?;
    } else if kind == TaskKind::Primary
        && !status.is_finished()
        && (delegated || ending.reason == Some(CompletionReason::Idle))
    {
        draft.move_to(id, TaskStatus::Waiting)?;
    }
    Ok(())
}
