//! Tokens and cost: what agents say they used of models, counted once.
//!
//! The same answer of a model may be told several times: on several lines of a transcript, by
//! OTLP, by a hook. [`UsageRecord`] is one telling, [`UsageRow`] the answer itself, made of all its
//! tellings. Sums are kept from rows, never from tellings.
//!
//! - A telling that names its answer is one with every other of that name.
//! - Of two tellings of one answer the better [`UsageOrigin`] wins; of two of the same origin the
//!   higher count (a line that is written while the answer still comes says less).
//! - A telling without such a name counts only for the time that no better origin covers
//!   ([`Newest`]).
//!
//! None of this depends on the order in which tellings arrive.

mod answers;
mod coverage;
mod hook;
mod price;
mod read;
mod record;
mod row;
mod sums;
pub mod telemetry;
pub mod transcript;

pub use answers::{ANSWERS_MAX, Answer, ContextUse};
pub use coverage::Newest;
pub use hook::of_hook;
pub use price::list_cost;
pub use record::{MessageKey, Tokens, UsageOrigin, UsageRecord};
pub use row::{UsageId, UsageRow};
pub use sums::{
    AgentDay, ModelUsage, PromptUsage, SessionUsage, SubagentUsage, TaskUsage, UsageBucket,
    UsageHour, UsageReport, read_task_usage, task_usage, usage_by_day, usage_report,
};

/// How many answers may wait for their sessions. Beyond, the oldest are dropped and counted.
pub const WAITING_MAX: usize = 10_000;
