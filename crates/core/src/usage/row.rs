use super::price::list_cost;
use super::record::{MessageKey, Tokens, UsageOrigin, UsageRecord, believable};
use super::sums::{UsageBucket, UsageHour};
use crate::entity::Usage;
use crate::ids::{SessionId, TaskId};
use crate::time::Timestamp;

/// Which answer a row is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UsageId {
    /// The agent.
    pub source: String,
    /// See [`MessageKey::text`]. Not bound to a session: an agent that forks a session copies its
    /// answers, and they were paid once. They count in the session that told of them first.
    pub key: String,
}

/// An answer of a model, made of all that was told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageRow {
    /// Which one.
    pub id: UsageId,
    /// The agent's own session id.
    pub runtime_session_id: String,
    /// The agent's id of the subagent that asked, if one did.
    pub subagent: Option<String>,
    /// The agent's id of the prompt it was for.
    pub prompt_id: Option<String>,
    /// The best that told of it.
    pub origin: UsageOrigin,
    /// Whether other signals can tell of it without being known as the same.
    pub derived: bool,
    /// The model; empty if nobody says.
    pub model: String,
    /// When the answer came.
    pub at: Timestamp,
    /// What it used.
    pub tokens: Tokens,
    /// What the agent says it cost.
    pub reported_cost_micros: Option<i64>,
    /// What it costs by the list of prices, as the list was when it was told.
    pub list_cost_micros: Option<i64>,
    /// Whether it counts: a better origin may cover it.
    pub counted: bool,
    /// When it was first told.
    pub arrived_at: Timestamp,
    /// The task it counts in; none as long as its session is not known.
    pub task_id: Option<TaskId>,
    /// The session it counts in.
    pub session_id: Option<SessionId>,
}

/// How far from now a time may be before it is taken for a mistake of a clock.
const AHEAD_MILLIS_MAX: i64 = 24 * 3_600_000;

impl UsageRow {
    /// The row of an answer that was not told of before.
    pub fn new(record: UsageRecord, now: Timestamp) -> Self {
        let latest = Timestamp::from_millis(now.as_millis() + AHEAD_MILLIS_MAX);
        let mut row = Self {
            id: UsageId {
                key: record.key.text(),
                source: record.source,
            },
            runtime_session_id: record.runtime_session_id,
            subagent: record.subagent,
            prompt_id: record.prompt_id,
            origin: record.origin,
            derived: matches!(record.key, MessageKey::Derived(_)),
            model: record.model,
            at: record.at.filter(|at| *at <= latest).unwrap_or(now),
            tokens: record.tokens.bounded(),
            // An agent that knows no price reports 0.
            reported_cost_micros: record
                .reported_cost_micros
                .map(believable)
                .filter(|cost| *cost > 0),
            list_cost_micros: None,
            counted: true,
            arrived_at: now,
            task_id: None,
            session_id: None,
        };
        row.list_cost_micros = list_cost(&row.model, row.at, row.tokens);
        row
    }

    /// Takes in another telling of the same answer. The order of tellings makes no difference.
    pub fn merge(&mut self, other: Self) {
        if other.origin > self.origin {
            (self.tokens, self.at) = (other.tokens, other.at);
            self.prefer(&other);
        } else if other.origin == self.origin {
            self.tokens = self.tokens.max(other.tokens);
            // Of the lines of an answer the last. It never moves back: others may be covered by it.
            self.at = self.at.max(other.at);
        }
        self.subagent = self.subagent.take().or(other.subagent);
        self.prompt_id = self.prompt_id.take().or(other.prompt_id);
        if self.model.is_empty() {
            self.model = other.model;
        }
        self.reported_cost_micros = self.reported_cost_micros.max(other.reported_cost_micros);
        self.list_cost_micros = list_cost(&self.model, self.at, self.tokens);
    }

    /// Takes over what a better origin says and the worse may have said otherwise.
    fn prefer(&mut self, better: &Self) {
        self.origin = better.origin;
        if better.subagent.is_some() {
            self.subagent.clone_from(&better.subagent);
        }
        if better.prompt_id.is_some() {
            self.prompt_id.clone_from(&better.prompt_id);
        }
        if !better.model.is_empty() {
            self.model.clone_from(&better.model);
        }
    }

    /// What it counts for.
    pub fn usage(&self) -> Usage {
        let Tokens {
            input,
            cache_read,
            cache_creation,
            output,
            reasoning,
            ..
        } = self.tokens;
        let cost = self.reported_cost_micros.or(self.list_cost_micros);
        Usage {
            requests: i64::from(self.origin != UsageOrigin::Metric),
            input_tokens: input,
            cache_read_tokens: cache_read,
            cache_creation_tokens: cache_creation,
            output_tokens: output,
            reasoning_tokens: reasoning,
            cost_micros: cost.unwrap_or(0),
            reported_cost_micros: self.reported_cost_micros.unwrap_or(0),
            list_cost_micros: self.list_cost_micros.unwrap_or(0),
            unpriced_tokens: if cost.is_none() { self.tokens.all() } else { 0 },
        }
    }

    /// Where it counts, if it does.
    pub fn bucket(&self) -> Option<UsageBucket> {
        let task_id = self.task_id.clone().filter(|_| self.counted)?;
        Some(UsageBucket {
            task_id,
            session_id: self.session_id.clone(),
            prompt_id: self.prompt_id.clone(),
            hour: UsageHour {
                hour: self.at.hour(),
                source: self.id.source.clone(),
                model: self.model.clone(),
            },
        })
    }

    /// The agent's session of its own that it belongs to: the subagent's, as its binding has it.
    pub fn runtime(&self) -> String {
        match &self.subagent {
            Some(subagent) => format!("{}/{subagent}", self.runtime_session_id),
            None => self.runtime_session_id.clone(),
        }
    }
}
