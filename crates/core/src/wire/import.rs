use serde::{Deserialize, Serialize};

/// Where the import of transcripts stands, and what there is to import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ImportStatus {
    /// Whether one runs, or how the last one ended.
    pub state: ImportState,
    /// Sessions that it reads.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub sessions: i64,
    /// How many of them are read.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub sessions_done: i64,
    /// Bytes that it reads.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub bytes: i64,
    /// How many of them are read.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub bytes_done: i64,
    /// Events that it stored.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub events: i64,
    /// Lines that could not be read or are of a sort that nobody knows.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub lines_skipped: i64,
    /// Sessions whose files could not be read.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub sessions_failed: i64,
    /// Why it stopped, if it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typegen", ts(optional))]
    pub problem: Option<String>,
    /// The transcripts that are there, by agent.
    pub found: Vec<FoundTranscripts>,
}

/// Whether an import runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ImportState {
    /// None ran since the server started.
    #[default]
    Idle,
    /// One runs.
    Running,
    /// The last one read everything.
    Done,
    /// The last one stopped before.
    Failed,
}

/// The transcripts of one agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FoundTranscripts {
    /// The agent, such as `claude-code`.
    pub agent: String,
    /// Its name for a person.
    pub agent_name: String,
    /// The folder they are in.
    pub folder: String,
    /// How many sessions there are.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub sessions: i64,
    /// How many of them are not read yet, or not to their end.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub unread: i64,
    /// How many bytes those have.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub unread_bytes: i64,
}
