//! Reports that carry an id of their own: each is told once.

use super::Origin;
use super::attach::Place;
use crate::draft::{Draft, Step};
use crate::ids::TaskId;
use crate::rows::{Mark, MarkKind};

/// Whether this report's own id is new; remembers it. Without an id everything is new.
pub(super) fn first_time(draft: &mut Draft<'_>, place: &Place, origin: &Origin) -> Step<bool> {
    if is_told(draft, &place.task_id, origin)? {
        return Ok(false);
    }
    if let Some(id) = &origin.event_id {
        draft.put_mark(&place.task_id, MarkKind::Key, &key(id), Mark::default());
    }
    Ok(true)
}

/// Whether a report with this report's own id was told in the task before.
pub(super) fn is_told(draft: &mut Draft<'_>, task: &TaskId, origin: &Origin) -> Step<bool> {
    match &origin.event_id {
        Some(id) => Ok(draft.mark(task, MarkKind::Key, &key(id))?.is_some()),
        None => Ok(false),
    }
}

fn key(id: &str) -> String {
    format!("event:{id}")
}
