use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::hooks::Wal;

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

/// After how many more pages of log (8 MiB) the writer moves it itself.
const LOG_PAGES_MAX: i32 = 2_000;

/// To what size the log's file is cut when it starts over, after a reader had made it grow.
const LOG_BYTES_KEPT: i64 = 16 << 20;

/// Makes the writer move its log when commits come too fast for the checkpointer to end before
/// the next one. Only a log that is moved whole starts over in the same place of its file, and
/// writing over a file costs half of making it grow. It waits for no reader: what one still needs
/// stays.
pub(super) fn keep_log_short(writer: &mut Connection) -> Result<(), StoreError> {
    writer.pragma_update_and_check(None, "journal_size_limit", LOG_BYTES_KEPT, |_| Ok(()))?;
    let mut tried_at = 0;
    writer.wal_hook(Some(move |log: &mut Wal, pages: i32| {
        if pages < tried_at {
            tried_at = 0;
        }
        if pages - tried_at >= LOG_PAGES_MAX {
            tried_at = pages;
            // The commit stands; what could not be moved is tried again, and complained of by
            // the checkpointer.
            drop(log.checkpoint());
        }
        Ok(())
    }))?;
    Ok(())
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
