//! What has to be looked after.

use agent_tracer_core::command::AgentRun;
use rusqlite::Connection;

use super::row::{self, TASK_COLUMNS};
use super::rows::sql;
use crate::error::StoreError;
use crate::traits::Watched;

pub(super) fn read(connection: &Connection) -> Result<Watched, StoreError> {
    let sql = sql!(
        "SELECT ",
        TASK_COLUMNS,
        " FROM tasks WHERE status = 'running' AND activity IS NOT NULL ORDER BY id"
    );
    let mut statement = connection.prepare_cached(sql)?;
    let tasks = statement
        .query_map((), row::task)?
        .collect::<Result<_, _>>()?;
    let sql = "SELECT source, runtime_session_id, process FROM bindings \
               WHERE process IS NOT NULL ORDER BY source, runtime_session_id";
    let mut statement = connection.prepare_cached(sql)?;
    let runs = statement.query_map((), |row| {
        Ok(AgentRun {
            source: row.get(0)?,
            runtime_session_id: row.get(1)?,
            process: row.get(2)?,
        })
    })?;
    let runs = runs.collect::<Result<_, _>>()?;
    Ok(Watched { tasks, runs })
}
