//! Where everything is kept. The only crate that knows SQL.
//!
//! Two small traits speak in the product's verbs: [`Write`] carries out commands, a group at a
//! time, durably; [`Read`] answers what a person looks at, each answer as of one moment. SQLite
//! implements both ([`Database`]), and so does plain memory ([`MemoryStore`]); one contract suite
//! (`tests/contract.rs`) holds for the two.
//!
//! What a command *does* is not decided here: `agent_tracer_core::decide` decides on the rows this
//! crate loads, and this crate writes what comes out.

mod error;
mod fitting;
mod memory;
mod model;
mod removals;
mod sqlite;
mod traits;

pub use error::StoreError;
pub use memory::MemoryStore;
pub use model::{
    Cursor, EventPage, FittingTasks, HistoryReport, Kept, Seq, TaskDetail, TaskPage, Version,
    Workspace,
};
pub use removals::RemovalPin;
pub use sqlite::{Checkpointer, Database, Reader, ReaderPool, Writer};
pub use traits::{ChangedSince, Committed, Outcome, Read, Refused, TopicChange, Watched, Write};
