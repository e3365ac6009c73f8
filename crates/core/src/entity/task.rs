use serde::{Deserialize, Serialize};

use super::{Activity, Usage};
use crate::ids::TaskId;
use crate::time::Timestamp;
use crate::vocabulary::{TaskKind, TaskStatus};

/// A piece of work that a person (or an agent) asked an agent for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// The title as given; `display_title` is what a person should see.
    pub title: String,
    /// The title for a path or an anchor; empty when it has no Latin letters or digits.
    pub slug: String,
    /// Its state.
    pub status: TaskStatus,
    /// Asked for by a person, or delegated.
    pub task_kind: TaskKind,
    /// When it was created.
    pub created_at: Timestamp,
    /// When the row itself last changed (not moved by events).
    pub updated_at: Timestamp,
    /// When anything of it last happened, events included. Orders the task list.
    pub last_activity_at: Timestamp,
    /// What to show as the title: derived, kept at write time, always present.
    pub display_title: String,
    /// The folder the agent works in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workspace_path: Option<String>,
    /// The task that delegated this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_task_id: Option<TaskId>,
    /// The delegating agent's own session id: free text, not a session of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_session_id: Option<String>,
    /// The agent's own id of this background work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background_task_id: Option<String>,
    /// When its newest session began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_session_started_at: Option<Timestamp>,
    /// Which agent it came from, such as `claude-code`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runtime_source: Option<String>,
    /// Why it is in its state, and since when; kept where an agent's hooks tell of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<Activity>,
    /// What it used of models, without what it delegated; absent while nothing is known. Not moved
    /// by it: `updated_at`, `last_activity_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
}
