use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// How many tasks are in which state, and how many events there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OverviewStats {
    /// All tasks.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub total_tasks: i64,
    /// Tasks in state running.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub running_tasks: i64,
    /// Tasks in state waiting.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub waiting_tasks: i64,
    /// Tasks in state completed.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub completed_tasks: i64,
    /// Tasks in state errored.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub errored_tasks: i64,
    /// All events.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub total_events: i64,
}

/// Figures over all tasks. Rates are 0 to 1. What each figure means is in `spec/FIGURES.md`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OverviewObservability {
    /// When the figures were computed.
    pub generated_at: Timestamp,
    /// All tasks.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub total_tasks: i64,
    /// Tasks in state running.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub running_tasks: i64,
    /// Running tasks without activity for 30 minutes.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub stale_running_tasks: i64,
    /// Mean duration of a task, in milliseconds.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub avg_duration_ms: i64,
    /// Mean number of events of a task.
    pub avg_events_per_task: f64,
    /// Share of tasks with at least one raw user message.
    pub prompt_capture_rate: f64,
    /// Share of tasks with at least one trace link.
    pub trace_linked_task_rate: f64,
    /// Tasks with a question.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub tasks_with_questions: i64,
    /// Tasks with a to-do item.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub tasks_with_todos: i64,
    /// Tasks with a coordination event.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub tasks_with_coordination: i64,
    /// Tasks with a background event.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub tasks_with_background: i64,
    /// The same by agent; most tasks first, then by name.
    pub runtime_sources: Vec<RuntimeSourceStats>,
}

/// Figures over the tasks of one agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RuntimeSourceStats {
    /// The agent, or `unknown`.
    pub runtime_source: String,
    /// Its tasks.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub task_count: i64,
    /// Its running tasks.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub running_task_count: i64,
    /// Share of its tasks with at least one raw user message.
    pub prompt_capture_rate: f64,
    /// Share of its tasks with at least one trace link.
    pub trace_linked_task_rate: f64,
}
