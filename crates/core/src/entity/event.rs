use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::ids::{EventId, SessionId, TaskId};
use crate::time::Timestamp;
use crate::vocabulary::{EventKind, Lane};

/// What a client said beyond the fields of the contract. `filePaths` is always in it.
pub type Metadata = Map<String, Value>;

/// One thing that happened in a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// The task it belongs to.
    pub task_id: TaskId,
    /// The session it happened in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<SessionId>,
    /// What happened.
    pub kind: EventKind,
    /// The row of the timeline.
    pub lane: Lane,
    /// One line for a person. A manual rename is in `metadata.displayTitle`.
    pub title: String,
    /// The whole text, if there is more than the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Everything else.
    #[cfg_attr(feature = "typegen", ts(type = "Record<string, unknown>"))]
    pub metadata: Metadata,
    /// How it was sorted, and why.
    pub classification: Classification,
    /// When it happened.
    pub created_at: Timestamp,
}

/// How an event was sorted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
pub struct Classification {
    /// The lane that was chosen.
    pub lane: Lane,
    /// Tags to filter by, distinct, in the order of the contract.
    pub tags: Vec<String>,
    /// The rules that matched.
    pub matches: Vec<ClassificationMatch>,
}

/// A rule of the action registry that matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ClassificationMatch {
    /// Always `action-registry`.
    pub rule_id: String,
    /// Always `action-registry`.
    pub source: String,
    /// How strong the match is.
    pub score: u32,
    /// The lane the rules point at.
    pub lane: Lane,
    /// The tags they add.
    pub tags: Vec<String>,
    /// Which words matched.
    pub reasons: Vec<MatchReason>,
}

/// A word that made a rule match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
pub struct MatchReason {
    /// Which rule looked at it.
    pub kind: MatchReasonKind,
    /// The word.
    pub value: String,
}

/// Which part of an action's name a rule looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum MatchReasonKind {
    /// Its first word.
    ActionPrefix,
    /// Any of its words.
    ActionKeyword,
}
