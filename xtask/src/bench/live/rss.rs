//! What memory a process holds, read from `/proc`. The kernel's socket buffers are not in it.

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::time::sleep;

/// Bytes.
#[derive(Clone, Copy)]
pub(super) struct Held {
    /// What the program asked for: heap and stacks.
    pub(super) anonymous: u64,
    /// With the pages of files that are mapped.
    pub(super) resident: u64,
}

impl Held {
    pub(super) fn by(pid: u32) -> anyhow::Result<Self> {
        let file = Path::new("/proc")
            .join(pid.to_string())
            .join("smaps_rollup");
        let text = fs::read_to_string(&file)
            .with_context(|| format!("could not read {}", file.display()))?;
        let field = |name| kilobytes(&text, name).with_context(|| format!("no {name}"));
        Ok(Self {
            anonymous: field("Anonymous:")?,
            resident: field("Rss:")?,
        })
    }
}

/// The most that a process held while a piece of work was done, in bytes of heap and stacks.
pub(super) async fn peak<T>(
    pid: u32,
    work: impl Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<(T, u64)> {
    let most = Rc::new(Cell::new(0));
    let watch = async {
        loop {
            // Walks no pages, so that looking costs the server nothing.
            let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
            most.set(most.get().max(kilobytes(&status, "RssAnon:").unwrap_or(0)));
            sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::select! {
        done = work => Ok((done?, most.get())),
        never = watch => never,
    }
}

/// How many files a process may have open.
pub(super) fn open_files_max() -> u32 {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    soft.unwrap_or(1024)
}

fn kilobytes(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_holds_something() {
        let held = Held::by(std::process::id()).unwrap();
        assert!(held.anonymous > 0 && held.resident >= held.anonymous);
        assert!(open_files_max() > 3);
    }

    #[test]
    fn a_field_is_found_by_its_whole_name() {
        let text = "RssAnon:\t     12 kB\nRss:   7 kB\n";
        assert_eq!(kilobytes(text, "Rss:"), Some(7 << 10));
        assert_eq!(kilobytes(text, "RssAnon:"), Some(12 << 10));
        assert_eq!(kilobytes(text, "RssFile:"), None);
    }
}
