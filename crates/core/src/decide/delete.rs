use crate::command::Reply;
use crate::draft::{Draft, Step};
use crate::ids::TaskId;
use crate::time::Timestamp;
use crate::wire::Message;

/// Deletes a task and all it delegated: one `task.deleted` each, parents first.
pub(super) fn delete_task(draft: &mut Draft<'_>, id: &TaskId) -> Step<Reply> {
    draft.task(id)?;
    let deletion = draft.next_id();
    for task_id in draft.with_descendants(id)? {
        draft.trash_task(&task_id, &deletion)?;
        draft.announce(Message::TaskDeleted { task_id });
    }
    Ok(Reply::Done { ok: true })
}

/// Deletes finished tasks and all they delegated, whatever its state: one `tasks.purged`.
pub(super) fn delete_finished(draft: &mut Draft<'_>, before: Option<Timestamp>) -> Step<Reply> {
    let deletion = draft.next_id();
    let task_ids = draft.finished_families(before)?;
    for task in &task_ids {
        draft.trash_task(task, &deletion)?;
    }
    let deleted = task_ids.len();
    draft.announce(Message::TasksPurged {
        count: deleted,
        task_ids: task_ids.clone(),
    });
    Ok(Reply::Purged {
        ok: true,
        deleted,
        task_ids,
    })
}
