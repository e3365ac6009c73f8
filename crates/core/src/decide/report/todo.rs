//! The agent's to-do list, when it is told outside of a tool call.

use serde_json::{Value, json};

use super::attach::Place;
use super::{Origin, calls};
use crate::draft::{Draft, EventEdit, Step};
use crate::entity::Metadata;
use crate::ids::TaskId;
use crate::rows::MarkKind;
use crate::vocabulary::{EventKind, TodoState};

/// A move of an item, as reported.
pub(super) struct Move {
    pub todo_id: String,
    pub state: TodoState,
    pub title: String,
    pub metadata: Metadata,
}

/// Tells the move in the open to-do call that caused it; without one, in an event of its own,
/// unless it is known already.
pub(super) fn moved(draft: &mut Draft<'_>, place: &Place, hook: &Origin, what: Move) -> Step<()> {
    let mut metadata = what.metadata;
    metadata.insert("todoId".into(), what.todo_id.clone().into());
    metadata.insert("todoState".into(), json!(what.state));
    metadata.insert("todoTitle".into(), what.title.clone().into());
    for (_, mark) in draft.marks(&place.task_id, MarkKind::OpenCall)? {
        let Some(call) = calls::open_call(&mark) else {
            continue;
        };
        if call.kind == EventKind::TodoLogged && concerns(draft, &call, &what.todo_id, &what.title)?
        {
            let edit = EventEdit {
                title: Some(what.title),
                metadata,
            };
            draft.edit_event(&call.event_id, edit)?;
            return Ok(());
        }
    }
    let known = draft.mark(&place.task_id, MarkKind::Todo, &what.todo_id)?;
    let is_news = known.is_none_or(|mark| what.state == TodoState::Completed && mark.count == 0);
    if is_news {
        draft.log(place.event(EventKind::TodoLogged, what.title, hook, metadata))?;
    }
    Ok(())
}

/// Whether an open to-do call is about this item: by its id, or by its text while it has no id.
fn concerns(draft: &mut Draft<'_>, call: &calls::OpenCall, id: &str, title: &str) -> Step<bool> {
    let Some(row) = draft.find_event(&call.event_id)? else {
        return Ok(false);
    };
    let known = row.event.metadata.get("todoId").and_then(Value::as_str);
    Ok(known.map_or(row.event.title == title, |known| known == id))
}

impl Draft<'_> {
    /// What a to-do item says, when an event names only its id.
    pub(super) fn known_todo_title(
        &mut self,
        task: &TaskId,
        metadata: &Metadata,
    ) -> Step<Option<String>> {
        match metadata.get("todoId").and_then(Value::as_str) {
            Some(id) => Ok(self
                .mark(task, MarkKind::Todo, id)?
                .and_then(|mark| mark.note)),
            None => Ok(None),
        }
    }
}
