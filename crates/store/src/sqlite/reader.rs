use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};

use super::connection::connect;
use crate::error::StoreError;

/// Connections that read, lent one at a time.
#[derive(Debug)]
pub struct ReaderPool {
    path: PathBuf,
    size: usize,
    idle: Mutex<Vec<Reader>>,
}

impl ReaderPool {
    pub(super) fn new(path: PathBuf, size: usize) -> Self {
        Self {
            path,
            size,
            idle: Mutex::new(Vec::new()),
        }
    }

    /// How many readers are meant to work at a time; callers wait for their turn.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Runs `work` with a reader. Blocks: call it where waiting is allowed.
    pub fn with<T>(
        &self,
        work: impl FnOnce(&Reader) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let reader = match idle {
            Some(reader) => reader,
            None => Reader::new(connect(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?)?,
        };
        let result = work(&reader);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < self.size {
            idle.push(reader);
        }
        result
    }
}

/// One connection that reads.
#[derive(Debug)]
pub struct Reader {
    pub(super) connection: Connection,
}

impl Reader {
    pub(super) fn new(connection: Connection) -> Result<Self, StoreError> {
        connection.pragma_update(None, "query_only", true)?;
        Ok(Self { connection })
    }

    /// Runs `work` in one read transaction: everything in it is as of one moment.
    pub(super) fn at_once<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let result = work(&transaction)?;
        transaction.finish()?;
        Ok(result)
    }
}
