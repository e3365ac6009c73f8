//! What someone asks for, and what they get back.

use serde::Serialize;

use crate::entity::{Bookmark, Event, Metadata, Task};
use crate::ids::{BookmarkId, EventId, SessionId, TaskId};
use crate::report::Delivery;
use crate::time::Timestamp;
use crate::usage::telemetry::Telemetry;
use crate::vocabulary::{CompletionReason, EventKind, Lane, Rating, TaskKind, TaskStatus};

/// One request that changes something. It is carried out as a whole or refused as a whole.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Begin a task, or a further session of one.
    StartTask(StartTask),
    /// Say how a task relates to others.
    LinkTask(LinkTask),
    /// Complete a task.
    CompleteTask(FinishTask),
    /// Fail a task; the message becomes the event's body.
    FailTask(FinishTask, String),
    /// Change a task's title or status by hand.
    UpdateTask(UpdateTask),
    /// Delete a task and all it delegated.
    DeleteTask(TaskId),
    /// Delete every finished task and all they delegated; with a time, only those that nobody
    /// delegated and that were last active before it, and all they delegated.
    DeleteFinishedTasks(Option<Timestamp>),
    /// Take tasks out of the trash, each with what it delegated and was deleted with it.
    RestoreTasks(Vec<TaskId>),
    /// Let go of what was in the trash for its time.
    EmptyTrash,
    /// End a session of ours.
    EndSession(EndSession),
    /// Find or make the task and session of an agent's session.
    EnsureRuntimeSession(EnsureRuntimeSession),
    /// End an agent's session.
    EndRuntimeSession(EndRuntimeSession),
    /// Store an event.
    LogEvent(Box<LogEvent>),
    /// Rename an event by hand; `None` takes the rename back.
    RenameEvent(EventId, Option<String>),
    /// Save a bookmark.
    SaveBookmark(SaveBookmark),
    /// Delete a bookmark.
    DeleteBookmark(BookmarkId),
    /// Save what a person made of a task.
    SaveEvaluation(Box<SaveEvaluation>),
    /// Take what an agent's hook delivers.
    Report(Box<Delivery>),
    /// Take what agents tell of usage, by telemetry or in their transcripts.
    TakeTelemetry(Box<Telemetry>),
    /// Conclude what follows from hearing nothing of a running task for long.
    NoteSilence(TaskId),
    /// Conclude what follows from an agent's process being gone.
    NoteProcessGone(AgentRun),
}

/// An agent's run, and the process that it ran in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentRun {
    /// The agent.
    pub source: String,
    /// Its own session id.
    pub runtime_session_id: String,
    /// The process, as its hooks named it.
    pub process: String,
}

/// See [`Command::StartTask`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartTask {
    /// An id of the caller's choice.
    pub task_id: Option<TaskId>,
    /// The title.
    pub title: String,
    /// The title of the start event; the task's unless said.
    pub event_title: Option<String>,
    /// The folder.
    pub workspace_path: Option<String>,
    /// The agent.
    pub runtime_source: Option<String>,
    /// What it is about.
    pub summary: Option<String>,
    /// Primary unless said.
    pub task_kind: Option<TaskKind>,
    /// Its place among other tasks.
    pub links: TaskLinks,
    /// Metadata of the start event.
    pub metadata: Metadata,
}

/// Where a task stands among others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskLinks {
    /// The task that delegated it.
    pub parent_task_id: Option<TaskId>,
    /// The delegating agent's own session id.
    pub parent_session_id: Option<String>,
    /// The agent's own id of it.
    pub background_task_id: Option<String>,
}

/// See [`Command::LinkTask`].
#[derive(Clone, Debug, PartialEq)]
pub struct LinkTask {
    /// The task.
    pub task_id: TaskId,
    /// A new title.
    pub title: Option<String>,
    /// A new kind.
    pub task_kind: Option<TaskKind>,
    /// Its place; what is absent stays.
    pub links: TaskLinks,
}

/// See [`Command::CompleteTask`] and [`Command::FailTask`].
#[derive(Clone, Debug, PartialEq)]
pub struct FinishTask {
    /// The task.
    pub task_id: TaskId,
    /// The session to end; the newest running one unless said.
    pub session_id: Option<SessionId>,
    /// What came of it.
    pub summary: Option<String>,
    /// Metadata of the event.
    pub metadata: Metadata,
}

/// See [`Command::UpdateTask`].
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateTask {
    /// The task.
    pub task_id: TaskId,
    /// A new title.
    pub title: Option<String>,
    /// A new status.
    pub status: Option<TaskStatus>,
}

/// How a session ends, and what becomes of its task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionEnding {
    /// Whether the task is to be completed with it.
    pub complete_task: bool,
    /// Why it ended.
    pub reason: Option<CompletionReason>,
    /// What came of it.
    pub summary: Option<String>,
    /// Background tasks that are done too.
    pub background_completions: Vec<TaskId>,
    /// Metadata of the completion event.
    pub metadata: Metadata,
}

/// See [`Command::EndSession`].
#[derive(Clone, Debug, PartialEq)]
pub struct EndSession {
    /// The task.
    pub task_id: TaskId,
    /// The session; the only running one unless said.
    pub session_id: Option<SessionId>,
    /// How.
    pub ending: SessionEnding,
}

/// See [`Command::EnsureRuntimeSession`].
#[derive(Clone, Debug, PartialEq)]
pub struct EnsureRuntimeSession {
    /// The agent.
    pub runtime_source: String,
    /// Its own session id.
    pub runtime_session_id: String,
    /// Title of a new task.
    pub title: String,
    /// Folder of a new task.
    pub workspace_path: Option<String>,
    /// Parent of a new task, which is then a background task.
    pub links: TaskLinks,
}

/// See [`Command::EndRuntimeSession`].
#[derive(Clone, Debug, PartialEq)]
pub struct EndRuntimeSession {
    /// The agent.
    pub runtime_source: String,
    /// Its own session id.
    pub runtime_session_id: String,
    /// How.
    pub ending: SessionEnding,
}

/// Which session an event belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionChoice {
    /// This one.
    Named(SessionId),
    /// The newest running one of the task, if any.
    Newest,
    /// None.
    Absent,
}

/// See [`Command::LogEvent`].
#[derive(Clone, Debug, PartialEq)]
pub struct LogEvent {
    /// The task.
    pub task_id: TaskId,
    /// The session.
    pub session: SessionChoice,
    /// The kind.
    pub kind: EventKind,
    /// The lane, when the caller chose one.
    pub lane: Option<Lane>,
    /// One line.
    pub title: String,
    /// The whole text.
    pub body: Option<String>,
    /// The action's name, for the action registry.
    pub action: Option<String>,
    /// Files it is about.
    pub file_paths: Vec<String>,
    /// Everything else.
    pub metadata: Metadata,
    /// Log it only if nothing with this key was logged in the task.
    pub once: Option<String>,
}

/// See [`Command::SaveBookmark`].
#[derive(Clone, Debug, PartialEq)]
pub struct SaveBookmark {
    /// The task.
    pub task_id: TaskId,
    /// The event, if it points at one.
    pub event_id: Option<EventId>,
    /// A title.
    pub title: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Everything else.
    pub metadata: Metadata,
}

/// See [`Command::SaveEvaluation`]. It takes the place of what was saved before.
#[derive(Clone, Debug, PartialEq)]
pub struct SaveEvaluation {
    /// The task.
    pub task_id: TaskId,
    /// Whether it is worth repeating.
    pub rating: Rating,
    /// What it is good for.
    pub use_case: Option<String>,
    /// Words to find it by.
    pub workflow_tags: Vec<String>,
    /// What came of it.
    pub outcome_note: Option<String>,
    /// How it was done.
    pub approach_note: Option<String>,
    /// When to do it so again.
    pub reuse_when: Option<String>,
    /// What to look out for.
    pub watchouts: Option<String>,
    /// A summary made by the client.
    pub workflow_snapshot: Option<Metadata>,
    /// The same as text.
    pub workflow_context: Option<String>,
}

/// An event of an answer: enough to name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LoggedEvent {
    /// Its id.
    pub id: EventId,
    /// Its kind.
    pub kind: EventKind,
}

/// The answer to a command, exactly as it goes over HTTP.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Reply {
    /// For everything that logs events.
    Envelope {
        /// The task after the command.
        task: Task,
        /// The session the events belong to.
        #[serde(skip_serializing_if = "Option::is_none")]
        session_id: Option<SessionId>,
        /// What was logged.
        events: Vec<LoggedEvent>,
    },
    /// For [`Command::EndSession`].
    SessionEnded {
        /// The session.
        session_id: SessionId,
        /// The task after the command.
        task: Task,
    },
    /// For [`Command::LinkTask`] and [`Command::UpdateTask`].
    Task {
        /// The task after the command.
        task: Task,
    },
    /// For [`Command::EnsureRuntimeSession`].
    Ensured {
        /// The task.
        task_id: TaskId,
        /// The session.
        session_id: SessionId,
        /// Whether the task is new.
        task_created: bool,
        /// Whether the session is new.
        session_created: bool,
    },
    /// For [`Command::RenameEvent`].
    Event {
        /// The event after the command.
        event: Event,
    },
    /// For [`Command::SaveBookmark`].
    Bookmark {
        /// The bookmark after the command.
        bookmark: Bookmark,
    },
    /// For [`Command::DeleteFinishedTasks`].
    Purged {
        /// Always true.
        ok: bool,
        /// How many tasks are gone.
        deleted: usize,
        /// Which.
        task_ids: Vec<TaskId>,
    },
    /// For [`Command::RestoreTasks`].
    Restored {
        /// Always true.
        ok: bool,
        /// Which tasks came back.
        task_ids: Vec<TaskId>,
    },
    /// For everything else.
    Done {
        /// Always true.
        ok: bool,
    },
}

/// Why a command was refused. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The task does not exist.
    #[error("Task not found")]
    TaskNotFound,
    /// The session does not exist.
    #[error("Session not found")]
    SessionNotFound,
    /// The event does not exist.
    #[error("Event not found")]
    EventNotFound,
    /// The bookmark does not exist.
    #[error("Bookmark not found")]
    BookmarkNotFound,
    /// What is to be restored is not in the trash.
    #[error(
        "Nothing to restore: a task can be taken back for ten minutes after it was deleted, and once"
    )]
    NotInTrash,
    /// The request contradicts itself or what is stored; the text says how.
    #[error("{0}")]
    Invalid(String),
}

impl Rejection {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TaskNotFound => "task_not_found",
            Self::SessionNotFound => "session_not_found",
            Self::EventNotFound => "event_not_found",
            Self::BookmarkNotFound => "bookmark_not_found",
            Self::NotInTrash => "not_in_trash",
            Self::Invalid(_) => "invalid_request",
        }
    }

    /// Whether it says that something does not exist.
    pub fn is_not_found(&self) -> bool {
        !matches!(self, Self::Invalid(_))
    }
}
