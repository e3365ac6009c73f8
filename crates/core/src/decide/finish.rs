use crate::command::{FinishTask, LoggedEvent, Reply};
use crate::draft::{Draft, NewEvent, Step};
use crate::entity::Metadata;
use crate::ids::{SessionId, TaskId};
use crate::vocabulary::{EventKind, SessionStatus, TaskStatus};
use crate::wire::Message;

pub(super) fn complete_task(draft: &mut Draft<'_>, finish: FinishTask) -> Step<Reply> {
    let ended = end_its_session(draft, &finish, SessionStatus::Completed)?;
    let mut events = Vec::new();
    if draft.task(&finish.task_id)?.task.status != TaskStatus::Completed {
        let completion = Completion {
            session_id: ended.clone(),
            title: None,
            summary: finish.summary,
            metadata: finish.metadata,
        };
        events.push(complete(draft, &finish.task_id, completion)?);
    }
    envelope(draft, &finish.task_id, ended, events)
}

/// What is told when a task is completed.
#[derive(Default)]
pub(super) struct Completion {
    /// The session it was completed in.
    pub session_id: Option<SessionId>,
    /// The event's title; the task's unless said.
    pub title: Option<String>,
    /// The event's body.
    pub summary: Option<String>,
    /// The event's metadata.
    pub metadata: Metadata,
}

/// Completes a task whose session is dealt with: `task.completed`, `event.logged`.
pub(super) fn complete(
    draft: &mut Draft<'_>,
    id: &TaskId,
    completion: Completion,
) -> Step<LoggedEvent> {
    draft.set_status(id, TaskStatus::Completed)?;
    let task = draft.task_entity(id)?;
    let title = completion.title.unwrap_or_else(|| task.title.clone());
    draft.announce(Message::TaskCompleted(task));
    let mut event = NewEvent::new(id, EventKind::TaskComplete, title);
    event.session_id = completion.session_id;
    event.body = completion.summary;
    event.metadata = completion.metadata;
    draft.log(event)
}

pub(super) fn fail_task(draft: &mut Draft<'_>, finish: FinishTask, message: String) -> Step<Reply> {
    let id = &finish.task_id;
    let ended = end_its_session(draft, &finish, SessionStatus::Errored)?;
    let mut events = Vec::new();
    if draft.set_status(id, TaskStatus::Errored)? {
        draft.announce_task(id)?;
        let title = draft.task(id)?.task.title.clone();
        let mut event = NewEvent::new(id, EventKind::TaskError, title);
        event.session_id.clone_from(&ended);
        event.body = Some(message);
        event.metadata = finish.metadata;
        events.push(draft.log(event)?);
    }
    envelope(draft, id, ended, events)
}

/// Ends the named session, else the newest running one.
fn end_its_session(
    draft: &mut Draft<'_>,
    finish: &FinishTask,
    status: SessionStatus,
) -> Step<Option<SessionId>> {
    draft.task(&finish.task_id)?;
    let session = match &finish.session_id {
        Some(id) => Some(draft.session_of(&finish.task_id, id)?.session.id.clone()),
        None => draft.running_sessions(&finish.task_id)?.into_iter().next(),
    };
    if let Some(id) = &session {
        draft.end_session(id, status, finish.summary.clone())?;
    }
    Ok(session)
}

fn envelope(
    draft: &mut Draft<'_>,
    id: &TaskId,
    session_id: Option<SessionId>,
    events: Vec<LoggedEvent>,
) -> Step<Reply> {
    Ok(Reply::Envelope {
        task: draft.task_entity(id)?,
        session_id,
        events,
    })
}
