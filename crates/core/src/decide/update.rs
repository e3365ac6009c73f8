use crate::command::{LinkTask, Reply, UpdateTask};
use crate::draft::{Draft, Step, invalid};

pub(super) fn link_task(draft: &mut Draft<'_>, link: &LinkTask) -> Step<Reply> {
    let id = &link.task_id;
    draft.task(id)?;
    draft.set_links(id, &link.links)?;
    if let Some(title) = trimmed(link.title.as_deref()) {
        draft.set_title(id, title)?;
    }
    if let Some(kind) = link.task_kind {
        draft.touch_task(id)?.task.task_kind = kind;
    }
    draft.announce_task(id)?;
    Ok(Reply::Task {
        task: draft.task_entity(id)?,
    })
}

/// Changes a title or a status by hand. A request that changes nothing announces nothing.
pub(super) fn update_task(draft: &mut Draft<'_>, update: &UpdateTask) -> Step<Reply> {
    let id = &update.task_id;
    let task = draft.task_entity(id)?;
    let title = trimmed(update.title.as_deref());
    if title.is_none() && update.status.is_none() {
        return Err(invalid("give a title (not only white space) or a status"));
    }
    let title = title.filter(|title| *title != task.title);
    let status = update.status.filter(|status| *status != task.status);
    if title.is_none() && status.is_none() {
        return Ok(Reply::Task { task });
    }
    if let Some(title) = title {
        draft.set_title(id, title)?;
    }
    if let Some(status) = status {
        draft.set_status(id, status)?;
    }
    draft.announce_task(id)?;
    Ok(Reply::Task {
        task: draft.task_entity(id)?,
    })
}

fn trimmed(title: Option<&str>) -> Option<String> {
    title
        .map(str::trim)
        .filter(|title| !title.is_empty())
        .map(str::to_owned)
}
