use serde::{Deserialize, Serialize};

use crate::ids::TaskId;
use crate::vocabulary::Phase;

/// Figures of one task. What each means is in `spec/FIGURES.md`; rates are 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct TaskObservability {
    /// The task.
    pub task_id: TaskId,
    /// The agent it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runtime_source: Option<String>,
    /// From its first to its last moment (to now while it runs), in milliseconds.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub total_duration_ms: i64,
    /// The part of it that is in one of the five phases, in milliseconds.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub active_duration_ms: i64,
    /// The time that tool calls themselves reported to have taken, in milliseconds. Shown beside
    /// the phases, which by the contract count at most 90 s after an event.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub tool_duration_ms: i64,
    /// All its events.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub total_events: i64,
    /// Links between two of its events.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub trace_link_count: i64,
    /// Events with at least one link.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub trace_linked_event_count: i64,
    /// Events of the kinds that ought to have a link.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub trace_link_eligible_event_count: i64,
    /// Share of the eligible events that have a link.
    pub trace_link_coverage_rate: f64,
    /// Eligible events whose action no rule knows.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub action_registry_gap_count: i64,
    /// Events that ought to have an action that a rule knows.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub action_registry_eligible_event_count: i64,
    /// The five phases, in the order of the contract.
    pub phase_breakdown: Vec<PhaseShare>,
    /// Its sessions.
    pub sessions: SessionCounts,
    /// What happened in it, counted.
    pub signals: Signals,
    /// What it was mostly about.
    pub focus: Focus,
}

/// How long a task was in one phase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PhaseShare {
    /// The phase.
    pub phase: Phase,
    /// How long, in milliseconds.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub duration_ms: i64,
    /// Its share of the time in all five phases.
    pub share: f64,
}

/// How many sessions a task had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
pub struct SessionCounts {
    /// All of them.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub total: i64,
    /// All but the first.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub resumed: i64,
    /// Those that still run.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub open: i64,
}

/// What happened in a task, counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Signals {
    /// Messages in the person's own words.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub raw_user_messages: i64,
    /// Messages after the first.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub follow_up_messages: i64,
    /// Distinct questions.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub questions_asked: i64,
    /// Distinct questions that were concluded.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub questions_closed: i64,
    /// Share of questions that were concluded.
    pub question_closure_rate: f64,
    /// Distinct to-do items.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub todos_added: i64,
    /// Distinct to-do items that were completed.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub todos_completed: i64,
    /// Share of to-do items that were completed.
    pub todo_completion_rate: f64,
    /// Thoughts.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub thoughts: i64,
    /// Tool calls that are not terminal commands.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub tool_calls: i64,
    /// Terminal commands.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub terminal_commands: i64,
    /// Verifications.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub verifications: i64,
    /// Moves of asynchronous tasks.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub background_transitions: i64,
    /// Delegations, skills, MCP calls.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub coordination_activities: i64,
    /// Distinct paths that its events name.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub explored_files: i64,
}

/// What a task was mostly about: the five most frequent, ties by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Focus {
    /// Paths.
    pub top_files: Vec<PathCount>,
    /// Tags.
    pub top_tags: Vec<TagCount>,
}

/// How many events name a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
pub struct PathCount {
    /// The path.
    pub path: String,
    /// How many.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub count: i64,
}

/// How many events carry a tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// How many.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub count: i64,
}
