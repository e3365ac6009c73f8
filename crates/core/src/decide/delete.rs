use std::collections::BTreeSet;

use crate::command::Reply;
use crate::draft::{Draft, Step};
use crate::ids::TaskId;
use crate::wire::Message;

/// Deletes a task and all it delegated: one `task.deleted` each, parents first.
pub(super) fn delete_task(draft: &mut Draft<'_>, id: &TaskId) -> Step<Reply> {
    draft.task(id)?;
    for task in draft.with_descendants(id)? {
        draft.remove_task(&task)?;
    }
    Ok(Reply::Done { ok: true })
}

/// Deletes every finished task and all they delegated, whatever its state: one `tasks.purged`.
pub(super) fn delete_finished(draft: &mut Draft<'_>) -> Step<Reply> {
    let (mut gone, mut known) = (Vec::new(), BTreeSet::new());
    for finished in draft.finished_tasks()? {
        draft.add_descendants(&finished, &mut gone, &mut known)?;
    }
    for task in &gone {
        draft.remove_task_quietly(task)?;
    }
    let deleted = gone.len();
    draft.announce(Message::TasksPurged {
        count: deleted,
        task_ids: gone,
    });
    Ok(Reply::Purged { ok: true, deleted })
}
