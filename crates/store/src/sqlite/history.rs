//! What agents did over time.

use std::ops::RangeInclusive;

use agent_tracer_core::figures::{ActivityHour, ActivitySums, History, ToolDay, ToolSums};
use rusqlite::{Connection, params};

use super::statements::Target;
use crate::error::StoreError;

const HOURS_OF_A_DAY: i64 = 24;

impl Target<'_> {
    /// Adds what a group of commands did.
    pub(super) fn add_history(&self, history: History) -> Result<(), StoreError> {
        for (of, sums) in history.hours {
            self.run(
                "INSERT INTO activity_hours VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
                 ON CONFLICT DO UPDATE SET tasks = tasks + ?4, prompts = prompts + ?5, \
                 tool_calls = tool_calls + ?6, commands = commands + ?7, \
                 failures = failures + ?8, active_ms = active_ms + ?9",
                params![
                    of.hour,
                    of.source,
                    of.workspace,
                    sums.tasks,
                    sums.prompts,
                    sums.tool_calls,
                    sums.commands,
                    sums.failures,
                    sums.active_ms
                ],
            )?;
        }
        for (of, sums) in history.tools {
            self.run(
                "INSERT INTO tool_days VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET \
                 calls = calls + ?4, failures = failures + ?5",
                params![of.day, of.source, of.tool, sums.calls, sums.failures],
            )?;
        }
        Ok(())
    }
}

/// What was done in some hours, and in the days that they lie in.
pub(super) fn read(
    connection: &Connection,
    hours: &RangeInclusive<i64>,
) -> Result<History, StoreError> {
    let sql = "SELECT hour, source, workspace, tasks, prompts, tool_calls, commands, failures, \
               active_ms FROM activity_hours WHERE hour BETWEEN ?1 AND ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([hours.start(), hours.end()], |row| {
        let of = ActivityHour {
            hour: row.get(0)?,
            source: row.get(1)?,
            workspace: row.get(2)?,
        };
        let sums = ActivitySums {
            tasks: row.get(3)?,
            prompts: row.get(4)?,
            tool_calls: row.get(5)?,
            commands: row.get(6)?,
            failures: row.get(7)?,
            active_ms: row.get(8)?,
        };
        Ok((of, sums))
    })?;
    let sums = rows.collect::<Result<_, _>>()?;
    let sql = "SELECT day, source, tool, calls, failures FROM tool_days \
               WHERE day BETWEEN ?1 AND ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let days = [hours.start() / HOURS_OF_A_DAY, hours.end() / HOURS_OF_A_DAY];
    let rows = statement.query_map(days, |row| {
        let of = ToolDay {
            day: row.get(0)?,
            source: row.get(1)?,
            tool: row.get(2)?,
        };
        let (calls, failures) = (row.get(3)?, row.get(4)?);
        Ok((of, ToolSums { calls, failures }))
    })?;
    let tools = rows.collect::<Result<_, _>>()?;
    Ok(History { hours: sums, tools })
}
