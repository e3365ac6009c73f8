//! What a process has spent on the processor, read from `/proc`.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;

/// The time spent so far, user and system together, by thread where the kernel keeps that.
pub(super) struct Spent {
    /// Thread to nanoseconds. `/proc/PID/stat` counts in ticks of 10 ms, too coarse for a few
    /// hundred events, so the scheduler's own figures are used where they exist.
    threads: HashMap<String, u64>,
    /// User and system ticks of the whole process.
    ticks: u64,
}

impl Spent {
    pub(super) fn of(pid: u32) -> anyhow::Result<Self> {
        let folder = Path::new("/proc").join(pid.to_string());
        let stat = fs::read_to_string(folder.join("stat"))
            .with_context(|| format!("process {pid} is gone"))?;
        let ticks = ticks(&stat).context("could not read /proc/PID/stat")?;
        let mut threads = HashMap::new();
        for thread in fs::read_dir(folder.join("task"))?.flatten() {
            // A thread may end while we look.
            let times = fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
            if let Some(on_processor) = first_number(&times) {
                threads.insert(
                    thread.file_name().to_string_lossy().into_owned(),
                    on_processor,
                );
            }
        }
        Ok(Self { threads, ticks })
    }

    /// What was spent since `earlier`.
    pub(super) fn since(&self, earlier: &Self) -> Duration {
        if self.threads.is_empty() {
            return Duration::from_millis(10 * (self.ticks - earlier.ticks));
        }
        let before = |thread: &String| earlier.threads.get(thread).copied().unwrap_or(0);
        let grown = self
            .threads
            .iter()
            .map(|(thread, now)| now.saturating_sub(before(thread)));
        Duration::from_nanos(grown.sum())
    }
}

/// Fields 14 and 15, counted after the name, which may itself hold spaces and brackets.
fn ticks(stat: &str) -> Option<u64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

fn first_number(text: &str) -> Option<u64> {
    text.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_and_system_are_read_past_an_odd_name() {
        let stat = "7 (a (odd) name) S 1 7 7 0 -1 4194560 100 0 0 0 12 30 0 0 20 0 4 0 9 1 2";
        assert_eq!(ticks(stat), Some(42));
    }

    #[test]
    fn work_is_seen() {
        let before = Spent::of(std::process::id()).unwrap();
        let mut sum = 0_u64;
        for number in 0..20_000_000_u64 {
            sum = std::hint::black_box(sum ^ number);
        }
        let spent = Spent::of(std::process::id()).unwrap().since(&before);
        assert!(spent > Duration::ZERO, "{spent:?} {sum}");
    }

    #[test]
    fn without_the_schedulers_figures_ticks_are_used() {
        let spent = |ticks| Spent {
            threads: HashMap::new(),
            ticks,
        };
        assert_eq!(spent(12).since(&spent(10)), Duration::from_millis(20));
    }
}
