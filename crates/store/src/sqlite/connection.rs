use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::checkpoint::{Checkpointer, keep_log_short};
use super::epoch;
use super::migrations::{inspect, migrate};
use super::reader::ReaderPool;
use super::writer::Writer;
use crate::error::StoreError;
use crate::removals::RemovalPin;

/// The oldest SQLite that does not lose commits that race a checkpoint (fixed in 3.51.3).
const SQLITE_VERSION_MIN: i32 = 3_051_003;

/// How long a connection waits for another one's lock.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// An opened database: the lock on it, and the ways to use it.
///
/// Dropping it and the writer frees the lock; the last reader closes the database.
#[derive(Debug)]
pub struct Database {
    path: PathBuf,
    epoch: String,
    pin: RemovalPin,
    _lock: Arc<File>,
}

impl Database {
    /// Opens the database at `path` for this process alone, making it (and its folder) if there is
    /// none, and brings it to this version's schema.
    ///
    /// # Errors
    /// In use by another server, made by a newer version, not a database, or not usable: each
    /// with a sentence that says so. The file is left as it was.
    pub fn open(path: &Path) -> Result<(Self, Writer), StoreError> {
        assert!(
            rusqlite::version_number() >= SQLITE_VERSION_MIN,
            "built with a SQLite that can lose commits"
        );
        make_folder(path)?;
        make_file(path)?;
        let path = &one_name(path)?;
        let lock = Arc::new(lock(path)?);
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        refuse_untouched(&connection, path)?;
        prepare_writer(&mut connection, path)?;
        migrate(&mut connection)?;
        let (epoch, served) = epoch::take(&connection, path)?;
        let pin = RemovalPin::default();
        let mut writer = Writer::new(connection, Arc::clone(&lock), pin.clone())?;
        writer.serve(served);
        let database = Self {
            path: path.to_owned(),
            epoch,
            pin,
            _lock: lock,
        };
        Ok((database, writer))
    }

    /// Readers of this database, at most `size` of them at a time.
    pub fn readers(&self, size: usize) -> ReaderPool {
        ReaderPool::new(self.path.clone(), size)
    }

    /// What moves the write-ahead log into the database, beside the writer.
    pub fn checkpointer(&self) -> Result<Checkpointer, StoreError> {
        let connection = connect(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        Ok(Checkpointer::new(connection, &self.path))
    }

    /// The name of this history of commits: another one when the file is not the one that was
    /// served last.
    pub fn epoch(&self) -> &str {
        &self.epoch
    }

    /// What keeps removals while somebody still has to be told of them.
    pub fn removal_pin(&self) -> RemovalPin {
        self.pin.clone()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Refuses what is not ours to write before anything is written, not even the log of a database
/// that its last user left behind.
fn refuse_untouched(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let keep_log = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    connection.set_db_config(keep_log, true)?;
    inspect(connection, path)?;
    connection.set_db_config(keep_log, false)?;
    Ok(())
}

fn prepare_writer(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
        .map_err(|error| unusable(path, &error))?;
    if mode != "wal" {
        return Err(StoreError::Unusable {
            path: path.to_owned(),
            reason: "its file system cannot hold a write-ahead log".into(),
        });
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    keep_log_short(connection)?;
    connection.pragma_update(None, "cache_size", -32_000)?;
    // What a person deletes is overwritten, not only forgotten.
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(())
}

/// Opens a connection that waits for locks.
pub(super) fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        Connection::open_with_flags(path, flags).map_err(|error| unusable(path, &error))?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

pub(super) fn unusable(path: &Path, error: &dyn std::error::Error) -> StoreError {
    StoreError::Unusable {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}

fn make_folder(path: &Path) -> Result<(), StoreError> {
    let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    else {
        return Ok(());
    };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| unusable(path, &error))
}

/// Makes the file if there is none, for its owner alone; SQLite gives the log the same rights. One
/// that is there is not opened: closing it again would drop the locks that SQLite holds on it.
fn make_file(path: &Path) -> Result<(), StoreError> {
    if path.exists() {
        return Ok(());
    }
    private_file(path)
        .map(drop)
        .map_err(|error| unusable(path, &error))
}

/// Takes the lock that makes this the only server on the database. The system frees it when the
/// process ends, however it ends.
fn lock(path: &Path) -> Result<File, StoreError> {
    let file = private_file(&beside(path, ".lock")).map_err(|error| unusable(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(unusable(path, &error)),
    }
}

/// The one name that the lock goes by: a link must not open a second way in. A file with several
/// names of equal right is refused, because SQLite would keep a log for each.
fn one_name(path: &Path) -> Result<PathBuf, StoreError> {
    #[cfg(unix)]
    {
        let metadata = std::fs::metadata(path).map_err(|error| unusable(path, &error))?;
        if metadata.is_file() && std::os::unix::fs::MetadataExt::nlink(&metadata) > 1 {
            return Err(StoreError::Unusable {
                path: path.to_owned(),
                reason: "it has more than one name (hard links)".into(),
            });
        }
        if !metadata.is_file() {
            return Err(StoreError::Unusable {
                path: path.to_owned(),
                reason: "it is not a file".into(),
            });
        }
    }
    path.canonicalize().map_err(|error| unusable(path, &error))
}

/// The name of a file that belongs to the database.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

pub(super) fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
