use std::fmt;

use crate::wire::follow::RowChange;

/// What a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// A task.
    Task,
    /// A session.
    Session,
    /// An event.
    Event,
    /// A bookmark.
    Bookmark,
    /// An evaluation.
    Evaluation,
}

impl RowKind {
    /// The word for it on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Session => "session",
            Self::Event => "event",
            Self::Bookmark => "bookmark",
            Self::Evaluation => "evaluation",
        }
    }
}

/// What tells rows apart. Written `task/<id>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// What it is of.
    pub kind: RowKind,
    /// Its id: of different kinds, so it is plain text here.
    pub id: String,
}

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.word(), self.id)
    }
}

impl RowChange {
    /// What tells it apart from other rows.
    pub fn key(&self) -> RowKey {
        let (kind, id) = match self {
            Self::Task { id, .. } => (RowKind::Task, id.as_str()),
            Self::Session { id, .. } => (RowKind::Session, id.as_str()),
            Self::Event { id, .. } => (RowKind::Event, id.as_str()),
            Self::Bookmark { id, .. } => (RowKind::Bookmark, id.as_str()),
            Self::Evaluation { id, .. } => (RowKind::Evaluation, id.as_str()),
        };
        let id = id.to_owned();
        RowKey { kind, id }
    }

    /// The commit that changed or removed it last.
    pub fn seq(&self) -> u64 {
        match self {
            Self::Task { seq, .. }
            | Self::Session { seq, .. }
            | Self::Event { seq, .. }
            | Self::Bookmark { seq, .. }
            | Self::Evaluation { seq, .. } => *seq,
        }
    }

    /// Whether there is no such row any more.
    pub fn is_gone(&self) -> bool {
        match self {
            Self::Task { row, .. } => row.is_none(),
            Self::Session { row, .. } => row.is_none(),
            Self::Event { row, .. } => row.is_none(),
            Self::Bookmark { row, .. } => row.is_none(),
            Self::Evaluation { row, .. } => row.is_none(),
        }
    }
}
