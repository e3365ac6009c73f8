//! Commands in few words.

use agent_tracer_core::command::{
    Command, FinishTask, LogEvent, SaveBookmark, SaveEvaluation, SessionChoice, StartTask,
    TaskLinks, UpdateTask,
};
use agent_tracer_core::entity::{Event, Metadata};
use agent_tracer_core::ids::{EventId, TaskId};
use agent_tracer_core::vocabulary::{EventKind, Rating};
use agent_tracer_core::wire::Message;
use agent_tracer_store::Committed;

pub(crate) fn id(task: &str) -> TaskId {
    TaskId::new(task)
}

pub(crate) fn start(task: &str) -> Command {
    Command::StartTask(StartTask {
        task_id: Some(id(task)),
        title: format!("Work on {task}"),
        ..StartTask::default()
    })
}

pub(crate) fn start_in(task: &str, workspace: Option<&str>) -> Command {
    Command::StartTask(StartTask {
        task_id: Some(id(task)),
        title: format!("Work on {task}"),
        workspace_path: workspace.map(str::to_owned),
        ..StartTask::default()
    })
}

pub(crate) fn start_under(task: &str, parent: &str) -> Command {
    Command::StartTask(StartTask {
        task_id: Some(id(task)),
        title: format!("Help with {parent}"),
        links: TaskLinks {
            parent_task_id: Some(id(parent)),
            ..TaskLinks::default()
        },
        ..StartTask::default()
    })
}

pub(crate) fn complete(task: &str) -> Command {
    Command::CompleteTask(FinishTask {
        task_id: id(task),
        session_id: None,
        summary: None,
        metadata: Metadata::new(),
    })
}

pub(crate) fn log(task: &str, title: &str) -> Command {
    log_with(task, title, |_| {})
}

pub(crate) fn log_with(task: &str, title: &str, change: impl FnOnce(&mut LogEvent)) -> Command {
    let mut log = LogEvent {
        task_id: id(task),
        session: SessionChoice::Newest,
        kind: EventKind::ThoughtLogged,
        lane: None,
        title: title.to_owned(),
        body: None,
        action: None,
        file_paths: Vec::new(),
        metadata: Metadata::new(),
        once: None,
    };
    change(&mut log);
    Command::LogEvent(Box::new(log))
}

pub(crate) fn bookmark(task: &str, event: Option<&EventId>) -> Command {
    Command::SaveBookmark(SaveBookmark {
        task_id: id(task),
        event_id: event.cloned(),
        title: None,
        note: Some("look here".to_owned()),
        metadata: Metadata::new(),
    })
}

/// The events that a command logged, as they were announced.
pub(crate) fn logged(committed: &Committed) -> Vec<Event> {
    let events = committed
        .messages
        .iter()
        .filter_map(|message| match message {
            Message::EventLogged(event) => Some(event.clone()),
            _ => None,
        });
    events.collect()
}

/// The titles of events, to compare with.
pub(crate) fn titles(events: &[Event]) -> Vec<&str> {
    events.iter().map(|event| event.title.as_str()).collect()
}

pub(crate) fn evaluate(task: &str, note: Option<String>) -> Command {
    Command::SaveEvaluation(Box::new(SaveEvaluation {
        task_id: id(task),
        rating: Rating::Good,
        use_case: Some("Finding It Again".to_owned()),
        workflow_tags: vec!["Odd".to_owned()],
        outcome_note: note,
        approach_note: None,
        reuse_when: None,
        watchouts: None,
        workflow_snapshot: None,
        workflow_context: None,
    }))
}

pub(crate) fn rename(task: &str, title: &str) -> Command {
    Command::UpdateTask(UpdateTask {
        task_id: id(task),
        title: Some(title.to_owned()),
        status: None,
    })
}
