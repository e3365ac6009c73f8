//! The agent's to-do list, told by its own hooks.

use crate::adapter::payload::Payload;
use crate::adapter::text;
use crate::report::What;
use crate::vocabulary::{EventKind, Lane, TodoState};

pub(super) fn moved(hook: &str, mut payload: Payload) -> What {
    let subject = payload.take_text("task_subject");
    let todo_id = payload.word("task_id");
    payload.take("task_id");
    let state = if hook == "TaskCompleted" {
        TodoState::Completed
    } else {
        TodoState::Added
    };
    let title = subject.as_deref().and_then(text::first_line);
    match todo_id {
        Some(todo_id) => What::TodoMoved {
            title: title.unwrap_or_else(|| text::label(&format!("Task #{todo_id}"))),
            todo_id,
            state,
            metadata: payload.rest(),
        },
        None => nameless(state, title, payload),
    }
}

/// Without an id nothing can be said about the list; that something moved is still true.
fn nameless(state: TodoState, title: Option<String>, payload: Payload) -> What {
    What::Noted {
        kind: EventKind::ContextSaved,
        lane: Lane::Todos,
        title: title.unwrap_or_else(|| format!("A task was {}", state.as_str())),
        body: None,
        metadata: payload.rest(),
    }
}
