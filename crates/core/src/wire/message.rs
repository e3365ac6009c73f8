use serde::{Deserialize, Serialize};

use crate::entity::{Bookmark, Event, OverviewStats, Session, Task};
use crate::ids::{BookmarkId, TaskId};

/// A frame of `/ws`: `{"type": …, "payload": …}`, one per change, in the order of the changes.
///
/// Clients must ignore fields they do not know. Types beyond these twelve are never sent to a
/// client that did not ask for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(tag = "type", content = "payload")]
pub enum Message {
    /// The state when the client connected (or after it fell behind).
    #[serde(rename = "snapshot")]
    Snapshot {
        /// Counts.
        stats: OverviewStats,
        /// Every task, most recently active first.
        tasks: Vec<Task>,
    },
    /// A task began, or an existing one was started again.
    #[serde(rename = "task.started")]
    TaskStarted(Task),
    /// A task was completed.
    #[serde(rename = "task.completed")]
    TaskCompleted(Task),
    /// A task changed in any other way.
    #[serde(rename = "task.updated")]
    TaskUpdated(Task),
    /// A task is gone, with its sessions, events and bookmarks.
    #[serde(rename = "task.deleted", rename_all = "camelCase")]
    TaskDeleted {
        /// The task.
        task_id: TaskId,
    },
    /// A session began.
    #[serde(rename = "session.started")]
    SessionStarted(Session),
    /// A session ended.
    #[serde(rename = "session.ended")]
    SessionEnded(Session),
    /// An event was stored.
    #[serde(rename = "event.logged")]
    EventLogged(Event),
    /// An event changed.
    #[serde(rename = "event.updated")]
    EventUpdated(Event),
    /// A bookmark was saved.
    #[serde(rename = "bookmark.saved")]
    BookmarkSaved(Bookmark),
    /// A bookmark was deleted.
    #[serde(rename = "bookmark.deleted", rename_all = "camelCase")]
    BookmarkDeleted {
        /// The bookmark.
        bookmark_id: BookmarkId,
    },
    /// Finished tasks were deleted.
    #[serde(rename = "tasks.purged", rename_all = "camelCase")]
    TasksPurged {
        /// How many.
        #[cfg_attr(feature = "typegen", ts(type = "number"))]
        count: usize,
        /// Which.
        task_ids: Vec<TaskId>,
    },
}

impl Message {
    /// The task that it tells of, or whose session or event it tells of.
    pub(crate) fn task_id(&self) -> Option<&TaskId> {
        match self {
            Self::TaskStarted(task) | Self::TaskCompleted(task) | Self::TaskUpdated(task) => {
                Some(&task.id)
            }
            Self::TaskDeleted { task_id } => Some(task_id),
            Self::SessionStarted(session) | Self::SessionEnded(session) => Some(&session.task_id),
            Self::EventLogged(event) | Self::EventUpdated(event) => Some(&event.task_id),
            Self::BookmarkSaved(bookmark) => Some(&bookmark.task_id),
            Self::Snapshot { .. } | Self::BookmarkDeleted { .. } | Self::TasksPurged { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Message;
    use crate::ids::{BookmarkId, TaskId};

    #[test]
    fn payloads_are_camel_case() {
        let json = |message: &Message| serde_json::to_string(message).unwrap();
        assert_eq!(
            json(&Message::TaskDeleted {
                task_id: TaskId::new("t")
            }),
            r#"{"type":"task.deleted","payload":{"taskId":"t"}}"#
        );
        assert_eq!(
            json(&Message::BookmarkDeleted {
                bookmark_id: BookmarkId::new("b")
            }),
            r#"{"type":"bookmark.deleted","payload":{"bookmarkId":"b"}}"#
        );
        assert_eq!(
            json(&Message::TasksPurged {
                count: 1,
                task_ids: vec![TaskId::new("t")]
            }),
            r#"{"type":"tasks.purged","payload":{"count":1,"taskIds":["t"]}}"#
        );
    }
}
