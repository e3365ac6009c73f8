//! What follows from hearing nothing, and from an agent's process that is gone. Nobody reported
//! it, so whatever is concluded is marked as a guess, and corrected by whatever comes later.

use serde_json::json;

use super::activity;
use super::report::{complete_lost, end_lost_children, open_calls, settle_open};
use crate::command::Reply;
use crate::draft::{Draft, Step};
use crate::entity::{Activity, Metadata, Task};
use crate::ids::TaskId;
use crate::time::Timestamp;
use crate::vocabulary::{ActivityState, SessionStatus, TaskKind, TaskStatus};

/// A running agent of which nothing was heard for this long is silent.
pub const SILENT_MILLIS: i64 = 10 * 60_000;
/// The same while a call is open: commands may take long.
const SILENT_IN_CALL_MILLIS: i64 = 30 * 60_000;
/// After this long a silent agent counts as no longer running.
const GIVEN_UP_MILLIS: i64 = 120 * 60_000;

/// Whether it is worth asking what the silence of a task means. Cheap: looks at the task alone.
pub fn is_silence_due(task: &Task, now: Timestamp) -> bool {
    let quiet = now.millis_since(task.last_activity_at);
    let known = task.activity.as_ref().map(|activity| activity.state);
    task.status == TaskStatus::Running
        && match known {
            None => false,
            Some(ActivityState::Silent) => quiet >= GIVEN_UP_MILLIS,
            Some(_) => quiet >= SILENT_MILLIS,
        }
}

/// Nothing was heard of a task for long.
pub(super) fn silence(draft: &mut Draft<'_>, id: &TaskId) -> Step<Reply> {
    let done = Reply::Done { ok: true };
    let Some(task) = draft.find_task(id)?.map(|row| row.task.clone()) else {
        return Ok(done);
    };
    if !is_silence_due(&task, draft.now) {
        return Ok(done);
    }
    let heard_at = last_heard_of(draft, id)?;
    let quiet = draft.now.millis_since(heard_at);
    let in_call = !open_calls(draft, id)?.is_empty();
    let limit = if in_call {
        SILENT_IN_CALL_MILLIS
    } else {
        SILENT_MILLIS
    };
    if quiet >= GIVEN_UP_MILLIS {
        give_up(draft, &task, heard_at)?;
    } else if quiet >= limit {
        put_silent(draft, id, heard_at, false)?;
    }
    Ok(done)
}

/// When anything was last heard of a task or of what it delegated.
fn last_heard_of(draft: &mut Draft<'_>, id: &TaskId) -> Step<Timestamp> {
    let mut last = draft.task(id)?.task.last_activity_at;
    for task in draft.with_descendants(id)? {
        if let Some(row) = draft.find_task(&task)? {
            last = last.max(row.task.last_activity_at);
        }
    }
    Ok(last)
}

/// A subagent is over; an agent may still be there, so its task waits.
fn give_up(draft: &mut Draft<'_>, task: &Task, heard_at: Timestamp) -> Step<()> {
    const WHY: &str = "nothing was heard for two hours";
    if task.task_kind == TaskKind::Background {
        return complete_lost(draft, &task.id, WHY);
    }
    settle_open(draft, &task.id, WHY)?;
    draft.move_to(&task.id, TaskStatus::Waiting)?;
    put_silent(draft, &task.id, heard_at, true)
}

fn put_silent(draft: &mut Draft<'_>, id: &TaskId, since: Timestamp, guess: bool) -> Step<()> {
    let activity = Activity {
        state: ActivityState::Silent,
        since,
        detail: None,
        guess,
    };
    draft.set_activity(id, activity)
}

/// The process that an agent ran in is gone. If its session still runs, nobody reported its end.
pub(super) fn process_gone(
    draft: &mut Draft<'_>,
    source: &str,
    runtime_session_id: &str,
    process: &str,
) -> Step<Reply> {
    let done = Reply::Done { ok: true };
    let Some(binding) = draft.binding(source, runtime_session_id)? else {
        return Ok(done);
    };
    if binding.process.as_deref() != Some(process) {
        return Ok(done);
    }
    let (id, session) = (binding.task_id.clone(), binding.session_id.clone());
    draft.put_binding(crate::rows::Binding {
        process: None,
        ..binding
    });
    let Some(session) = session else {
        return Ok(done);
    };
    if !draft.is_session_running(&session)? {
        return Ok(done);
    }
    let worked = is_at_work(&draft.task_entity(&id)?);
    end_lost_children(draft, &id)?;
    settle_open(draft, &id, "the agent's process is gone")?;
    let summary = "no end was reported: the agent's process is gone".to_owned();
    draft.end_session(&session, SessionStatus::Completed, Some(summary))?;
    let mut metadata = Metadata::new();
    metadata.insert("guess".into(), json!(true));
    metadata.insert("reason".into(), json!("process gone"));
    super::report::end_and_complete(draft, &id, &session, "Session ended", metadata)?;
    if draft.task(&id)?.task.status.is_finished() {
        let (state, detail) = if worked {
            let detail = "its process ended in the middle of a turn";
            (ActivityState::Interrupted, Some(detail.to_owned()))
        } else {
            (ActivityState::Done, None)
        };
        activity::guess(draft, &id, state, detail)?;
    }
    Ok(done)
}

fn is_at_work(task: &Task) -> bool {
    let state = task.activity.as_ref().map(|activity| activity.state);
    task.status == TaskStatus::Running
        || matches!(
            state,
            Some(ActivityState::Permission | ActivityState::Background)
        )
}
