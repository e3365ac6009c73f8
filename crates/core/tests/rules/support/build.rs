//! Commands of the contract's routes, with as little said as the test needs.

use agent_tracer_core::command::{
    Command, EndRuntimeSession, EndSession, EnsureRuntimeSession, FinishTask, LinkTask, LogEvent,
    SaveBookmark, SessionChoice, SessionEnding, StartTask, TaskLinks, UpdateTask,
};
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::ids::{EventId, SessionId, TaskId};
use agent_tracer_core::vocabulary::{CompletionReason, EventKind, TaskKind, TaskStatus};
use serde_json::Value;

pub(crate) fn metadata(object: Value) -> Metadata {
    match object {
        Value::Object(map) => map,
        other => panic!("not an object: {other}"),
    }
}

pub(crate) fn start_task(id: &str) -> StartTask {
    StartTask {
        task_id: Some(TaskId::new(id)),
        title: format!("Task {id}"),
        ..StartTask::default()
    }
}

/// Starts a task of that id: task, session `n-1` and event `n-2`, if it is the world's first.
pub(crate) fn start(id: &str) -> Command {
    Command::StartTask(start_task(id))
}

/// Starts a background task under another.
pub(crate) fn start_child(id: &str, parent: &str) -> Command {
    Command::StartTask(StartTask {
        task_kind: Some(TaskKind::Background),
        links: under(parent),
        ..start_task(id)
    })
}

pub(crate) fn under(parent: &str) -> TaskLinks {
    TaskLinks {
        parent_task_id: Some(TaskId::new(parent)),
        ..TaskLinks::default()
    }
}

pub(crate) fn link(id: &str, parent: &str) -> Command {
    Command::LinkTask(LinkTask {
        task_id: TaskId::new(id),
        title: None,
        task_kind: None,
        links: under(parent),
    })
}

pub(crate) fn finish(id: &str) -> FinishTask {
    FinishTask {
        task_id: TaskId::new(id),
        session_id: None,
        summary: Some("summary".to_owned()),
        metadata: Metadata::new(),
    }
}

pub(crate) fn complete(id: &str) -> Command {
    Command::CompleteTask(finish(id))
}

pub(crate) fn fail(id: &str) -> Command {
    Command::FailTask(finish(id), "it broke".to_owned())
}

pub(crate) fn update(id: &str, title: Option<&str>, status: Option<TaskStatus>) -> Command {
    Command::UpdateTask(UpdateTask {
        task_id: TaskId::new(id),
        title: title.map(str::to_owned),
        status,
    })
}

pub(crate) fn ending(complete_task: bool, reason: Option<CompletionReason>) -> SessionEnding {
    SessionEnding {
        complete_task,
        reason,
        ..SessionEnding::default()
    }
}

pub(crate) fn end_session(id: &str, session: Option<&str>, ending: SessionEnding) -> Command {
    Command::EndSession(EndSession {
        task_id: TaskId::new(id),
        session_id: session.map(SessionId::new),
        ending,
    })
}

pub(crate) fn ensure(runtime: &str, parent: Option<&str>) -> Command {
    Command::EnsureRuntimeSession(EnsureRuntimeSession {
        runtime_source: "claude-hook".to_owned(),
        runtime_session_id: runtime.to_owned(),
        title: "Claude Code — app".to_owned(),
        workspace_path: Some("/w/app".to_owned()),
        links: parent.map(under).unwrap_or_default(),
    })
}

pub(crate) fn end_runtime(runtime: &str, ending: SessionEnding) -> Command {
    Command::EndRuntimeSession(EndRuntimeSession {
        runtime_source: "claude-hook".to_owned(),
        runtime_session_id: runtime.to_owned(),
        ending,
    })
}

pub(crate) fn log_event(id: &str, kind: EventKind) -> LogEvent {
    LogEvent {
        task_id: TaskId::new(id),
        session: SessionChoice::Newest,
        kind,
        lane: None,
        title: "an event".to_owned(),
        body: None,
        action: None,
        file_paths: Vec::new(),
        metadata: Metadata::new(),
        once: None,
    }
}

pub(crate) fn log(event: LogEvent) -> Command {
    Command::LogEvent(Box::new(event))
}

/// Logs an event of a kind with this metadata.
pub(crate) fn log_with(id: &str, kind: EventKind, object: Value) -> Command {
    log(LogEvent {
        metadata: metadata(object),
        ..log_event(id, kind)
    })
}

pub(crate) fn rename(event: &str, title: Option<&str>) -> Command {
    Command::RenameEvent(EventId::new(event), title.map(str::to_owned))
}

pub(crate) fn bookmark(id: &str, event: Option<&str>, title: Option<&str>) -> Command {
    Command::SaveBookmark(SaveBookmark {
        task_id: TaskId::new(id),
        event_id: event.map(EventId::new),
        title: title.map(str::to_owned),
        note: None,
        metadata: Metadata::new(),
    })
}
