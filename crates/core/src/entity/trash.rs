use serde::{Deserialize, Serialize};

use crate::ids::TaskId;
use crate::time::Timestamp;
use crate::vocabulary::TaskStatus;

/// What a clean-up of finished tasks would delete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FinishedPreview {
    /// The first hundred of the tasks, most recently active first.
    pub tasks: Vec<FinishedTask>,
    /// How many tasks there are, what they delegated included.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub total: i64,
    /// How many events they have.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub events: i64,
}

/// A task that a clean-up would delete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct FinishedTask {
    /// Its id.
    pub id: TaskId,
    /// What to show as its title.
    pub display_title: String,
    /// Its state. What finished tasks delegated goes with them, whatever its state.
    pub status: TaskStatus,
    /// When anything of it last happened.
    pub last_activity_at: Timestamp,
    /// Which agent it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runtime_source: Option<String>,
    /// The folder the agent works in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workspace_path: Option<String>,
    /// The task that delegated it, which goes too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goes_with: Option<TaskId>,
}

/// A deleted task that can still be restored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct DeletedTask {
    /// Its id.
    pub id: TaskId,
    /// What to show as its title.
    pub display_title: String,
    /// When it was deleted.
    pub deleted_at: Timestamp,
    /// From when on it can no longer be restored.
    pub emptied_at: Timestamp,
    /// The task that delegated it, deleted or not. Restoring that one restores this one too, if
    /// they were deleted together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_task_id: Option<TaskId>,
}
