//! Turns that end without an end: broken off, or found to be over.

use super::attach::Place;
use super::{Origin, asks, calls};
use crate::decide::activity;
use crate::draft::{Draft, Step};
use crate::entity::Metadata;
use crate::ids::TaskId;
use crate::vocabulary::{ActivityState, EventKind, Lane, TaskStatus};

/// The turn was broken off: what is open is closed, and the task waits for its person.
pub(super) fn interrupted(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    title: String,
    metadata: Metadata,
) -> Step<()> {
    close(draft, &place.task_id, "the turn was interrupted")?;
    let mut event = place.event(EventKind::ContextSaved, title, hook, metadata);
    event.lane = Some(Lane::User);
    event.metadata.insert("interrupted".into(), true.into());
    draft.log(event)?;
    if rests(draft, &place.task_id)? {
        activity::put(draft, &place.task_id, ActivityState::Interrupted, None)?;
    }
    Ok(())
}

/// The agent waits for its next prompt, so nothing of its turn is open any more.
pub(super) fn person_awaited(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    (title, body): (String, Option<String>),
    metadata: Metadata,
) -> Step<()> {
    let was_working = draft.task(&place.task_id)?.task.status == TaskStatus::Running;
    close(draft, &place.task_id, "the agent waits for its person")?;
    let mut event = place.event(EventKind::ContextSaved, title, hook, metadata);
    event.lane = Some(Lane::Coordination);
    event.body = body;
    draft.log(event)?;
    if rests(draft, &place.task_id)? && was_working {
        activity::put(draft, &place.task_id, ActivityState::Person, None)?;
    }
    Ok(())
}

fn close(draft: &mut Draft<'_>, task: &TaskId, why: &str) -> Step<()> {
    calls::settle(draft, task, why)?;
    asks::settle_all(draft, task, why)
}

/// Lets the task wait, unless it is over; says whether it waits now.
fn rests(draft: &mut Draft<'_>, task: &TaskId) -> Step<bool> {
    if draft.task(task)?.task.status.is_finished() {
        return Ok(false);
    }
    draft.move_to(task, TaskStatus::Waiting)?;
    Ok(true)
}
