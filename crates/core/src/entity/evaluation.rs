use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ids::TaskId;
use crate::time::Timestamp;
use crate::vocabulary::Rating;

/// What a person made of a task, for finding it again. At most one per task; what was not said is
/// `null`, as the contract has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Evaluation {
    /// The task.
    pub task_id: TaskId,
    /// Whether it is worth repeating.
    pub rating: Rating,
    /// What it is good for.
    pub use_case: Option<String>,
    /// Words to find it by.
    pub workflow_tags: Vec<String>,
    /// What came of it.
    pub outcome_note: Option<String>,
    /// How it was done.
    pub approach_note: Option<String>,
    /// When to do it so again.
    pub reuse_when: Option<String>,
    /// What to look out for.
    pub watchouts: Option<String>,
    /// A summary made by the client.
    #[cfg_attr(feature = "typegen", ts(type = "Record<string, unknown> | null"))]
    pub workflow_snapshot: Option<Value>,
    /// The same as text.
    pub workflow_context: Option<String>,
    /// What a search looks at.
    pub search_text: Option<String>,
    /// When it was last saved.
    pub evaluated_at: Timestamp,
}
