//! The agent's to-do list, moved by its tools.

use serde_json::Value;

use super::sketch::Sketch;
use crate::adapter::{read, text};
use crate::vocabulary::{EventKind, Lane, TodoState};

/// The whole list at once, under a key. One event: which items moved is not told.
pub(in crate::adapter) fn write(input: &Value, list_key: &str) -> Sketch {
    let todos = read::list(input, list_key);
    let done = todos
        .iter()
        .filter(|todo| read::text(todo, "status") == Some("completed"))
        .count();
    let noun = if todos.len() == 1 { "to-do" } else { "to-dos" };
    let body = todos.iter().filter_map(item).collect::<Vec<_>>().join("\n");
    logged(&format!("{} {noun}, {done} done", todos.len()))
        .body(Some(body.as_str()).filter(|body| !body.is_empty()))
        .set("todoCount", todos.len())
        .set("todosDone", done)
}

fn item(todo: &Value) -> Option<String> {
    let mark = match read::text(todo, "status") {
        Some("completed") => 'x',
        Some("in_progress") => '>',
        Some("cancelled") => '-',
        _ => ' ',
    };
    let says = ["content", "description", "step"];
    let says = says.into_iter().find_map(|key| read::text(todo, key))?;
    Some(format!("[{mark}] {says}"))
}

/// A new item. Its id comes with the end.
pub(in crate::adapter) fn create(input: &Value) -> Sketch {
    logged(read::text(input, "subject").unwrap_or("New to-do"))
        .body(read::text(input, "description"))
        .set("todoState", TodoState::Added.as_str())
}

/// A change of an item; of its state, or only of its words.
pub(in crate::adapter) fn update(input: &Value) -> Sketch {
    let id = read::word(input, "taskId");
    let state = read::text(input, "status").and_then(state);
    logged(&update_title(input, id.as_deref(), state))
        .body(read::text(input, "description"))
        .maybe("todoId", id)
        .maybe("todoState", state.map(TodoState::as_str))
}

fn update_title(input: &Value, id: Option<&str>, state: Option<TodoState>) -> String {
    if let Some(subject) = read::text(input, "subject").and_then(text::first_line) {
        return subject;
    }
    let change = state.map_or("changed", |state| match state {
        TodoState::Added => "pending",
        TodoState::InProgress => "in progress",
        TodoState::Completed => "completed",
        TodoState::Cancelled => "cancelled",
    });
    format!("Task #{}: {change}", id.unwrap_or("?"))
}

fn state(status: &str) -> Option<TodoState> {
    match status {
        "pending" => Some(TodoState::Added),
        "in_progress" => Some(TodoState::InProgress),
        "completed" => Some(TodoState::Completed),
        "deleted" | "cancelled" => Some(TodoState::Cancelled),
        _ => None,
    }
}

/// Looking at the list moves nothing.
pub(in crate::adapter) fn look(title: &str) -> Sketch {
    Sketch::new(EventKind::ToolUsed, Lane::Todos, title).set("operation", "list")
}

fn logged(title: &str) -> Sketch {
    Sketch::new(EventKind::TodoLogged, Lane::Todos, title).set("entityType", "todo")
}
