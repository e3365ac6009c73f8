use serde::{Deserialize, Serialize};

use crate::time::Timestamp;
use crate::vocabulary::ActivityState;

/// Why a task is in its state, and since when.
///
/// Kept for tasks that an agent's hooks tell of; the rules are in `spec/ACTIVITY.md`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    /// What it is doing, or what it waits for.
    pub state: ActivityState,
    /// Since when.
    pub since: Timestamp,
    /// What about, in one line: the permission asked for, the question, the error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Whether nobody said so: it follows from something else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "typegen", ts(optional, as = "Option<bool>"))]
    pub guess: bool,
}
