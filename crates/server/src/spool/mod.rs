//! Hook calls that wait for the server: a folder beside the database.
//!
//! A hook that the server does not answer in time leaves its call here. One file is one call,
//! written under another name and then renamed, so that a process that is killed leaves a whole
//! call or none; nobody waits for a lock, because a process that holds one may be stopped for
//! hours. Names sort by time. The oldest calls are kept: beyond [`CALLS_MAX`] or [`BYTES_MAX`] a
//! new one is counted as lost, not kept.
//!
//! Nothing is synced: a file outlives any process, and a sync would cost an agent more than the
//! rest of its hook. After a power cut the last seconds may be gone; what is there by half is
//! recognised, and counted as lost.

mod call;
mod drain;
mod folder;
mod gap;
mod lost;
mod tally;

use std::io;
use std::path::{Path, PathBuf};

pub(crate) use self::drain::Drained;
pub use self::folder::Waiting;
pub use self::lost::Reason;

use self::tally::Tally;
use crate::config::beside;
use crate::envelope::Envelope;

/// How many calls wait at most: those of an agent's working day.
const CALLS_MAX: usize = 8_192;
/// How many bytes of calls wait at most.
const BYTES_MAX: u64 = 64 << 20;

/// See the module.
#[derive(Clone, Debug)]
pub struct Spool {
    folder: PathBuf,
    calls_max: usize,
    bytes_max: u64,
}

impl Spool {
    /// The spool of a database. Nothing is made until something is kept.
    pub fn of(database: &Path) -> Self {
        Self {
            folder: beside(database, ".spool"),
            calls_max: CALLS_MAX,
            bytes_max: BYTES_MAX,
        }
    }

    /// The same with bounds of one's own, so that a test can reach them.
    #[must_use]
    pub fn limited(self, calls_max: usize, bytes_max: u64) -> Self {
        Self {
            calls_max,
            bytes_max,
            ..self
        }
    }

    /// Keeps a call, whose secrets are gone already, until the server takes it, or counts it as lost: because the spool is full, or
    /// because nothing can be written.
    ///
    /// # Errors
    /// When not even that could be written.
    pub fn keep(&self, envelope: &Envelope, payload: &[u8]) -> io::Result<()> {
        let reason = match self.put(envelope, payload) {
            Ok(true) => return Ok(()),
            Ok(false) => Reason::Full,
            Err(_) => Reason::Unwritable,
        };
        self.lose(envelope, Some(payload), reason)
    }

    /// Puts a call behind all that wait, if there is room.
    fn put(&self, envelope: &Envelope, payload: &[u8]) -> io::Result<bool> {
        folder::make(&self.folder)?;
        let content = call::content(envelope, payload)?;
        let bytes = content.len() as u64;
        let Some(tally) = self.room_for(bytes)? else {
            return Ok(false);
        };
        let (micros, name) = folder::next_name(tally.last_micros, bytes);
        folder::write(&self.folder, &name, &content)?;
        // Without it the next one counts.
        drop(tally.and(bytes, micros).note(&self.folder));
        Ok(true)
    }

    /// How much waits, if there is room for so many bytes more.
    fn room_for(&self, bytes: u64) -> io::Result<Option<Tally>> {
        let has_room =
            |tally: &Tally| tally.calls < self.calls_max && tally.bytes + bytes <= self.bytes_max;
        if let Some(noted) = Tally::noted(&self.folder).filter(has_room) {
            return Ok(Some(noted));
        }
        Ok(Some(Tally::counted(&self.folder)?).filter(has_room))
    }

    /// Every call that waits, oldest first.
    pub fn waiting(&self) -> io::Result<Vec<Waiting>> {
        folder::waiting(&self.folder)
    }

    /// Whether no call waits. A folder that cannot be read is as good as none.
    pub fn is_empty(&self) -> bool {
        folder::is_empty(&self.folder)
    }

    /// The call that waits there, and its payload.
    ///
    /// # Errors
    /// `NotFound` when somebody took it meanwhile, `InvalidData` when it is not whole.
    pub fn read(&self, waiting: &Waiting) -> io::Result<(Envelope, Vec<u8>)> {
        call::parse(std::fs::read(self.folder.join(&waiting.name))?)
    }

    /// Removes a call that was taken. One that is gone already was removed by somebody else.
    pub fn remove(&self, waiting: &Waiting) -> io::Result<()> {
        Tally::forget(&self.folder);
        match std::fs::remove_file(self.folder.join(&waiting.name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
