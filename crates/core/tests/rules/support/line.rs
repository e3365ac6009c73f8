use agent_tracer_core::entity::{Event, Task};
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::wire::Message;
use serde_json::Value;

/// A message in one line: its type, what it is about, and the state of that.
pub(crate) fn line(message: &Message) -> String {
    match message {
        Message::Snapshot { .. } => "snapshot".to_owned(),
        Message::TaskStarted(task) => task_line("task.started", task),
        Message::TaskCompleted(task) => task_line("task.completed", task),
        Message::TaskUpdated(task) => task_line("task.updated", task),
        Message::TaskDeleted { task_id } => format!("task.deleted {task_id}"),
        Message::SessionStarted(session) => format!("session.started {}", session.id),
        Message::SessionEnded(session) => {
            format!("session.ended {} {}", session.id, session.status.as_str())
        }
        Message::EventLogged(event) => format!("event.logged {}", event_line(event)),
        Message::EventUpdated(event) => format!("event.updated {}", event_line(event)),
        Message::BookmarkSaved(bookmark) => {
            format!("bookmark.saved {} \"{}\"", bookmark.id, bookmark.title)
        }
        Message::BookmarkDeleted { bookmark_id } => format!("bookmark.deleted {bookmark_id}"),
        Message::TasksPurged { count, task_ids } => {
            let ids: Vec<&str> = task_ids.iter().map(TaskId::as_str).collect();
            format!("tasks.purged {count} [{}]", ids.join(" "))
        }
    }
}

fn task_line(word: &str, task: &Task) -> String {
    format!("{word} {} {}", task.id, task.status.as_str())
}

/// An event in one line: kind, title, and how far a call or a question is.
pub(crate) fn event_line(event: &Event) -> String {
    let said = |key: &str| event.metadata.get(key).and_then(Value::as_str);
    let states = ["toolStatus", "questionPhase", "todoState"].map(said);
    let mut line = format!("{} \"{}\"", event.kind.as_str(), event.title);
    for state in states.into_iter().flatten() {
        line.push(' ');
        line.push_str(state);
    }
    line
}
