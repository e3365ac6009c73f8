//! What one small synced append costs here: no durable answer can be quicker.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use super::report::median;

const APPENDS: usize = 200;

/// The median time of appending a little and waiting until the disk has it.
pub(super) fn sync_time(folder: &Path) -> anyhow::Result<Duration> {
    let mut file = std::fs::File::create(folder.join("appended"))?;
    let mut times = Vec::with_capacity(APPENDS);
    for _ in 0..APPENDS {
        let start = Instant::now();
        file.write_all(&[b'x'; 512])?;
        file.sync_data()?;
        times.push(start.elapsed().as_secs_f64());
    }
    Ok(Duration::from_secs_f64(median(&times)))
}
