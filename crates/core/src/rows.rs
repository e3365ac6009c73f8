//! The rows a decision reads, and the writes it ends in.
//!
//! A decision never sees a database: it reads through [`Rows`] and answers with [`Writes`]. The
//! store implements both sides for `SQLite`, [`crate::memory`] for tests.

use serde::{Deserialize, Serialize};

use crate::display_title::TitleCandidates;
use crate::entity::{Bookmark, Evaluation, Event, Session, Task, Usage};
use crate::figures::{History, TaskFigures, Totals};
use crate::ids::{BookmarkId, EventId, SessionId, TaskId};
use crate::time::Timestamp;
use crate::trash::{Remains, TrashedTask};
use crate::usage::{UsageBucket, UsageHour, UsageId, UsageOrigin, UsageRow};
use crate::vocabulary::Phase;

/// A task with what is kept beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskRow {
    /// The task as it goes over the wire.
    pub task: Task,
    /// Texts that may become its display title.
    pub candidates: TitleCandidates,
    /// Its figures, kept at write time.
    pub figures: TaskFigures,
}

/// A session with what is kept beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionRow {
    /// The session as it goes over the wire.
    pub session: Session,
    /// How many events happened in it.
    pub events: i64,
    /// When the last of them happened; its start before the first.
    pub last_at: Timestamp,
    /// What the time after the last of them counts for; `None` is waiting.
    pub last_phase: Option<Phase>,
    /// Whether the agent itself announced the beginning (rather than being noticed midway).
    pub announced: bool,
}

/// An event with what is kept beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// The event as it goes over the wire.
    pub event: Event,
    /// Whether a trace link begins or ends here.
    pub linked: bool,
}

/// Which task an agent's own session is, and which session of it came last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The agent.
    pub source: String,
    /// Its own id of the session (or of a subagent in it).
    pub runtime_session_id: String,
    /// The task.
    pub task_id: TaskId,
    /// The newest session; `None` once the contract's routes cleared it.
    pub session_id: Option<SessionId>,
    /// The process that the agent runs in, as its hooks named it; `None` if they did not, or if
    /// the agent does not run.
    pub process: Option<String>,
    /// Whether only the transcript told of it so far. Its hooks' first word ends that for good.
    pub from_transcript: bool,
}

/// How far a transcript was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranscriptRow {
    /// Where it is.
    pub path: String,
    /// Its size when it was read, in bytes.
    pub size: u64,
    /// When it was written last, as its file said then, in milliseconds since 1970.
    pub modified_ms: i64,
    /// How many bytes of it are read.
    pub offset: u64,
    /// The fingerprint of these bytes: if it is another one, the file was replaced.
    pub fingerprint: u64,
    /// Whether its session was closed, as nothing was written any more.
    pub is_closed: bool,
}

/// What a [`Mark`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum MarkKind {
    /// A tag; `count` is how many events carry it.
    Tag = 1,
    /// A path; `count` is how many events name it.
    Path = 2,
    /// A question; `count` is 1 once it was concluded.
    Question = 3,
    /// A to-do item; `count` is 1 once it was completed, `note` what it says.
    Todo = 4,
    /// Something that must be logged only once; `note` is the event.
    Key = 5,
    /// A link between two events.
    Link = 6,
    /// Links that wait for the event named; `note` is the list of them.
    PendingLink = 7,
    /// A tool call without an end; `note` describes it.
    OpenCall = 8,
    /// A permission that was asked for and not settled; `note` is the event.
    OpenAsk = 9,
    /// Calls without ids that equal each other; `note` describes them.
    EqualCalls = 10,
}

/// A small fact about a task, found by its name: what makes "how many distinct …" cost the same
/// for the ten-thousandth event as for the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// A count; see [`MarkKind`].
    pub count: i64,
    /// A text; see [`MarkKind`].
    pub note: Option<String>,
}

/// The payload of a delivery that made or changed events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayloadRow {
    /// When it arrived.
    pub received_at: Timestamp,
    /// The hook's own name.
    pub hook_event: String,
    /// The payload, compressed by whoever delivered it.
    pub compressed: Vec<u8>,
}

/// How long a delivery is remembered: longer than anybody sends one again.
pub const DELIVERY_KEPT_MILLIS: i64 = 7 * 24 * 3_600_000;

/// How many old deliveries are forgotten for each new one: more than one, so that they become
/// fewer, and few, so that no commit takes long.
pub const DELIVERIES_FORGOTTEN_MAX: u8 = 2;

/// Which answers of an agent's session are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsageSelection {
    /// Those that wait for it.
    Waiting,
    /// Those of one of its subagents.
    Subagent(String),
    /// Those of an origin that count and are told in no other way, up to a time.
    Counted {
        /// The origin.
        origin: UsageOrigin,
        /// The time; all of them without one.
        until: Option<Timestamp>,
    },
}

impl UsageSelection {
    /// Whether an answer of the session is asked for.
    pub fn picks(&self, row: &UsageRow) -> bool {
        match self {
            Self::Waiting => row.task_id.is_none(),
            Self::Subagent(subagent) => row.subagent.as_ref() == Some(subagent),
            Self::Counted { origin, until } => {
                row.counted
                    && row.derived
                    && row.origin == *origin
                    && until.is_none_or(|until| row.at <= until)
            }
        }
    }
}

/// The rows as they were before the decision. Every call reads the same moment.
pub trait Rows {
    /// A task.
    fn task(&self, id: &TaskId) -> RowResult<Option<TaskRow>>;
    /// A session.
    fn session(&self, id: &SessionId) -> RowResult<Option<SessionRow>>;
    /// The running sessions of a task, newest first.
    fn running_sessions(&self, task: &TaskId) -> RowResult<Vec<SessionRow>>;
    /// An event.
    fn event(&self, id: &EventId) -> RowResult<Option<EventRow>>;
    /// The task of an agent's session.
    fn binding(&self, source: &str, runtime_session_id: &str) -> RowResult<Option<Binding>>;
    /// The tasks that this task delegated.
    fn children(&self, task: &TaskId) -> RowResult<Vec<TaskId>>;
    /// Completed and errored tasks, by id; with a time, only those that nobody delegated and that
    /// were last active before it.
    fn finished_tasks(&self, before: Option<Timestamp>) -> RowResult<Vec<TaskId>>;
    /// What is still stored of a task that was deleted. The other calls that give tasks, bookmarks
    /// or evaluations know nothing of it.
    fn trashed(&self, id: &TaskId) -> RowResult<Option<Remains>>;
    /// The tasks in the trash that this one delegated, by id.
    fn trashed_children(&self, task: &TaskId) -> RowResult<Vec<TaskId>>;
    /// Up to `limit` tasks that were deleted at that time or before and can still be restored,
    /// those that were deleted first.
    fn trashed_until(&self, until: Timestamp, limit: usize) -> RowResult<Vec<TaskId>>;
    /// A bookmark.
    fn bookmark(&self, id: &BookmarkId) -> RowResult<Option<Bookmark>>;
    /// The bookmark of a task (or of one of its events).
    fn bookmark_at(&self, task: &TaskId, event: Option<&EventId>) -> RowResult<Option<Bookmark>>;
    /// Every bookmark of a task and of its events.
    fn bookmarks_of(&self, task: &TaskId) -> RowResult<Vec<Bookmark>>;
    /// The evaluation of a task.
    fn evaluation(&self, task: &TaskId) -> RowResult<Option<Evaluation>>;
    /// A mark.
    fn mark(&self, task: &TaskId, kind: MarkKind, name: &str) -> RowResult<Option<Mark>>;
    /// Whether a delivery of that id was taken, as long as that is remembered.
    fn is_delivered(&self, delivery: &str) -> RowResult<bool>;
    /// All marks of a kind, by name.
    fn marks(&self, task: &TaskId, kind: MarkKind) -> RowResult<Vec<(String, Mark)>>;
    /// The last session of a task that had begun by then; the first, if none had.
    fn session_at(&self, task: &TaskId, at: Timestamp) -> RowResult<Option<SessionRow>>;
    /// An answer of a model.
    fn usage(&self, id: &UsageId) -> RowResult<Option<UsageRow>>;
    /// Some of the answers of an agent's session, by key.
    fn usage_of_session(
        &self,
        source: &str,
        runtime_session_id: &str,
        selection: &UsageSelection,
    ) -> RowResult<Vec<UsageRow>>;
    /// The time of the newest answer of an agent's session that is known best from that origin.
    fn newest_usage(
        &self,
        source: &str,
        runtime_session_id: &str,
        origin: UsageOrigin,
    ) -> RowResult<Option<Timestamp>>;
    /// The answers that wait for their sessions, without the `kept` newest.
    fn usage_waiting_beyond(&self, kept: usize) -> RowResult<Vec<UsageId>>;
    /// The sums of a task.
    fn usage_of_task(&self, task: &TaskId) -> RowResult<Vec<(UsageBucket, Usage)>>;
    /// The newest answers that count in a task, the oldest of them first. What counters tell are no
    /// answers.
    fn answers_of_task(&self, task: &TaskId, limit: usize) -> RowResult<Vec<UsageRow>>;
}

/// The rows could not be read. Carries the store's own error, which the store finds again.
#[derive(Debug, thiserror::Error)]
#[error("the stored rows could not be read")]
pub struct RowsUnavailable(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// What a read of [`Rows`] gives.
pub type RowResult<T> = Result<T, RowsUnavailable>;

/// Everything a decision changes. Applied as a whole, or not at all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Writes {
    /// Tasks, new or changed, by id. Among them (or among those in the trash) is the task of every
    /// session and event below.
    pub tasks: Vec<TaskRow>,
    /// Sessions, new or changed.
    pub sessions: Vec<SessionRow>,
    /// New events, in order.
    pub new_events: Vec<EventRow>,
    /// Changed events.
    pub changed_events: Vec<EventRow>,
    /// The payload that made or changed these events.
    pub payload: Option<PayloadRow>,
    /// Bindings, new or changed.
    pub bindings: Vec<Binding>,
    /// Bindings that are gone.
    pub removed_bindings: Vec<(String, String)>,
    /// Bookmarks, new or changed.
    pub bookmarks: Vec<Bookmark>,
    /// Bookmarks that are gone.
    pub removed_bookmarks: Vec<BookmarkId>,
    /// Evaluations, new or changed.
    pub evaluations: Vec<Evaluation>,
    /// Tasks whose evaluations are gone.
    pub removed_evaluations: Vec<TaskId>,
    /// Marks, new or changed (`Some`) or gone (`None`).
    pub marks: Vec<(TaskId, MarkKind, String, Option<Mark>)>,
    /// Tasks that are gone. Their bookmarks and evaluations are listed among those that are gone;
    /// their sessions, events, bindings, marks and usage stay until the trash is emptied.
    pub removed_tasks: Vec<TaskId>,
    /// Tasks in the trash, new there or changed.
    pub trashed_tasks: Vec<TrashedTask>,
    /// Tasks that came back from the trash; they are among `tasks`.
    pub restored_tasks: Vec<TaskId>,
    /// Tasks that left the trash for good, with everything of them. Bindings go at once; all else
    /// may go later, except what is of a task that is among `tasks`: it is made again.
    pub emptied_tasks: Vec<TaskId>,
    /// Deliveries that were taken, and when. Each is remembered for [`DELIVERY_KEPT_MILLIS`].
    pub deliveries: Vec<(String, Timestamp)>,

    /// Answers of models, new or changed.
    pub usage: Vec<UsageRow>,
    /// Answers that waited for their session too long.
    pub dropped_usage: Vec<UsageId>,
    /// What to add to the sums of usage of tasks.
    pub usage_buckets: Vec<(UsageBucket, Usage)>,
    /// What to add to the sums of usage over all tasks.
    pub usage_hours: Vec<(UsageHour, Usage)>,
    /// Transcripts that were read further.
    pub transcripts: Vec<TranscriptRow>,
    /// What to add to the totals of each agent.
    pub totals: Vec<(String, Totals)>,
    /// What to add to the history of what agents did.
    pub history: History,
    /// What to add to the number of running tasks last active in each minute.
    pub active_minutes: Vec<(i64, i64)>,
}

/// A link that waits for one of its ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PendingLink {
    pub source: EventId,
    pub target: EventId,
    pub relation: String,
}
