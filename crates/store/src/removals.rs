//! What is kept of rows that are gone, so that those who were away can be told.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use agent_tracer_core::ids::{BookmarkId, TaskId};
use agent_tracer_core::rows::Writes;
use agent_tracer_core::wire::follow::RowChange;

use crate::model::Seq;

/// How many of the newest removals are kept at least.
pub(crate) const REMOVALS_KEPT: usize = 100_000;

/// Keeps removals from being let go of while somebody still has to be told of them. Clones are the
/// same pin.
#[derive(Clone, Debug)]
pub struct RemovalPin(Arc<AtomicU64>);

impl Default for RemovalPin {
    fn default() -> Self {
        Self(Arc::new(AtomicU64::new(u64::MAX)))
    }
}

impl RemovalPin {
    /// Keeps every removal after that commit from now on; `None` keeps only what is kept anyway.
    pub fn keep_after(&self, seq: Option<Seq>) {
        let seq = seq.map_or(u64::MAX, |seq| seq.0);
        self.0.store(seq, Ordering::SeqCst);
    }

    /// The newest commit whose removals may be let go of.
    pub(crate) fn free_up_to(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// What sort of row is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RemovedKind {
    Task,
    Bookmark,
    Evaluation,
}

impl RemovedKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Bookmark => "bookmark",
            Self::Evaluation => "evaluation",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        let all = [Self::Task, Self::Bookmark, Self::Evaluation];
        all.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The row as those who follow it are told.
    pub(crate) fn change(self, id: &str, seq: u64) -> RowChange {
        match self {
            Self::Task => RowChange::Task {
                id: TaskId::new(id),
                seq,
                row: None,
            },
            Self::Bookmark => RowChange::Bookmark {
                id: BookmarkId::new(id),
                seq,
                row: None,
            },
            Self::Evaluation => RowChange::Evaluation {
                id: TaskId::new(id),
                seq,
                row: None,
            },
        }
    }
}

/// Every row that a decision removes and that must be remembered.
pub(crate) fn removals_of(writes: &Writes) -> impl Iterator<Item = (RemovedKind, &str)> {
    let tasks = writes.removed_tasks.iter();
    let tasks = tasks.map(|id| (RemovedKind::Task, id.as_str()));
    let bookmarks = writes.removed_bookmarks.iter();
    let bookmarks = bookmarks.map(|id| (RemovedKind::Bookmark, id.as_str()));
    let evaluations = writes.removed_evaluations.iter();
    let evaluations = evaluations.map(|id| (RemovedKind::Evaluation, id.as_str()));
    tasks.chain(bookmarks).chain(evaluations)
}
