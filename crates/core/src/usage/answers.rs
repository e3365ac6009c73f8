//! A task's use of models answer by answer, and how full the context was with the last of them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::price::context_window;
use super::record::UsageOrigin;
use super::row::UsageRow;
use crate::ids::TaskId;
use crate::rows::{RowResult, Rows};
use crate::time::Timestamp;

/// How many answers of a task are told one by one.
pub const ANSWERS_MAX: usize = 500;

/// What one answer used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// When it came.
    pub at: Timestamp,
    /// The model, as the agent names it; empty if nobody says.
    pub model: String,
    /// Tokens sent that were in no cache.
    pub input_tokens: i64,
    /// Tokens sent that were read from a cache.
    pub cache_read_tokens: i64,
    /// Tokens sent that were written to a cache.
    pub cache_creation_tokens: i64,
    /// Tokens that came back.
    pub output_tokens: i64,
    /// What it cost, as the agent reports it, else at list price; absent if neither is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_micros: Option<i64>,
    /// The agent's id of the subagent that asked, if it is none of its own task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subagent: Option<String>,
}

/// How much of the model's context the last answer was to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContextUse {
    /// What was sent for it, cached or not.
    pub tokens: i64,
    /// When it came.
    pub at: Timestamp,
    /// The model, as the agent names it; empty if nobody says.
    pub model: String,
    /// How many tokens can be sent to the model, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<i64>,
}

/// The newest answers of a task, the oldest of them first, and its context with the last one.
pub(super) fn read_answers(
    rows: &dyn Rows,
    task: &TaskId,
) -> RowResult<(Vec<Answer>, Option<ContextUse>)> {
    let mut stored = rows.answers_of_task(task, ANSWERS_MAX)?;
    forget_own_subagents(rows, task, &mut stored)?;
    let context = context_use(&stored);
    Ok((stored.into_iter().map(answer).collect(), context))
}

/// In the task of a subagent its answers are the agent's own.
fn forget_own_subagents(rows: &dyn Rows, task: &TaskId, stored: &mut [UsageRow]) -> RowResult<()> {
    let mut tasks = BTreeMap::new();
    for row in stored.iter_mut().filter(|row| row.subagent.is_some()) {
        let key = (row.id.source.clone(), row.runtime());
        if !tasks.contains_key(&key) {
            let binding = rows.binding(&key.0, &key.1)?;
            tasks.insert(key.clone(), binding.map(|binding| binding.task_id));
        }
        if tasks.get(&key).and_then(Option::as_ref) == Some(task) {
            row.subagent = None;
        }
    }
    Ok(())
}

fn answer(row: UsageRow) -> Answer {
    Answer {
        at: row.at,
        input_tokens: row.tokens.input,
        cache_read_tokens: row.tokens.cache_read,
        cache_creation_tokens: row.tokens.cache_creation,
        output_tokens: row.tokens.output,
        cost_micros: row.reported_cost_micros.or(row.list_cost_micros),
        subagent: row.subagent,
        model: row.model,
    }
}

/// The context with the last answer. Telemetry tells of requests beside the conversation as well (a
/// title is asked for), a transcript does not: where there is one, its answers alone are looked at.
fn context_use(stored: &[UsageRow]) -> Option<ContextUse> {
    let is_own = |row: &&UsageRow| row.subagent.is_none() && row.tokens.sent() > 0;
    let own = || stored.iter().filter(is_own);
    let in_transcript = |row: &&UsageRow| row.origin == UsageOrigin::Transcript;
    let last = own().rfind(in_transcript).or_else(|| own().next_back())?;
    let most = own().filter(|row| row.model == last.model);
    let most = most.map(|row| row.tokens.sent()).max();
    let window = context_window(&last.model, last.at);
    Some(ContextUse {
        tokens: last.tokens.sent(),
        at: last.at,
        model: last.model.clone(),
        // Who was sent more has another window than the usual one.
        window: window.filter(|window| most.is_some_and(|most| most <= *window)),
    })
}
