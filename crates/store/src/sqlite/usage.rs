//! Answers of models, and the sums of them.

use agent_tracer_core::entity::Usage;
use agent_tracer_core::ids::{SessionId, TaskId};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::usage::{Tokens, UsageBucket, UsageHour, UsageId, UsageOrigin, UsageRow};
use rusqlite::types::ToSql;
use rusqlite::{Row, params};

use super::row::known;
use super::rows::sql;
use super::statements::Target;
use crate::error::StoreError;

pub(super) const USAGE_COLUMNS: &str = "key, source, runtime_session_id, subagent, prompt_id, \
     origin, derived, model, at, input, cache_read, cache_creation, output, cache_creation_1h, \
     reasoning, reported_cost_micros, list_cost_micros, counted, arrived_at, task_id, session_id";

/// The counts of a sum, in the order of `Usage::to_array`.
pub(super) const SUM_COLUMNS: &str = "requests, input_tokens, cache_read_tokens, \
     cache_creation_tokens, output_tokens, reasoning_tokens, cost_micros, reported_cost_micros, \
     list_cost_micros, unpriced_tokens";

const ADD_SUMS: &str = " ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, \
     input_tokens = input_tokens + excluded.input_tokens, \
     cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens, \
     cache_creation_tokens = cache_creation_tokens + excluded.cache_creation_tokens, \
     output_tokens = output_tokens + excluded.output_tokens, \
     reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens, \
     cost_micros = cost_micros + excluded.cost_micros, \
     reported_cost_micros = reported_cost_micros + excluded.reported_cost_micros, \
     list_cost_micros = list_cost_micros + excluded.list_cost_micros, \
     unpriced_tokens = unpriced_tokens + excluded.unpriced_tokens";

/// An answer from [`USAGE_COLUMNS`].
pub(super) fn usage_row(row: &Row<'_>) -> rusqlite::Result<UsageRow> {
    Ok(UsageRow {
        id: UsageId {
            key: row.get(0)?,
            source: row.get(1)?,
        },
        runtime_session_id: row.get(2)?,
        subagent: row.get(3)?,
        prompt_id: row.get(4)?,
        origin: known(row, 5, UsageOrigin::of_number)?,
        derived: row.get(6)?,
        model: row.get(7)?,
        at: Timestamp::from_millis(row.get(8)?),
        tokens: Tokens {
            input: row.get(9)?,
            cache_read: row.get(10)?,
            cache_creation: row.get(11)?,
            output: row.get(12)?,
            cache_creation_1h: row.get(13)?,
            reasoning: row.get(14)?,
        },
        reported_cost_micros: row.get(15)?,
        list_cost_micros: row.get(16)?,
        counted: row.get(17)?,
        arrived_at: Timestamp::from_millis(row.get(18)?),
        task_id: row.get::<_, Option<String>>(19)?.map(TaskId::new),
        session_id: row.get::<_, Option<String>>(20)?.map(SessionId::new),
    })
}

/// Which answer, from `key, source`.
pub(super) fn usage_id(row: &Row<'_>) -> rusqlite::Result<UsageId> {
    Ok(UsageId {
        key: row.get(0)?,
        source: row.get(1)?,
    })
}

/// A sum of a task, from `task_id, session_id, prompt_id, hour, source, model` and
/// [`SUM_COLUMNS`].
pub(super) fn bucket(row: &Row<'_>) -> rusqlite::Result<(UsageBucket, Usage)> {
    let said = |text: String| Some(text).filter(|text| !text.is_empty());
    let bucket = UsageBucket {
        task_id: TaskId::new(row.get::<_, String>(0)?),
        session_id: said(row.get(1)?).map(SessionId::new),
        prompt_id: said(row.get(2)?),
        hour: hour(row, 3)?,
    };
    Ok((bucket, sum(row, 6)?))
}

/// A sum over all tasks, from `hour, source, model` and [`SUM_COLUMNS`].
pub(super) fn hour_sum(row: &Row<'_>) -> rusqlite::Result<(UsageHour, Usage)> {
    Ok((hour(row, 0)?, sum(row, 3)?))
}

fn hour(row: &Row<'_>, first: usize) -> rusqlite::Result<UsageHour> {
    Ok(UsageHour {
        hour: row.get(first)?,
        source: row.get(first + 1)?,
        model: row.get(first + 2)?,
    })
}

fn sum(row: &Row<'_>, first: usize) -> rusqlite::Result<Usage> {
    let mut counts = Usage::default().to_array();
    for (column, count) in (first..).zip(&mut counts) {
        *count = row.get(column)?;
    }
    Ok(Usage::from_array(counts))
}

impl Target<'_> {
    pub(super) fn put_usage(&self, row: &UsageRow) -> Result<(), StoreError> {
        let tokens = row.tokens;
        self.run(
            "INSERT OR REPLACE INTO usage (key, source, runtime_session_id, subagent, prompt_id, \
             origin, derived, model, at, input, cache_read, cache_creation, output, \
             cache_creation_1h, reasoning, reported_cost_micros, list_cost_micros, counted, \
             arrived_at, task_id, session_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, \
             ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
            params![
                row.id.key,
                row.id.source,
                row.runtime_session_id,
                row.subagent,
                row.prompt_id,
                row.origin as u8,
                row.derived,
                row.model,
                row.at.as_millis(),
                tokens.input,
                tokens.cache_read,
                tokens.cache_creation,
                tokens.output,
                tokens.cache_creation_1h,
                tokens.reasoning,
                row.reported_cost_micros,
                row.list_cost_micros,
                row.counted,
                row.arrived_at.as_millis(),
                row.task_id.as_ref().map(TaskId::as_str),
                row.session_id.as_ref().map(SessionId::as_str),
            ],
        )?;
        Ok(())
    }

    pub(super) fn drop_usage(&self, id: &UsageId) -> Result<(), StoreError> {
        let sql = "DELETE FROM usage WHERE source = ?1 AND key = ?2";
        self.run(sql, [&id.source, &id.key])?;
        self.run(
            "UPDATE meta SET value = value + 1 WHERE name = 'usage_dropped'",
            (),
        )?;
        Ok(())
    }

    pub(super) fn add_to_bucket(
        &self,
        bucket: &UsageBucket,
        change: Usage,
    ) -> Result<(), StoreError> {
        let sql = sql!(
            "INSERT INTO usage_sums VALUES \
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
            ADD_SUMS
        );
        let hour = &bucket.hour;
        let session = bucket.session_id.as_ref().map_or("", SessionId::as_str);
        let prompt = bucket.prompt_id.as_deref().unwrap_or_default();
        let key: [&dyn ToSql; 6] = [
            &bucket.task_id.as_str(),
            &session,
            &prompt,
            &hour.hour,
            &hour.source,
            &hour.model,
        ];
        self.add_sum(sql, &key, change)
    }

    pub(super) fn add_to_hour(&self, hour: &UsageHour, change: Usage) -> Result<(), StoreError> {
        let sql = sql!(
            "INSERT INTO usage_hours VALUES \
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            ADD_SUMS
        );
        self.add_sum(sql, &[&hour.hour, &hour.source, &hour.model], change)
    }

    fn add_sum(&self, sql: &str, key: &[&dyn ToSql], change: Usage) -> Result<(), StoreError> {
        let counts = change.to_array();
        let counts = counts.iter().map(|count| -> &dyn ToSql { count });
        let all: Vec<_> = key.iter().copied().chain(counts).collect();
        self.run(sql, all.as_slice())?;
        Ok(())
    }
}
