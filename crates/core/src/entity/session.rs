use serde::{Deserialize, Serialize};

use crate::ids::{SessionId, TaskId};
use crate::time::Timestamp;
use crate::vocabulary::SessionStatus;

/// One run of an agent on a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The task it belongs to.
    pub task_id: TaskId,
    /// Its state.
    pub status: SessionStatus,
    /// When it began.
    pub started_at: Timestamp,
    /// What was said about it when it began or ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
}
