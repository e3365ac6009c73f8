use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use agent_tracer_core::entity::{Bookmark, Evaluation, Event, Session, Task, Usage};
use agent_tracer_core::figures::History;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::usage::UsageHour;

/// The number of a commit: one per command that changed something, rising by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seq(pub u64);

/// What a topic's read model is, told apart from what it was: while it is the same, so is what is
/// read. Written as it stands in an `ETag`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// The last commit that touched the topic.
    pub seq: Seq,
    /// How many tasks a task delegated. They are shown with it, but belong to the overview.
    pub children: u64,
    /// The last commit that touched one of them.
    pub children_seq: Seq,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seq, children_seq) = (self.seq.0, self.children_seq.0);
        match self.children {
            0 => write!(f, "{seq}"),
            children => write!(f, "{seq}.{children}.{children_seq}"),
        }
    }
}

/// A place in a list that is read page by page: a time, and what tells equal times apart.
///
/// Opaque to clients: they send back what they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Milliseconds since 1970.
    pub at: i64,
    /// The row among those of the same time.
    pub row: String,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.at, self.row)
    }
}

impl FromStr for Cursor {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (at, row) = text.split_once('-').ok_or("is not a cursor")?;
        let at = at.parse().ok().ok_or("is not a cursor")?;
        Ok(Self {
            at,
            row: row.to_owned(),
        })
    }
}

/// A page of the task list, most recently active first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskPage {
    /// The tasks.
    pub tasks: Vec<Task>,
    /// Where the next older page begins, if there is one.
    pub before: Option<Cursor>,
}

/// A page of the tasks that were asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FittingTasks {
    /// The page.
    pub page: TaskPage,
    /// How many there are on all pages.
    pub total: usize,
}

/// A folder that agents work in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// Its path.
    pub path: String,
    /// How many tasks name it.
    pub tasks: usize,
    /// When anything last happened in one of them.
    pub last_activity_at: Timestamp,
}

/// What was done and used over time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryReport {
    /// What was done.
    pub history: History,
    /// What was used.
    pub usage: BTreeMap<UsageHour, Usage>,
}

/// A page of a timeline, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventPage {
    /// The events.
    pub events: Vec<Event>,
    /// Where the next older page ends, if there is one.
    pub before: Option<Cursor>,
}

/// A task with what belongs to it, without its timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskDetail {
    /// The task.
    pub task: Task,
    /// Its sessions, oldest first.
    pub sessions: Vec<Session>,
    /// The tasks it delegated, oldest first.
    pub children: Vec<Task>,
}

/// What a person kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// Bookmarks, newest first.
    pub bookmarks: Vec<Bookmark>,
    /// Evaluations, newest first.
    pub evaluations: Vec<Evaluation>,
}
