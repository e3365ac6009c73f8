use crate::command::{Rejection, Reply};
use crate::draft::{Draft, Step};
use crate::family::Family;
use crate::ids::TaskId;
use crate::trash::{EMPTIED_TASKS_MAX, TrashedTask};

/// Restores tasks, each with what it delegated and was deleted with it. Those that are not in the
/// trash (any more) are passed over, unless all are.
pub(super) fn restore(draft: &mut Draft<'_>, ids: Vec<TaskId>) -> Step<Reply> {
    let family = draft.trashed_families(ids)?;
    if family.is_empty() {
        return Err(Rejection::NotInTrash.into());
    }
    let mut tasks = draft.take_from_trash(&family)?;
    for task in &mut tasks {
        leave_missing_parent(draft, task, &family)?;
    }
    for task in tasks {
        draft.restore_task(task)?;
    }
    Ok(Reply::Restored {
        ok: true,
        task_ids: family.into_tasks(),
    })
}

/// A task whose parent stays deleted stands by itself: every parent that is named is there.
fn leave_missing_parent(
    draft: &mut Draft<'_>,
    task: &mut TrashedTask,
    family: &Family,
) -> Step<()> {
    if let Some(parent) = &task.row.task.parent_task_id
        && !family.contains(parent)
        && draft.find_task(parent)?.is_none()
    {
        task.row.task.parent_task_id = None;
    }
    Ok(())
}

/// Lets go of a bounded number of tasks that were in the trash for their time.
pub(super) fn empty_trash(draft: &mut Draft<'_>) -> Step<Reply> {
    draft.empty_trash(EMPTIED_TASKS_MAX)?;
    Ok(Reply::Done { ok: true })
}
