//! The things of the domain, exactly as they go over the wire.

mod activity;
mod bookmark;
mod evaluation;
mod event;
mod observability;
mod overview;
mod session;
mod task;
mod trash;
mod usage;

pub use activity::Activity;
pub use bookmark::Bookmark;
pub use evaluation::Evaluation;
pub use event::{
    Classification, ClassificationMatch, Event, MatchReason, MatchReasonKind, Metadata,
};
pub use observability::{
    Focus, PathCount, PhaseShare, SessionCounts, Signals, TagCount, TaskObservability,
};
pub use overview::{OverviewObservability, OverviewStats, RuntimeSourceStats};
pub use session::Session;
pub use task::Task;
pub use trash::{DeletedTask, FinishedPreview, FinishedTask};
pub use usage::Usage;
