//! The requests of `/api` that change something: a JSON object in, a [`Command`] out.
//!
//! Strict: a missing field, a wrong type or a made-up word is refused with a sentence that names
//! the field. Unknown fields are dropped; `null` is the same as absent.

mod event;
mod fields;
mod lifecycle;
mod route;
mod talk;
mod work;

pub use fields::Fields;
pub use route::PostRoute;

use crate::command::{Command, Rejection, SaveBookmark, SaveEvaluation, UpdateTask};
use crate::ids::{EventId, TaskId};
use crate::redact::{About, Redactor};

/// `PATCH /api/tasks/:taskId`.
pub fn update_task(
    task_id: TaskId,
    body: &[u8],
    redactor: &Redactor,
) -> Result<Command, Rejection> {
    let (mut fields, _) = Fields::parse(body, About::Other, redactor)?;
    let (title, status) = (fields.text("title")?, fields.word("status")?);
    Ok(Command::UpdateTask(UpdateTask {
        task_id,
        title,
        status,
    }))
}

/// `PATCH /api/events/:eventId`.
pub fn rename_event(
    event_id: EventId,
    body: &[u8],
    redactor: &Redactor,
) -> Result<Command, Rejection> {
    let (mut fields, _) = Fields::parse(body, About::Other, redactor)?;
    if !fields.has("displayTitle") {
        return Err(Rejection::Invalid(
            "displayTitle is required (text, or null)".into(),
        ));
    }
    Ok(Command::RenameEvent(event_id, fields.text("displayTitle")?))
}

/// `POST /api/tasks/:taskId/evaluate`.
pub fn evaluate_task(
    task_id: TaskId,
    body: &[u8],
    redactor: &Redactor,
) -> Result<Command, Rejection> {
    let (mut fields, _) = Fields::parse(body, About::Other, redactor)?;
    Ok(Command::SaveEvaluation(Box::new(SaveEvaluation {
        task_id,
        rating: fields.required_word("rating")?,
        use_case: fields.text("useCase")?,
        workflow_tags: fields.texts("workflowTags")?,
        outcome_note: fields.text("outcomeNote")?,
        approach_note: fields.text("approachNote")?,
        reuse_when: fields.text("reuseWhen")?,
        watchouts: fields.text("watchouts")?,
        workflow_snapshot: fields.some_object("workflowSnapshot")?,
        workflow_context: fields.text("workflowContext")?,
    })))
}

/// `POST /api/bookmarks`.
fn save_bookmark(fields: &mut Fields) -> Result<Command, Rejection> {
    Ok(Command::SaveBookmark(SaveBookmark {
        task_id: fields.task_id("taskId")?,
        event_id: fields.text("eventId")?.map(EventId::new),
        title: fields.text("title")?,
        note: fields.text("note")?,
        metadata: fields.object("metadata")?,
    }))
}

/// `POST /api/tasks/restore`.
pub fn restore_tasks(body: &[u8], redactor: &Redactor) -> Result<Command, Rejection> {
    let (mut fields, _) = Fields::parse(body, About::Other, redactor)?;
    let ids = fields.texts("taskIds")?;
    if ids.is_empty() {
        return Err(Rejection::Invalid(
            "taskIds must name at least one task".into(),
        ));
    }
    Ok(Command::RestoreTasks(
        ids.into_iter().map(TaskId::new).collect(),
    ))
}
