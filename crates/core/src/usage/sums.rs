//! Where usage is summed up, and what is read of the sums.

use std::collections::BTreeMap;

use serde::Serialize;

use super::answers::{Answer, ContextUse, read_answers};
use crate::entity::Usage;
use crate::ids::{SessionId, TaskId};
use crate::rows::{RowResult, Rows};

/// What one sum is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UsageBucket {
    /// The task.
    pub task_id: TaskId,
    /// The session.
    pub session_id: Option<SessionId>,
    /// The agent's id of the prompt.
    pub prompt_id: Option<String>,
    /// When, by which agent, of which model.
    pub hour: UsageHour,
}

/// What one sum over all tasks is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UsageHour {
    /// The hour of UTC, counted from 1970.
    pub hour: i64,
    /// The agent.
    pub source: String,
    /// The model; empty if nobody says.
    pub model: String,
}

/// What a task used, looked at from each side.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TaskUsage {
    /// All of it, without what it delegated.
    pub total: Usage,
    /// By session, in the order of their ids.
    pub sessions: Vec<SessionUsage>,
    /// By prompt, in the order in which they began to use anything.
    pub prompts: Vec<PromptUsage>,
    /// By model, by name.
    pub models: Vec<ModelUsage>,
    /// What each task that it delegated used, subagents among them.
    pub subagents: Vec<SubagentUsage>,
    /// Its newest answers one by one, the oldest of them first.
    pub series: Vec<Answer>,
    /// How full the context was with the agent's last answer; absent where nobody told one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<ContextUse>,
}

/// What a session used.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionUsage {
    /// The session; absent where none was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<SessionId>,
    /// What it used.
    pub usage: Usage,
}

/// What was used for a prompt.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PromptUsage {
    /// The agent's id of it (`metadata.promptId` of its events); absent for what names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt_id: Option<String>,
    /// What it used.
    pub usage: Usage,
}

/// What was used of a model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelUsage {
    /// The model, as the agent names it; empty if nobody says.
    pub model: String,
    /// What was used of it.
    pub usage: Usage,
}

/// What a task that was delegated used.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SubagentUsage {
    /// The task.
    pub task_id: TaskId,
    /// What it used, without what it delegated itself.
    pub usage: Usage,
}

/// What an agent used of a model on one day of UTC.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentDay {
    /// The day, as `2026-11-25`.
    pub day: String,
    /// The agent.
    pub runtime_source: String,
    /// The model; empty if nobody says.
    pub model: String,
    /// What it used.
    pub usage: Usage,
}

/// What was used over a stretch of days, and what could not be counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct UsageReport {
    /// All of the days together.
    pub total: Usage,
    /// By day, the newest first, then by agent and model.
    pub days: Vec<AgentDay>,
    /// Records (answers, and counters) of sessions that nobody reported yet. In no sum.
    pub waiting: i64,
    /// Records that waited too long and were dropped. In no sum.
    pub dropped: i64,
}

/// What a task used, read from its sums; `None` if there is no such task.
pub fn read_task_usage(rows: &dyn Rows, id: &TaskId) -> RowResult<Option<TaskUsage>> {
    if rows.task(id)?.is_none() {
        return Ok(None);
    }
    let mut usage = task_usage(rows.usage_of_task(id)?);
    (usage.series, usage.context) = read_answers(rows, id)?;
    let mut delegated = rows.children(id)?;
    let mut looked_at = 0;
    while let Some(task_id) = delegated.get(looked_at).cloned() {
        delegated.extend(rows.children(&task_id)?);
        let used = rows.task(&task_id)?.and_then(|row| row.task.usage);
        let told = used.map(|usage| SubagentUsage { task_id, usage });
        usage.subagents.extend(told);
        looked_at += 1;
    }
    Ok(Some(usage))
}

/// What all tasks used, from the sums of the hours that are asked for.
pub fn usage_report(hours: Vec<(UsageHour, Usage)>, waiting: i64, dropped: i64) -> UsageReport {
    let days = usage_by_day(hours);
    let mut total = Usage::default();
    for day in &days {
        total.add(day.usage, 1);
    }
    UsageReport {
        total,
        days,
        waiting,
        dropped,
    }
}

/// The sums of one task as they are read; without its subagents, which are tasks of their own, and
/// without its answers.
pub fn task_usage(buckets: impl IntoIterator<Item = (UsageBucket, Usage)>) -> TaskUsage {
    let mut total = Usage::default();
    let (mut sessions, mut models) = (BTreeMap::new(), BTreeMap::new());
    let mut prompts: BTreeMap<Option<String>, (i64, Usage)> = BTreeMap::new();
    for (bucket, usage) in buckets {
        total.add(usage, 1);
        add(&mut sessions, bucket.session_id, usage);
        add(&mut models, bucket.hour.model, usage);
        let began = bucket.hour.hour;
        let prompt = prompts.entry(bucket.prompt_id);
        let (first, sum) = prompt.or_insert((began, Usage::default()));
        *first = began.min(*first);
        sum.add(usage, 1);
    }
    let mut prompts: Vec<_> = prompts
        .into_iter()
        .filter(|(_, (_, usage))| !usage.is_nothing())
        .collect();
    prompts.sort_by_key(|(_, (began, _))| *began);
    let prompts = prompts.into_iter();
    TaskUsage {
        total,
        sessions: told(sessions, |session_id, usage| SessionUsage {
            session_id,
            usage,
        }),
        prompts: prompts
            .map(|(prompt_id, (_, usage))| PromptUsage { prompt_id, usage })
            .collect(),
        models: told(models, |model, usage| ModelUsage { model, usage }),
        ..TaskUsage::default()
    }
}

/// Sums over all tasks by day, the newest first, then by agent and model.
pub fn usage_by_day(hours: impl IntoIterator<Item = (UsageHour, Usage)>) -> Vec<AgentDay> {
    let mut days = BTreeMap::new();
    for (hour, usage) in hours {
        let day = -hour.hour.div_euclid(24);
        add(&mut days, (day, hour.source, hour.model), usage);
    }
    told(days, |(day, runtime_source, model), usage| AgentDay {
        day: day_text(-day),
        runtime_source,
        model,
        usage,
    })
}

fn add<K: Ord>(sums: &mut BTreeMap<K, Usage>, key: K, usage: Usage) {
    sums.entry(key).or_default().add(usage, 1);
}

/// The sums that are not nothing: what was taken away again leaves a row of zeros.
fn told<K, T>(sums: BTreeMap<K, Usage>, tell: impl Fn(K, Usage) -> T) -> Vec<T> {
    let sums = sums.into_iter().filter(|(_, usage)| !usage.is_nothing());
    sums.map(|(key, usage)| tell(key, usage)).collect()
}

fn day_text(day: i64) -> String {
    let begin = crate::time::Timestamp::from_millis(day.saturating_mul(24 * 3_600_000));
    begin.to_string().chars().take(10).collect()
}
