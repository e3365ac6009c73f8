//! The store on SQLite: one writer, a few readers, write-ahead log, synced before any answer.

mod checkpoint;
mod connection;
mod held;
mod migrations;
mod pages;
mod put;
mod reader;
mod row;
mod rows;
mod statements;
#[cfg(test)]
mod tests;
mod writer;

pub use checkpoint::Checkpointer;
pub use connection::Database;
pub use reader::{Reader, ReaderPool};
pub use writer::Writer;
