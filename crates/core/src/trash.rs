//! What becomes of deleted tasks: for ten minutes they can be restored.

use serde::{Deserialize, Serialize};

use crate::entity::{Bookmark, Evaluation};
use crate::rows::TaskRow;
use crate::time::Timestamp;

/// How long a deleted task can be restored.
pub const TRASH_KEPT_MILLIS: i64 = 10 * 60_000;

/// How many tasks leave the trash for good in one command, so that none takes long.
pub const EMPTIED_TASKS_MAX: usize = 50;

/// How many deleted tasks are listed at most.
pub const LISTED_TASKS_MAX: u16 = 1_000;

/// What is still stored of a task that was deleted.
#[derive(Clone, Debug, PartialEq)]
pub enum Remains {
    /// All of it.
    Whole(Box<TrashedTask>),
    /// Some rows that are about to be removed, and nothing that could be restored.
    Rows,
}

/// A deleted task. Its sessions, events, bindings, marks and usage stay where they are, where
/// nobody finds them; its row, its bookmarks and its evaluation are here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrashedTask {
    /// The task. What its agent still reports goes on changing it.
    pub row: TaskRow,
    /// What else is known of it.
    pub entry: TrashEntry,
}

/// What the trash keeps beside a task's row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrashEntry {
    /// The deletion that it came with: tasks that went together have the same.
    pub deletion: String,
    /// When.
    pub deleted_at: Timestamp,
    /// The task's bookmarks, and those of its events.
    pub bookmarks: Vec<Bookmark>,
    /// Its evaluation.
    pub evaluation: Option<Evaluation>,
}

impl TrashEntry {
    /// Whether the task can still be restored.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < closes_at(self.deleted_at)
    }

    /// An entry of the same deletion, for a task that was made since.
    pub(crate) fn beside(&self) -> Self {
        Self {
            deletion: self.deletion.clone(),
            deleted_at: self.deleted_at,
            bookmarks: Vec::new(),
            evaluation: None,
        }
    }
}

/// From when on what was deleted then can no longer be restored.
pub fn closes_at(deleted_at: Timestamp) -> Timestamp {
    Timestamp::from_millis(deleted_at.as_millis() + TRASH_KEPT_MILLIS)
}

/// The newest deletions that can no longer be restored were made then.
pub fn closed_until(now: Timestamp) -> Timestamp {
    Timestamp::from_millis(now.as_millis() - TRASH_KEPT_MILLIS)
}
