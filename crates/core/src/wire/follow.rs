//! The frames of `/ws?v=2`, as spec/PROTOCOL.md has them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::entity::{
    Bookmark, Evaluation, Event, OverviewObservability, OverviewStats, Session, Task,
    TaskObservability,
};
use crate::ids::{BookmarkId, EventId, SessionId, TaskId};

/// What a client can follow. Written `overview`, `bookmarks`, `task:<id>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(type = "string"))]
#[serde(into = "String", try_from = "String")]
pub enum Topic {
    /// Every task.
    Overview,
    /// Bookmarks and evaluations.
    Bookmarks,
    /// One task with its sessions and events.
    Task(TaskId),
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overview => f.write_str("overview"),
            Self::Bookmarks => f.write_str("bookmarks"),
            Self::Task(id) => write!(f, "task:{id}"),
        }
    }
}

impl From<Topic> for String {
    fn from(topic: Topic) -> Self {
        topic.to_string()
    }
}

/// A text that names no topic.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no topic: overview, bookmarks and task:<id> are")]
pub struct UnknownTopic(String);

impl FromStr for Topic {
    type Err = UnknownTopic;

    fn from_str(text: &str) -> Result<Self, UnknownTopic> {
        match text {
            "overview" => Ok(Self::Overview),
            "bookmarks" => Ok(Self::Bookmarks),
            _ => match text.strip_prefix("task:") {
                Some(id) if !id.is_empty() => Ok(Self::Task(TaskId::new(id))),
                _ => Err(UnknownTopic(text.chars().take(80).collect())),
            },
        }
    }
}

impl TryFrom<String> for Topic {
    type Error = UnknownTopic;

    fn try_from(text: String) -> Result<Self, UnknownTopic> {
        text.parse()
    }
}

/// A row as it is now, or its id where it is gone: then `row` is absent. `seq` is the commit that
/// changed it last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "lowercase")]
#[expect(missing_docs, reason = "the fields mean the same in all of them")]
pub enum RowChange {
    /// A task.
    #[cfg_attr(feature = "typegen", ts(optional_fields))]
    Task {
        id: TaskId,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        seq: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<Task>,
    },
    /// A session.
    #[cfg_attr(feature = "typegen", ts(optional_fields))]
    Session {
        id: SessionId,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        seq: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<Session>,
    },
    /// An event.
    #[cfg_attr(feature = "typegen", ts(optional_fields))]
    Event {
        id: EventId,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        seq: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<Event>,
    },
    /// A bookmark.
    #[cfg_attr(feature = "typegen", ts(optional_fields))]
    Bookmark {
        id: BookmarkId,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        seq: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<Bookmark>,
    },
    /// An evaluation; its id is the task's.
    #[cfg_attr(feature = "typegen", ts(optional_fields))]
    Evaluation {
        id: TaskId,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        seq: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<Evaluation>,
    },
}

/// The payload of `changes` and `catchup`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
pub struct ChangedRows {
    /// In the order of the commit.
    pub rows: Vec<RowChange>,
}

/// Why what a client missed cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ResyncReason {
    /// Another history, or a cursor from the future.
    Epoch,
    /// Older than what is kept.
    Window,
    /// The client does not take what it is sent.
    Slow,
    /// Reading anew is cheaper.
    TooBig,
}

/// Counters of a topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum Figures {
    /// Of the overview.
    Overview {
        /// Counts.
        stats: OverviewStats,
        /// Figures over all tasks.
        observability: OverviewObservability,
    },
    /// Of a task.
    Task {
        /// Its figures.
        observability: TaskObservability,
    },
}

/// A payload with nothing in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "typegen",
    derive(ts_rs::TS),
    ts(type = "Record<string, never>")
)]
pub struct Nothing {}

/// A frame to a following client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "lowercase")]
#[expect(
    missing_docs,
    reason = "the fields mean the same in all of them; see spec/PROTOCOL.md"
)]
#[expect(clippy::large_enum_variant, reason = "made once and encoded at once")]
pub enum FollowFrame {
    /// One commit's effect on a topic.
    Changes {
        topic: Topic,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        seq: u64,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        prev: u64,
        payload: ChangedRows,
    },
    /// A part of what was missed.
    Catchup {
        topic: Topic,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        seq: u64,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        prev: u64,
        payload: ChangedRows,
    },
    /// The topic is followed from `seq` on.
    Subscribed {
        topic: Topic,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        seq: u64,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        prev: u64,
        payload: SubscribedTo,
    },
    /// What was missed cannot be told.
    Resync {
        topic: Topic,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        seq: u64,
        payload: ResyncFrom,
    },
    /// The followed task was deleted.
    Removed {
        topic: Topic,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        seq: u64,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        prev: u64,
        payload: Nothing,
    },
    /// Nothing changed up to `seq`.
    Progress {
        topic: Topic,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        seq: u64,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        prev: u64,
        payload: Nothing,
    },
    /// Counters as of `seq`.
    Figures {
        topic: Topic,
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        seq: u64,
        payload: Figures,
    },
    /// The answer to `ping`.
    Pong { payload: Nothing },
    /// A frame of the client was not understood.
    Error { payload: FollowError },
}

/// See [`FollowFrame::Subscribed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
pub struct SubscribedTo {
    /// The history that `seq` counts.
    pub epoch: String,
    /// Whether what was missed came before.
    pub recovered: bool,
}

/// See [`FollowFrame::Resync`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
pub struct ResyncFrom {
    /// Why.
    pub reason: ResyncReason,
    /// The history that `seq` counts.
    pub epoch: String,
    /// Where the state can be read.
    pub href: String,
}

/// See [`FollowFrame::Error`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
pub struct FollowError {
    /// A word for programs.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// A frame from a following client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(tag = "type", content = "payload", rename_all = "lowercase")]
pub enum FollowCommand {
    /// Follow a topic.
    Subscribe(Subscribe),
    /// Follow it no more.
    Unsubscribe {
        /// The topic.
        topic: Topic,
    },
    /// Ask for a sign of life.
    Ping(Option<Nothing>),
}

/// See [`FollowCommand::Subscribe`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields))]
pub struct Subscribe {
    /// The topic.
    pub topic: Topic,
    /// The history that `after` counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<String>,
    /// The client's cursor: what came up to it is known.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::FollowCommand;

    #[test]
    fn a_ping_needs_no_payload() {
        for text in [
            r#"{"type":"ping"}"#,
            r#"{"type":"ping","payload":{}}"#,
            r#"{"type":"ping","payload":null}"#,
        ] {
            let command: FollowCommand = serde_json::from_str(text).unwrap();
            assert!(matches!(command, FollowCommand::Ping(_)), "{text}");
        }
    }
}
