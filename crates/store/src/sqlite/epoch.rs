//! The name of a history of commits, and how a history that is not the one served last is noticed.
//!
//! Beside the database lies a small file with what was served last: the epoch, which file it was
//! (device and inode), and the highest number. It is written over in place with each group and
//! never synced: when it is torn or lost there is a new epoch, which costs everyone one reading
//! anew, and is never wrong.

use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension as _};

use super::connection::{beside, private_file, unusable};
use super::numbers::read_seq;
use crate::error::StoreError;
use crate::model::Seq;

/// How long the line in the file is: the epoch, two numbers, the commit, and what parts them.
const LINE_BYTES: usize = 32 + 21 + 21 + 21 + 1;
/// How much of it stays the same.
const HEAD_BYTES: usize = 32 + 21 + 21 + 1;

/// Takes the epoch of an opened database, or begins a new one.
pub(super) fn take(connection: &Connection, path: &Path) -> Result<(String, Served), StoreError> {
    let stored = connection.query_row("SELECT epoch FROM history", (), |row| row.get(0));
    let stored: Option<String> = stored.optional()?;
    let seq = read_seq(connection)?;
    let failed = |error: io::Error| unusable(path, &error);
    let metadata = std::fs::metadata(path).map_err(failed)?;
    let name = beside(path, ".epoch");
    let last = std::fs::read(&name).ok();
    let kept = stored.filter(|epoch| {
        let line = line(epoch, &metadata, Seq(0));
        last.is_some_and(|last| continues(&last, line.as_bytes(), seq))
    });
    let epoch = match kept {
        Some(epoch) => epoch,
        None => begin(connection)?,
    };
    let file = private_file(&name).map_err(failed)?;
    file.set_len(LINE_BYTES as u64).map_err(failed)?;
    let mut served = Served {
        line: line(&epoch, &metadata, Seq(0)),
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

/// Whether a database at `seq`, whose line would begin like `now`, is what was served last.
fn continues(last: &[u8], now: &[u8], seq: Seq) -> bool {
    let (Some((last_head, last_seq)), Some((head, _))) = (parts(last), parts(now)) else {
        return false;
    };
    last_head == head && last_seq <= seq.0
}

/// What a line says of the file, and the number it ends with.
fn parts(line: &[u8]) -> Option<(&str, u64)> {
    let line = std::str::from_utf8(line).ok()?;
    let (head, seq) = line.strip_suffix('\n')?.rsplit_once(' ')?;
    (line.len() == LINE_BYTES)
        .then(|| Some((head, seq.parse().ok()?)))
        .flatten()
}

fn line(epoch: &str, metadata: &Metadata, seq: Seq) -> String {
    let (device, inode) = identity(metadata);
    format!("{epoch:<32} {device:020} {inode:020} {:020}\n", seq.0)
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
    line: String,
    name: PathBuf,
    file: Option<File>,
}

impl Served {
    /// Notes the highest number, before anybody is told of it.
    pub(super) fn note(&mut self, seq: Seq) {
        let Some(file) = &self.file else { return };
        let head = self.line.get(..HEAD_BYTES).unwrap_or_default();
        let line = format!("{head}{:020}\n", seq.0);
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
