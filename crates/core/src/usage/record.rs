use crate::time::Timestamp;

/// One telling of what an answer of a model used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageRecord {
    /// The agent, such as `claude-code`.
    pub source: String,
    /// The agent's own session id.
    pub runtime_session_id: String,
    /// The agent's id of the subagent that asked, if one did.
    pub subagent: Option<String>,
    /// The agent's id of the prompt it was for, if it says.
    pub prompt_id: Option<String>,
    /// Which answer it is.
    pub key: MessageKey,
    /// Who tells it.
    pub origin: UsageOrigin,
    /// The model, as the agent names it; empty if it does not.
    pub model: String,
    /// When the answer came, if it says.
    pub at: Option<Timestamp>,
    /// What it used.
    pub tokens: Tokens,
    /// What it cost, if the agent says, in millionths of a US dollar.
    pub reported_cost_micros: Option<i64>,
}

/// What tells an answer of a model from all others of the same agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageKey {
    /// The id of the answer or of its request, which other signals name too.
    Named(String),
    /// Made of what the telling says, so that it is known again when it is delivered twice. No
    /// other signal has it.
    Derived(String),
}

impl MessageKey {
    /// The key as text. The two sorts do not meet.
    pub fn text(&self) -> String {
        match self {
            Self::Named(id) => format!("id:{id}"),
            Self::Derived(text) => format!("derived:{text}"),
        }
    }
}

/// Who tells of usage, the better ones later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum UsageOrigin {
    /// A counter of telemetry: sums, without what they are of.
    Metric = 1,
    /// A hook.
    Hook = 2,
    /// A log record or a span of telemetry.
    Otlp = 3,
    /// The agent's own record of its session.
    Transcript = 4,
}

impl UsageOrigin {
    /// Every one, the better ones later.
    pub const ALL: [Self; 4] = [Self::Metric, Self::Hook, Self::Otlp, Self::Transcript];

    /// The one of that number.
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| *origin as u8 == number)
    }
}

/// Counts of tokens. Each token is in exactly one of the first four.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Sent, in no cache.
    pub input: i64,
    /// Sent, read from a cache.
    pub cache_read: i64,
    /// Sent, written to a cache.
    pub cache_creation: i64,
    /// Came back, reasoning included.
    pub output: i64,
    /// The part of `cache_creation` that is kept for an hour.
    pub cache_creation_1h: i64,
    /// The part of `output` that was reasoning.
    pub reasoning: i64,
}

/// The most that one telling is believed to use: of a sort of tokens, and of money in millionths.
const COUNT_MAX: i64 = 1_000_000_000_000;

/// A count that can be added to others: none is negative or beyond belief.
pub(super) fn believable(count: i64) -> i64 {
    count.clamp(0, COUNT_MAX)
}

impl Tokens {
    /// Counts of an agent whose input includes what caches held and were given.
    #[must_use]
    pub fn with_inclusive_input(mut self) -> Self {
        let cached = self.cache_read.saturating_add(self.cache_creation);
        self.input = self.input.saturating_sub(cached).max(0);
        self
    }

    /// The same without what cannot be: negative counts, parts that are more than their whole.
    #[must_use]
    pub fn bounded(self) -> Self {
        let output = believable(self.output);
        let cache_creation = believable(self.cache_creation);
        Self {
            input: believable(self.input),
            cache_read: believable(self.cache_read),
            cache_creation,
            output,
            cache_creation_1h: believable(self.cache_creation_1h).min(cache_creation),
            reasoning: believable(self.reasoning).min(output),
        }
    }

    /// What was sent, cached or not.
    pub fn sent(self) -> i64 {
        self.input + self.cache_read + self.cache_creation
    }

    /// All of them.
    pub fn all(self) -> i64 {
        self.sent() + self.output
    }

    /// The higher of each count.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self {
            input: self.input.max(other.input),
            cache_read: self.cache_read.max(other.cache_read),
            cache_creation: self.cache_creation.max(other.cache_creation),
            output: self.output.max(other.output),
            cache_creation_1h: self.cache_creation_1h.max(other.cache_creation_1h),
            reasoning: self.reasoning.max(other.reasoning),
        }
    }
}
