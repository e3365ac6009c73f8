//! Why a task is in its state, and since when: found out again whenever something of it changed.
//!
//! What waits for an answer says so by itself (open permissions, open questions). How a turn ended
//! is remembered in the activity until the next one begins.

use crate::draft::{Draft, Step};
use crate::entity::{Activity, Task};
use crate::ids::{EventId, TaskId};
use crate::rows::MarkKind;
use crate::vocabulary::{ActivityState, EventKind, TaskKind, TaskStatus};

use super::report::open_calls;

/// A state, and what about.
type Found = (ActivityState, Option<String>);

/// Finds out again what the tasks are doing that are in another state now.
pub(super) fn refresh_moved(draft: &mut Draft<'_>) -> Step<()> {
    for id in draft.moved_tasks() {
        if draft.task(&id)?.task.activity.is_some() {
            refresh(draft, &id)?;
        }
    }
    Ok(())
}

/// Finds out what a task is doing, and what this means for those that delegated it.
pub(super) fn refresh(draft: &mut Draft<'_>, id: &TaskId) -> Step<()> {
    refresh_one(draft, id)?;
    if !draft.has_moved(id) {
        return Ok(());
    }
    for ancestor in draft.ancestors(id)? {
        if draft.task(&ancestor)?.task.activity.is_some() {
            refresh_one(draft, &ancestor)?;
        }
    }
    Ok(())
}

fn refresh_one(draft: &mut Draft<'_>, id: &TaskId) -> Step<()> {
    let task = draft.task_entity(id)?;
    let (state, detail) = match task.status {
        TaskStatus::Completed | TaskStatus::Errored => over(&task),
        TaskStatus::Running => open_question(draft, id)?.unwrap_or((ActivityState::Working, None)),
        TaskStatus::Waiting => match open_question(draft, id)? {
            Some(found) => found,
            None => at_rest(draft, task.activity.as_ref(), id)?,
        },
    };
    put(draft, id, state, detail)
}

/// Sets what a task is doing, as somebody said. It stays so until something else is heard.
pub(super) fn put(
    draft: &mut Draft<'_>,
    id: &TaskId,
    state: ActivityState,
    detail: Option<String>,
) -> Step<()> {
    let known = draft.task(id)?.task.activity.clone();
    let same = known
        .as_ref()
        .is_some_and(|known| known.state == state && known.detail == detail);
    if same {
        // What only follows from something else stays a guess for as long as it is the same.
        return Ok(());
    }
    let since = match known {
        Some(known) if known.state == state => known.since,
        _ => draft.now,
    };
    let activity = Activity {
        state,
        since,
        detail,
        guess: false,
    };
    draft.set_activity(id, activity)
}

/// Sets what a task seems to be doing.
pub(super) fn guess(
    draft: &mut Draft<'_>,
    id: &TaskId,
    state: ActivityState,
    detail: Option<String>,
) -> Step<()> {
    let activity = Activity {
        state,
        since: draft.now,
        detail,
        guess: true,
    };
    draft.set_activity(id, activity)
}

fn over(task: &Task) -> Found {
    match &task.activity {
        _ if task.status == TaskStatus::Errored => (ActivityState::Failed, None),
        Some(known) if known.state == ActivityState::Interrupted && known.guess => {
            (known.state, known.detail.clone())
        }
        _ => (ActivityState::Done, None),
    }
}

/// The permission or the question that waits for an answer, if one does.
fn open_question(draft: &mut Draft<'_>, id: &TaskId) -> Step<Option<Found>> {
    if let Some((_, mark)) = draft.marks(id, MarkKind::OpenAsk)?.into_iter().next_back() {
        let event = mark.note.map(EventId::new);
        let title = match event {
            Some(event) => title(draft, &event)?,
            None => None,
        };
        return Ok(Some((ActivityState::Permission, title)));
    }
    for call in open_calls(draft, id)? {
        if is_question(call.kind) {
            let title = title(draft, &call.event_id)?;
            return Ok(Some((ActivityState::Person, title)));
        }
    }
    Ok(None)
}

/// Whether an open call of this kind waits for its person.
pub(super) fn is_question(kind: EventKind) -> bool {
    matches!(kind, EventKind::QuestionLogged | EventKind::PlanLogged)
}

fn title(draft: &mut Draft<'_>, event: &EventId) -> Step<Option<String>> {
    Ok(draft.find_event(event)?.map(|row| row.event.title.clone()))
}

/// Whether the task's turn failed or was broken off, and no other has begun.
pub(super) fn is_broken_off(draft: &mut Draft<'_>, id: &TaskId) -> Step<bool> {
    let task = &draft.task(id)?.task;
    let known = task.activity.as_ref().map(|known| known.state);
    let broken = [ActivityState::Failed, ActivityState::Interrupted];
    Ok(task.status == TaskStatus::Waiting && known.is_some_and(|state| broken.contains(&state)))
}

/// What a task does whose turn is over.
fn at_rest(draft: &mut Draft<'_>, known: Option<&Activity>, id: &TaskId) -> Step<Found> {
    if let Some(known) = known
        && matches!(
            known.state,
            ActivityState::Failed | ActivityState::Interrupted | ActivityState::Silent
        )
    {
        return Ok((known.state, known.detail.clone()));
    }
    match running_child(draft, id)? {
        Some(title) => Ok((ActivityState::Background, Some(title))),
        None => Ok((ActivityState::Person, None)),
    }
}

/// What one of the tasks that this one delegated and that are not over is called.
fn running_child(draft: &mut Draft<'_>, id: &TaskId) -> Step<Option<String>> {
    for child in draft.with_descendants(id)?.iter().skip(1) {
        let task = draft.find_task(child)?.map(|row| &row.task);
        let task = task.filter(|task| task.task_kind == TaskKind::Background);
        if let Some(task) = task.filter(|task| !task.status.is_finished()) {
            return Ok(Some(task.display_title.clone()));
        }
    }
    Ok(None)
}
