use super::Fields;
use crate::command::{
    Command, EndRuntimeSession, EndSession, EnsureRuntimeSession, FinishTask, LinkTask, Rejection,
    SessionEnding, StartTask, TaskLinks,
};
use crate::ids::{SessionId, TaskId};

pub(super) fn task_start(fields: &mut Fields) -> Result<Command, Rejection> {
    let task_id = match fields.text("taskId")? {
        Some(id) => Some(TaskId::from_caller(&id).map_err(bad_id)?),
        None => None,
    };
    Ok(Command::StartTask(StartTask {
        task_id,
        title: fields.required("title")?,
        event_title: None,
        workspace_path: fields.text("workspacePath")?,
        runtime_source: fields.text("runtimeSource")?,
        summary: fields.text("summary")?,
        task_kind: fields.word("taskKind")?,
        links: links(fields)?,
        metadata: fields.object("metadata")?,
    }))
}

fn bad_id(why: &str) -> Rejection {
    Rejection::Invalid(format!("taskId {why}"))
}

fn links(fields: &mut Fields) -> Result<TaskLinks, Rejection> {
    Ok(TaskLinks {
        parent_task_id: fields.text("parentTaskId")?.map(TaskId::new),
        parent_session_id: fields.text("parentSessionId")?,
        background_task_id: fields.text("backgroundTaskId")?,
    })
}

pub(super) fn task_link(fields: &mut Fields) -> Result<Command, Rejection> {
    Ok(Command::LinkTask(LinkTask {
        task_id: fields.task_id("taskId")?,
        title: fields.text("title")?,
        task_kind: fields.word("taskKind")?,
        links: links(fields)?,
    }))
}

fn finish(fields: &mut Fields) -> Result<FinishTask, Rejection> {
    Ok(FinishTask {
        task_id: fields.task_id("taskId")?,
        session_id: fields.text("sessionId")?.map(SessionId::new),
        summary: fields.text("summary")?,
        metadata: fields.object("metadata")?,
    })
}

pub(super) fn task_complete(fields: &mut Fields) -> Result<Command, Rejection> {
    Ok(Command::CompleteTask(finish(fields)?))
}

pub(super) fn task_error(fields: &mut Fields) -> Result<Command, Rejection> {
    let message = fields.required("errorMessage")?;
    Ok(Command::FailTask(finish(fields)?, message))
}

fn ending(fields: &mut Fields) -> Result<SessionEnding, Rejection> {
    Ok(SessionEnding {
        complete_task: fields.flag("completeTask")?,
        reason: fields.word("completionReason")?,
        summary: fields.text("summary")?,
        background_completions: fields
            .texts("backgroundCompletions")?
            .into_iter()
            .map(TaskId::new)
            .collect(),
        metadata: fields.object("metadata")?,
    })
}

pub(super) fn session_end(fields: &mut Fields) -> Result<Command, Rejection> {
    Ok(Command::EndSession(EndSession {
        task_id: fields.task_id("taskId")?,
        session_id: fields.text("sessionId")?.map(SessionId::new),
        ending: ending(fields)?,
    }))
}

pub(super) fn runtime_session_ensure(fields: &mut Fields) -> Result<Command, Rejection> {
    Ok(Command::EnsureRuntimeSession(EnsureRuntimeSession {
        runtime_source: fields.required("runtimeSource")?,
        runtime_session_id: fields.required("runtimeSessionId")?,
        title: fields.required("title")?,
        workspace_path: fields.text("workspacePath")?,
        links: links(fields)?,
    }))
}

pub(super) fn runtime_session_end(fields: &mut Fields) -> Result<Command, Rejection> {
    Ok(Command::EndRuntimeSession(EndRuntimeSession {
        runtime_source: fields.required("runtimeSource")?,
        runtime_session_id: fields.required("runtimeSessionId")?,
        ending: ending(fields)?,
    }))
}
