//! The store on SQLite: one writer, a few readers, write-ahead log, synced before any answer.

mod changed_row;
mod changes;
mod checkpoint;
mod connection;
mod detail;
mod epoch;
mod held;
mod history;
mod migrations;
mod numbers;
mod pages;
mod payloads;
mod put;
mod read;
mod reader;
mod removals;
mod row;
mod rows;
mod statements;
mod sweep;
#[cfg(test)]
mod tests;
mod topics;
mod transcripts;
mod trash;
mod usage;
mod watched;
mod writer;

pub use checkpoint::Checkpointer;
pub use connection::Database;
pub use reader::{Reader, ReaderPool};
pub use writer::Writer;
