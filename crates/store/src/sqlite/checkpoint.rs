use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::error::StoreError;

/// Above this size of the log it is worth moving it into the database.
const LOG_BYTES_WORTH_MOVING: u64 = 4 << 20;

/// Moves the write-ahead log into the database from a connection of its own, so that no commit
/// waits for it.
#[derive(Debug)]
pub struct Checkpointer {
    connection: Connection,
    log: PathBuf,
}

impl Checkpointer {
    pub(super) fn new(connection: Connection, path: &Path) -> Self {
        Self {
            connection,
            log: log_of(path),
        }
    }

    /// Moves what can be moved without waiting for anyone, if it is worth it.
    pub fn run(&self) -> Result<(), StoreError> {
        if log_bytes(&self.log) >= LOG_BYTES_WORTH_MOVING {
            self.connection
                .query_row("PRAGMA wal_checkpoint(PASSIVE)", (), |_| Ok(()))?;
        }
        Ok(())
    }
}

/// The write-ahead log of a database.
pub(super) fn log_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push("-wal");
    path.with_file_name(name)
}

/// The size of a log; 0 if there is none.
pub(super) fn log_bytes(log: &Path) -> u64 {
    std::fs::metadata(log).map_or(0, |metadata| metadata.len())
}
