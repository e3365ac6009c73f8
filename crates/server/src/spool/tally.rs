//! How much waits, as far as it was counted: looking through thousands of names takes longer than all
//! the rest of a hook.
//!
//! Nobody waits for anybody, so of two calls that are kept at the same time one may be left out. So
//! all names are counted again now and then, and before a call is refused.

use std::io;
use std::path::Path;

use super::folder::{self, Waiting};

const TALLY: &str = ".tally";
/// After this many calls everything is counted again.
const COUNTED_EVERY: usize = 64;

/// See the module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub calls: usize,
    pub bytes: u64,
    /// When the newest of them was kept.
    pub last_micros: u64,
}

impl Tally {
    /// What was noted, unless it is time to count.
    pub(super) fn noted(folder: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(folder.join(TALLY)).ok()?;
        let mut words = text.split(' ');
        let mut next = || words.next()?.parse::<u64>().ok();
        let (calls, bytes, last_micros) = (next()?, next()?, next()?);
        let calls = usize::try_from(calls).ok()?;
        (!calls.is_multiple_of(COUNTED_EVERY)).then_some(Self {
            calls,
            bytes,
            last_micros,
        })
    }

    /// Counts everything.
    pub(super) fn counted(folder: &Path) -> io::Result<Self> {
        let waiting = folder::waiting(folder)?;
        Ok(Self {
            calls: waiting.len(),
            bytes: waiting.iter().map(|call| call.bytes).sum(),
            last_micros: waiting.last().map_or(0, Waiting::micros),
        })
    }

    /// With one more call.
    pub(super) fn and(self, bytes: u64, micros: u64) -> Self {
        Self {
            calls: self.calls + 1,
            bytes: self.bytes + bytes,
            last_micros: micros,
        }
    }

    /// Notes it for the next.
    pub(super) fn note(self, folder: &Path) -> io::Result<()> {
        let text = format!("{} {} {}", self.calls, self.bytes, self.last_micros);
        folder::replace(folder, TALLY, text.as_bytes())
    }

    /// Forgets what was noted: calls were taken.
    pub(super) fn forget(folder: &Path) {
        // Where it cannot be removed, the next count mends it.
        drop(std::fs::remove_file(folder.join(TALLY)));
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn what_was_noted_holds_until_it_is_time_to_count() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        assert_eq!(Tally::noted(folder), None);
        let tally = Tally::default().and(7, 100).and(8, 200);
        assert_eq!((tally.calls, tally.bytes, tally.last_micros), (2, 15, 200));
        tally.note(folder).unwrap();
        assert_eq!(Tally::noted(folder), Some(tally));
        Tally {
            calls: 128,
            ..tally
        }
        .note(folder)
        .unwrap();
        assert_eq!(Tally::noted(folder), None);
        for broken in ["", "1", "1 2", "x 2 3", "-1 2 3"] {
            std::fs::write(folder.join(".tally"), broken).unwrap();
            assert_eq!(Tally::noted(folder), None, "{broken}");
        }
        Tally::forget(folder);
        Tally::forget(folder);
    }
}
