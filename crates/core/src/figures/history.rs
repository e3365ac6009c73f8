use std::collections::BTreeMap;

use super::source_of;
use crate::entity::Metadata;
use crate::rows::TaskRow;
use crate::time::Timestamp;

/// What one sum of what agents did is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivityHour {
    /// The hour of UTC, counted from 1970.
    pub hour: i64,
    /// The agent.
    pub source: String,
    /// The folder; empty if nobody says.
    pub workspace: String,
}

/// What agents did in an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActivitySums {
    /// Tasks that began.
    pub tasks: i64,
    /// Messages in a person's own words.
    pub prompts: i64,
    /// `tool.used` events.
    pub tool_calls: i64,
    /// `terminal.command` events.
    pub commands: i64,
    /// Calls that failed or were refused.
    pub failures: i64,
    /// Time in one of the phases, in milliseconds.
    pub active_ms: i64,
}

/// What one sum of calls is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ToolDay {
    /// The day of UTC, counted from 1970.
    pub day: i64,
    /// The agent.
    pub source: String,
    /// The tool, as the agent names it.
    pub tool: String,
}

/// Calls of a tool on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ToolSums {
    /// All of them.
    pub calls: i64,
    /// Those that failed or were refused.
    pub failures: i64,
}

/// What agents did over time. It only grows: deleting a task does not change what was done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// By hour, agent and folder.
    pub hours: BTreeMap<ActivityHour, ActivitySums>,
    /// By day, agent and tool.
    pub tools: BTreeMap<ToolDay, ToolSums>,
}

/// The name of a tool is kept up to here, in characters.
const TOOL_CHARS_MAX: usize = 80;
const HOURS_OF_A_DAY: i64 = 24;

impl ActivitySums {
    /// Adds others.
    pub fn add(&mut self, other: Self) {
        self.tasks += other.tasks;
        self.prompts += other.prompts;
        self.tool_calls += other.tool_calls;
        self.commands += other.commands;
        self.failures += other.failures;
        self.active_ms += other.active_ms;
    }

    /// What a task did more than before; `before` is none for a new one.
    pub(crate) fn of_task(before: Option<&TaskRow>, now: &TaskRow) -> Self {
        let counted = |row: &TaskRow| Self {
            tasks: 1,
            prompts: row.figures.raw_user_messages,
            tool_calls: row.figures.tool_calls,
            commands: row.figures.terminal_commands,
            failures: 0,
            active_ms: row.figures.phase_ms.iter().sum(),
        };
        let (now, before) = (counted(now), before.map(counted).unwrap_or_default());
        Self {
            tasks: now.tasks - before.tasks,
            prompts: now.prompts - before.prompts,
            tool_calls: now.tool_calls - before.tool_calls,
            commands: now.commands - before.commands,
            failures: 0,
            active_ms: now.active_ms - before.active_ms,
        }
    }
}

impl ToolSums {
    /// Adds others.
    pub fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.failures += other.failures;
    }
}

impl ToolDay {
    pub(crate) fn of(task: &TaskRow, tool: &str, now: Timestamp) -> Self {
        Self {
            day: now.hour() / HOURS_OF_A_DAY,
            source: source_of(task).to_owned(),
            tool: tool.chars().take(TOOL_CHARS_MAX).collect(),
        }
    }
}

impl ActivityHour {
    pub(crate) fn of(task: &TaskRow, now: Timestamp) -> Self {
        Self {
            hour: now.hour(),
            source: source_of(task).to_owned(),
            workspace: task.task.workspace_path.clone().unwrap_or_default(),
        }
    }
}

impl History {
    /// Adds what another holds. What would add nothing leaves no sum behind.
    pub fn add(&mut self, other: Self) {
        for (hour, sums) in other.hours {
            self.add_hour(hour, sums);
        }
        for (day, sums) in other.tools {
            self.add_tool(day, sums);
        }
    }

    pub(crate) fn add_hour(&mut self, hour: ActivityHour, sums: ActivitySums) {
        if sums != ActivitySums::default() {
            self.hours.entry(hour).or_default().add(sums);
        }
    }

    pub(crate) fn add_tool(&mut self, day: ToolDay, sums: ToolSums) {
        if sums != ToolSums::default() {
            self.tools.entry(day).or_default().add(sums);
        }
    }
}

/// Whether a call went wrong, as far as it is known.
pub(crate) fn has_failed(metadata: &Metadata) -> bool {
    let status = metadata
        .get("toolStatus")
        .and_then(|status| status.as_str());
    matches!(status, Some("failed" | "refused"))
}
