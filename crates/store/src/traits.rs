use std::ops::RangeInclusive;

use agent_tracer_core::command::{AgentRun, Command, Rejection, Reply};
use agent_tracer_core::entity::{
    DeletedTask, Evaluation, Event, FinishedPreview, OverviewObservability, OverviewStats, Task,
    TaskObservability,
};
use agent_tracer_core::ids::{EventId, IdSource, TaskId};
use agent_tracer_core::rows::{PayloadRow, TranscriptRow};
use agent_tracer_core::task_filter::TaskFilter;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::topics::TopicRows;
use agent_tracer_core::usage::{TaskUsage, UsageReport};
use agent_tracer_core::vocabulary::TaskStatus;
use agent_tracer_core::wire::Message;
use agent_tracer_core::wire::follow::{RowChange, Topic};

use crate::error::StoreError;
use crate::model::{
    Cursor, EventPage, FittingTasks, HistoryReport, Kept, Seq, TaskDetail, TaskPage, Version,
    Workspace,
};

/// A command that changed something, or was found to change nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Committed {
    /// Its number; `None` if it changed nothing.
    pub seq: Option<Seq>,
    /// The answer.
    pub reply: Reply,
    /// What is to be announced to plain clients, in order.
    pub messages: Vec<Message>,
    /// What is to be announced to those who follow topics.
    pub topics: Vec<TopicChange>,
}

/// What one commit did to one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicChange {
    /// The topic.
    pub topic: Topic,
    /// The last commit before this one that touched it; 0 if none did. For a task that is made
    /// again, the one that deleted it, as long as that is remembered.
    pub prev: Seq,
    /// Its rows, as they are now, in the order of the commit.
    pub rows: Vec<RowChange>,
    /// Whether the topic is gone with this commit: its task was deleted.
    pub removed: bool,
    /// Whether the topic came back with this commit: its task was restored, with more rows than
    /// these. Nobody can follow on from before; only reading it tells the others.
    pub restored: bool,
}

impl TopicChange {
    /// What the commit `seq` did. `tasks` are the commits that touched its tasks before, in the
    /// order of their topics; `last` those that touched the overview and the bookmarks, which are
    /// `seq` from now on where it touched them.
    pub(crate) fn of_commit(
        rows: Vec<TopicRows>,
        tasks: Vec<Seq>,
        last: (&mut Seq, &mut Seq),
        seq: Seq,
    ) -> Vec<Self> {
        let mut tasks = tasks.into_iter();
        let (overview, bookmarks) = last;
        let changes = rows.into_iter().map(|rows| Self {
            prev: match &rows.topic {
                Topic::Overview => std::mem::replace(overview, seq),
                Topic::Bookmarks => std::mem::replace(bookmarks, seq),
                Topic::Task(_) => tasks.next().unwrap_or_default(),
            },
            topic: rows.topic,
            rows: rows.rows,
            removed: rows.removed,
            restored: rows.restored,
        });
        changes.collect()
    }
}

/// What happened to a topic after a commit.
#[derive(Clone, Debug, PartialEq)]
pub enum ChangedSince {
    /// Every row that changed after it up to `through`, as it is at `now`. A row may be newer than
    /// `through`; then it comes again in a later page.
    Rows {
        /// The rows, in the order in which they changed last.
        rows: Vec<RowChange>,
        /// What is told up to here. Equal to `now` on the last page.
        through: Seq,
        /// The moment of this read.
        now: Seq,
    },
    /// That commit is older than what is kept of removals, or the task was deleted since and made
    /// again: only reading anew tells.
    Window,
    /// There is no such task.
    Removed {
        /// The moment of this read.
        now: Seq,
    },
}

/// Why one command of a group was not carried out, while the others were. Nothing of it was
/// written, and it has no number.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The domain refused it.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// It met a stored row that cannot be read, or one that cannot be written beside what is
    /// stored. Sent again it would fail again, so it must not take its group with it.
    #[error(transparent)]
    Failed(#[from] StoreError),
}

/// What became of one command of a group.
pub type Outcome = Result<Committed, Refused>;

/// The one writer.
pub trait Write {
    /// Carries out commands in order, each as a whole or not at all, and returns once all of them
    /// are durable: a power cut after that loses none. `clock` is read once per command.
    ///
    /// # Errors
    /// When the group could not be stored (a full disk, a failing one). Then nothing of it was,
    /// and every command of it may be sent again.
    fn commit(
        &mut self,
        group: Vec<Command>,
        clock: &dyn Fn() -> Timestamp,
        ids: &mut dyn IdSource,
    ) -> Result<Vec<Outcome>, StoreError>;

    /// Removes up to `limit` rows of tasks that the trash was emptied of, and says whether there may
    /// be more: to be called until there are not. Changes nothing that can be seen, and takes no
    /// number.
    ///
    /// # Errors
    /// When that cannot be done. Nothing is lost then: the rows are found again.
    fn sweep(&mut self, limit: usize) -> Result<bool, StoreError>;

    /// To be called once, after the last commit: leaves the store as one file that stands by
    /// itself, as far as nobody else still reads it.
    ///
    /// # Errors
    /// When that cannot be done. Nothing is lost then: the next start does it.
    fn finish(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}

/// Running tasks and runs that may end without a word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Watched {
    /// The running tasks that an agent's hooks tell of, by id.
    pub tasks: Vec<Task>,
    /// The runs whose process is known, by agent and session.
    pub runs: Vec<AgentRun>,
}

/// What can be looked at. Each call answers as of one moment: the one after the commit with the
/// [`Seq`] it returns.
pub trait Read {
    /// The overview as of `now`.
    fn overview(
        &self,
        now: Timestamp,
    ) -> Result<(Seq, OverviewStats, OverviewObservability), StoreError>;

    /// Tasks, most recently active first; `limit` of them from `before` on.
    fn tasks(
        &self,
        limit: Option<usize>,
        before: Option<&Cursor>,
    ) -> Result<(Seq, TaskPage), StoreError>;

    /// The `limit` most recently active tasks in a state.
    fn tasks_in(&self, status: TaskStatus, limit: usize) -> Result<(Seq, Vec<Task>), StoreError>;

    /// The tasks that fit, most recently active first; `limit` of them from `before` on. It looks at
    /// every task: their number is the length of a list that people keep tidy, and whoever wants to
    /// know how many fit has to look at all of them.
    fn tasks_fitting(
        &self,
        filter: &TaskFilter,
        limit: usize,
        before: Option<&Cursor>,
    ) -> Result<(Seq, FittingTasks), StoreError>;

    /// The folders that tasks name, by path.
    fn workspaces(&self) -> Result<(Seq, Vec<Workspace>), StoreError>;

    /// What somebody has to look after, because nobody reports that it ended.
    fn watched(&self) -> Result<Watched, StoreError>;

    /// How far the transcripts of agents were read, by path.
    fn transcripts(&self) -> Result<Vec<TranscriptRow>, StoreError>;

    /// The counts and every task, as of one moment.
    fn snapshot(&self, now: Timestamp) -> Result<(Seq, OverviewStats, Vec<Task>), StoreError>;

    /// A task without its timeline.
    fn task(&self, id: &TaskId) -> Result<Option<(Seq, TaskDetail)>, StoreError>;

    /// A task, and the newest `limit` events of it that come before `before`, oldest first.
    fn timeline(
        &self,
        task: &TaskId,
        limit: usize,
        before: Option<&Cursor>,
    ) -> Result<Option<(Seq, TaskDetail, EventPage)>, StoreError>;

    /// A task, and then every event of it, oldest first, as of one moment and without holding
    /// them all in memory. Stops early when `visit` answers `false`. `None` if there is no task.
    fn visit_timeline(
        &self,
        task: &TaskId,
        visit: &mut dyn FnMut(Event) -> bool,
    ) -> Result<Option<(Seq, TaskDetail)>, StoreError>;

    /// The place of an event in its timeline: a page before it holds what came before.
    fn event_cursor(&self, id: &EventId) -> Result<Option<Cursor>, StoreError>;

    /// One event, whole.
    fn event(&self, id: &EventId) -> Result<Option<Event>, StoreError>;

    /// The payloads that made or changed an event, oldest first, as they were kept. `None` if there
    /// is no event.
    fn payloads(&self, event: &EventId) -> Result<Option<Vec<PayloadRow>>, StoreError>;

    /// The figures of a task as of `now`.
    fn observability(
        &self,
        task: &TaskId,
        now: Timestamp,
    ) -> Result<Option<(Seq, TaskObservability)>, StoreError>;

    /// What a task used of models, and each task that it delegated.
    fn task_usage(&self, task: &TaskId) -> Result<Option<(Seq, TaskUsage)>, StoreError>;

    /// What deleting finished tasks would delete; with a time, only those that nobody delegated and
    /// that were last active before it, with what they delegated.
    fn finished(&self, before: Option<Timestamp>) -> Result<(Seq, FinishedPreview), StoreError>;

    /// The deleted tasks that can still be restored, the last ones first; the first thousand.
    fn trash(&self, now: Timestamp) -> Result<(Seq, Vec<DeletedTask>), StoreError>;

    /// Whether tasks are in the trash that were there for their time.
    fn is_trash_due(&self, now: Timestamp) -> Result<bool, StoreError>;

    /// What all tasks used of models in a stretch of hours of UTC, counted from 1970.
    fn usage(&self, hours: RangeInclusive<i64>) -> Result<(Seq, UsageReport), StoreError>;

    /// What agents did, and what they used of models, in a stretch of hours of UTC, counted from
    /// 1970; of tools in the days of it.
    fn history(&self, hours: RangeInclusive<i64>) -> Result<(Seq, HistoryReport), StoreError>;

    /// The last commit that touched a topic, 0 if none did. `None` if it is a task that is not
    /// there.
    fn topic_seq(&self, topic: &Topic) -> Result<Option<Seq>, StoreError>;

    /// What tells the read model of a topic apart from all it was before, as long as the epoch is
    /// the same. `None` if it is a task that is not there.
    fn version(&self, topic: &Topic) -> Result<Option<Version>, StoreError>;

    /// A page of what happened to a topic after the commit `after`: about `limit` rows, and always
    /// whole commits. Applied to the topic as it was at `after`, all pages together give the topic
    /// as it is at `now` of the last page.
    fn changed_since(
        &self,
        topic: &Topic,
        after: Seq,
        limit: usize,
    ) -> Result<ChangedSince, StoreError>;

    /// Bookmarks and evaluations of one task or of all.
    fn bookmarks(&self, task: Option<&TaskId>) -> Result<(Seq, Kept), StoreError>;

    /// What a person made of a task, if anything. The outer `None`: there is no task.
    fn evaluation(&self, task: &TaskId) -> Result<Option<(Seq, Option<Evaluation>)>, StoreError>;
}
