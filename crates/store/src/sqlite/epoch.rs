//! The name of a history of commits, and how a history that is not the one served last is noticed.
//!
//! Beside the database lies a small file with what was served last: the epoch, which file it was
//! (device and inode), the highest number, and when this was written. It is written over in place
//! with each group and never synced: when it is torn or lost there is a new epoch, which costs
//! everyone one reading anew, and is never wrong.
//!
//! The time is there because a backup may hold this file too. Whoever puts both back makes them
//! agree; but the system notes when a file was last touched, and no copy can carry that over.

use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension as _};

use super::connection::{beside, private_file, unusable};
use super::numbers::read_seq;
use crate::error::StoreError;
use crate::model::Seq;

/// How long the line in the file is: the epoch, two numbers, the commit, the time, and what parts
/// them.
const LINE_BYTES: usize = 32 + 21 + 21 + 21 + 21 + 1;

/// How far the time in the line and the one that the system noted may be apart.
const APART_MAX: Duration = Duration::from_millis(250);

/// Takes the epoch of an opened database, or begins a new one.
pub(super) fn take(connection: &Connection, path: &Path) -> Result<(String, Served), StoreError> {
    let stored = connection.query_row("SELECT epoch FROM history", (), |row| row.get(0));
    let stored: Option<String> = stored.optional()?;
    let seq = read_seq(connection)?;
    let failed = |error: io::Error| unusable(path, &error);
    let metadata = std::fs::metadata(path).map_err(failed)?;
    let name = beside(path, ".epoch");
    let last = std::fs::read(&name).ok();
    let touched = std::fs::metadata(&name).ok().and_then(|it| touched(&it));
    let kept = stored.filter(|epoch| {
        let head = head(epoch, &metadata);
        last.is_some_and(|last| continues(&last, &head, seq, touched))
    });
    let epoch = match kept {
        Some(epoch) => epoch,
        None => begin(connection)?,
    };
    let file = private_file(&name).map_err(failed)?;
    file.set_len(LINE_BYTES as u64).map_err(failed)?;
    let mut served = Served {
        head: head(&epoch, &metadata),
        name,
        file: Some(file),
    };
    served.note(seq);
    Ok((epoch, served))
}

/// Begins a history. The name comes from SQLite, which takes its chance from the system.
fn begin(connection: &Connection) -> Result<String, StoreError> {
    let epoch: String =
        connection.query_row("SELECT lower(hex(randomblob(16)))", (), |row| row.get(0))?;
    connection.execute_batch("SAVEPOINT history; DELETE FROM history")?;
    connection.execute("INSERT INTO history VALUES (?1)", [&epoch])?;
    connection.execute_batch("RELEASE history")?;
    Ok(epoch)
}

/// Whether a database at `seq`, whose line would begin with `head`, is what was served last, when
/// the system says that the line was `touched` then.
fn continues(last: &[u8], head: &str, seq: Seq, touched: Option<Duration>) -> bool {
    let Some((last_head, last_seq, written)) = parts(last) else {
        return false;
    };
    let apart = |touched: Duration| touched.abs_diff(written);
    last_head == head
        && last_seq <= seq.0
        && touched.is_none_or(|touched| apart(touched) <= APART_MAX)
}

/// What a line says of the file, the number, and when it was written.
fn parts(line: &[u8]) -> Option<(&str, u64, Duration)> {
    let line = std::str::from_utf8(line).ok()?;
    let (rest, written) = line.strip_suffix('\n')?.rsplit_once(' ')?;
    let (head, seq) = rest.rsplit_once(' ')?;
    let parts = (
        head,
        seq.parse().ok()?,
        Duration::from_nanos(written.parse().ok()?),
    );
    (line.len() == LINE_BYTES).then_some(parts)
}

/// What a line begins with: all that stays the same while a file is served.
fn head(epoch: &str, metadata: &Metadata) -> String {
    let (device, inode) = identity(metadata);
    format!("{epoch:<32} {device:020} {inode:020}")
}

/// When the system last noted a change of a file, which no copy carries over. Since 1970.
#[cfg(unix)]
fn touched(metadata: &Metadata) -> Option<Duration> {
    use std::os::unix::fs::MetadataExt as _;
    let seconds = u64::try_from(metadata.ctime()).ok()?;
    let nanos = u32::try_from(metadata.ctime_nsec()).ok()?;
    Some(Duration::new(seconds, nanos))
}

/// Elsewhere nothing is known that a copy does not carry over.
#[cfg(not(unix))]
fn touched(_metadata: &Metadata) -> Option<Duration> {
    None
}

#[expect(
    clippy::disallowed_methods,
    reason = "it is held against what the system's own clock notes for the file"
)]
fn now() -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap_or_default()
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

/// Elsewhere files have no number that Rust could ask for: the time they were made must do.
#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> (u64, u64) {
    let made = metadata.created().ok();
    let since = made.and_then(|made| made.duration_since(std::time::UNIX_EPOCH).ok());
    let since = since.unwrap_or_default();
    (since.as_secs(), since.subsec_nanos().into())
}

/// The file that says what was served last.
#[derive(Debug)]
pub(super) struct Served {
    head: String,
    name: PathBuf,
    file: Option<File>,
}

impl Served {
    /// Notes the highest number, before anybody is told of it.
    pub(super) fn note(&mut self, seq: Seq) {
        let Some(file) = &self.file else { return };
        let line = format!("{} {:020} {:020}\n", self.head, seq.0, now().as_nanos());
        if write_at_start(file, line.as_bytes()).is_err() {
            // Without it the next start begins a new history: what is committed stays committed.
            drop(std::fs::remove_file(&self.name));
            self.file = None;
        }
    }
}

#[cfg(unix)]
fn write_at_start(file: &File, bytes: &[u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, 0)
}

#[cfg(not(unix))]
fn write_at_start(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    use std::io::{Seek as _, Write as _};
    file.rewind()?;
    file.write_all(bytes)
}
