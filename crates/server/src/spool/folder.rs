//! The folder: names, and what is done with files.
//!
//! A call is named `<microseconds>-<random>.<bytes>`, so that sorting names sorts calls, and
//! adding up names tells how much waits. Names with a dot in front are no calls.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::clock;

/// Of a call that is still written: nobody takes longer than this.
const WRITING_MAX: Duration = Duration::from_secs(10);

/// How files begin that are written by several and are no calls, until they are finished.
const UNFINISHED: &str = ".unfinished";
const RESERVE: &str = ".reserve";
const RESERVE_BYTES: usize = 64 << 10;

/// A call that waits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiting {
    pub(super) name: String,
    /// How long its file is.
    pub bytes: u64,
}

impl Waiting {
    fn parse(name: String) -> Option<Self> {
        let (when, bytes) = name.rsplit_once('.')?;
        let (micros, _) = when.split_once('-')?;
        let _: u64 = micros.parse().ok()?;
        let bytes = bytes.parse().ok()?;
        Some(Self { name, bytes })
    }

    /// When it was kept, in microseconds.
    pub(super) fn micros(&self) -> u64 {
        let micros = self.name.split('-').next().unwrap_or_default();
        micros.parse().unwrap_or_default()
    }
}

/// Every call in the folder, oldest first; none if there is no folder.
pub(super) fn waiting(folder: &Path) -> io::Result<Vec<Waiting>> {
    let mut calls = Vec::new();
    for entry in entries(folder)? {
        calls.extend(
            entry?
                .file_name()
                .into_string()
                .ok()
                .and_then(Waiting::parse),
        );
    }
    calls.sort_unstable();
    Ok(calls)
}

pub(super) fn is_empty(folder: &Path) -> bool {
    let names = entries(folder).into_iter().flatten().flatten();
    let mut names = names.filter_map(|entry| entry.file_name().into_string().ok());
    !names.any(|name| Waiting::parse(name).is_some())
}

pub(super) fn entries(folder: &Path) -> io::Result<impl Iterator<Item = io::Result<fs::DirEntry>>> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(Some(entries).into_iter().flatten()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None.into_iter().flatten()),
        Err(error) => Err(error),
    }
}

/// The time and the name of a call that comes after the last one, even if the clock was set back.
pub(super) fn next_name(last_micros: u64, bytes: u64) -> (u64, String) {
    let micros = clock::micros().max(last_micros + 1);
    (
        micros,
        format!("{micros:016}-{}.{bytes}", clock::short_random()),
    )
}

/// Makes the folder, and those above it, for their owner alone, and the reserve in it: while there
/// is no room for that, there is none for a call.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    if !folder.is_dir() {
        create(folder)?;
    }
    make_reserve(folder)
}

fn create(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Sets a little of the disk aside, so that losses can be counted when it is full.
fn make_reserve(folder: &Path) -> io::Result<()> {
    if folder.join(RESERVE).exists() {
        return Ok(());
    }
    replace(folder, RESERVE, &vec![0; RESERVE_BYTES])
}

/// Frees what was set aside; says whether there was something.
pub(super) fn free_reserve(folder: &Path) -> bool {
    fs::remove_file(folder.join(RESERVE)).is_ok()
}

/// A file that its owner alone may read, to be added to.
pub(super) fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes a call, which nobody else writes, so that it is there whole or not at all.
pub(super) fn write(folder: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    write_as(
        &folder.join(format!(".{name}")),
        &folder.join(name),
        content,
    )
}

/// The same with a file that others may write at the same time: one of them stays.
pub(super) fn replace(folder: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    let unfinished = format!("{UNFINISHED}{name}.{}", clock::short_random());
    write_as(&folder.join(unfinished), &folder.join(name), content)
}

fn write_as(unfinished: &Path, finished: &Path, content: &[u8]) -> io::Result<()> {
    let written = private(unfinished)
        .and_then(|mut file| file.write_all(content))
        .and_then(|()| fs::rename(unfinished, finished));
    if written.is_err() {
        // What was written of it takes space that may be the reason.
        drop(fs::remove_file(unfinished));
    }
    written
}

/// Finishes what processes left that were killed while they wrote: such a call becomes one like any
/// other, and is looked at as one.
pub(super) fn finish_abandoned(folder: &Path, now: SystemTime) -> io::Result<()> {
    for entry in entries(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().unwrap_or_default();
        let call = name
            .strip_prefix('.')
            .filter(|call| Waiting::parse((*call).to_owned()).is_some());
        let is_unfinished = call.is_some() || name.starts_with(UNFINISHED);
        if !is_unfinished || now.duration_since(modified(&entry)?).unwrap_or_default() < WRITING_MAX
        {
            continue;
        }
        match call {
            Some(call) => fs::rename(entry.path(), folder.join(call))?,
            None => fs::remove_file(entry.path())?,
        }
    }
    Ok(())
}

fn modified(entry: &fs::DirEntry) -> io::Result<SystemTime> {
    entry.metadata()?.modified()
}

#[cfg(test)]
mod tests {
    use super::{Waiting, next_name};

    #[test]
    fn a_name_says_when_and_how_much() {
        let waiting = Waiting::parse("0001795000000000-abc.600".to_owned()).unwrap();
        assert_eq!((waiting.micros(), waiting.bytes), (1_795_000_000_000, 600));
        for other in [
            "",
            ".0001-abc.6",
            "lost",
            "lost-12.3",
            "1-a",
            "x-a.6",
            "1-a.x",
            "1.6",
        ] {
            assert_eq!(Waiting::parse(other.to_owned()), None, "{other}");
        }
    }

    #[test]
    fn a_call_stands_behind_all_others_even_if_the_clock_was_set_back() {
        let far = Waiting::parse("9999999999999998-abc.600".to_owned()).unwrap();
        let (micros, name) = next_name(far.micros(), 7);
        let next = Waiting::parse(name).unwrap();
        assert!(next > far, "{next:?}");
        assert_eq!((micros, next.micros()), (9_999_999_999_999_999, micros));
        assert!(Waiting::parse(next_name(0, 7).1).unwrap() < far);
    }
}
