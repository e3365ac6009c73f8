use serde::{Deserialize, Serialize};

use super::Metadata;
use crate::ids::{BookmarkId, EventId, TaskId};
use crate::time::Timestamp;
use crate::vocabulary::BookmarkKind;

/// A place that a person wants to find again. At most one per task and event (or none).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct Bookmark {
    /// Its id.
    pub id: BookmarkId,
    /// What it points at.
    pub kind: BookmarkKind,
    /// The task.
    pub task_id: TaskId,
    /// The event, if it points at one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// Its title; the event's or task's title when none was given.
    pub title: String,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Everything else.
    #[cfg_attr(feature = "typegen", ts(type = "Record<string, unknown>"))]
    pub metadata: Metadata,
    /// When it was first saved.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// The task's title, joined when read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_title: Option<String>,
    /// The event's title, joined when read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_title: Option<String>,
}
