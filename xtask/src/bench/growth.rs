//! Whether an event costs more in a long task than in a short one.

use super::cpu::Spent;
use super::ingest::Writer;
use super::report::median;

/// Events measured at a time.
const WINDOW: u32 = 400;
const SHORT: u32 = 100;
const LONG: u32 = 10_000;

/// Processor microseconds an event, after the 100th and after the 10,000th of a task.
pub(super) struct Growth {
    pub(super) connections: u32,
    pub(super) short_us: f64,
    pub(super) long_us: f64,
}

impl Growth {
    pub(super) fn ratio(&self) -> f64 {
        self.long_us / self.short_us
    }
}

/// One event at a time is what an agent does; but then most of the cost is waking up, the same for
/// every task. With several at once what the event itself costs stands out.
pub(super) fn measure(writer: &mut Writer<'_>, repeats: u32) -> anyhow::Result<Vec<Growth>> {
    let long = writer.task()?;
    post(writer, &long, LONG, 20)?;
    [1, 16]
        .into_iter()
        .map(|connections| compare(writer, &long, connections, repeats))
        .collect()
}

/// Windows on short and on long tasks take turns, so that a busy minute of the machine meets both.
fn compare(
    writer: &mut Writer<'_>,
    long_task: &str,
    connections: u32,
    repeats: u32,
) -> anyhow::Result<Growth> {
    let (mut short, mut long) = (Vec::new(), Vec::new());
    for _ in 0..repeats {
        let short_task = writer.task()?;
        post(writer, &short_task, SHORT, 20)?;
        short.push(window(writer, &short_task, connections)?);
        // The long task grows by one window a repeat: it stays near the 10,000th.
        long.push(window(writer, long_task, connections)?);
    }
    Ok(Growth {
        connections,
        short_us: median(&short),
        long_us: median(&long),
    })
}

fn window(writer: &Writer<'_>, task: &str, connections: u32) -> anyhow::Result<f64> {
    let before = Spent::of(writer.served.pid())?;
    post(writer, task, WINDOW, connections)?;
    let spent = Spent::of(writer.served.pid())?.since(&before);
    Ok(spent.as_secs_f64() * 1e6 / f64::from(WINDOW))
}

/// Posts to one task; `events` is a multiple of `connections`.
fn post(writer: &Writer<'_>, task: &str, events: u32, connections: u32) -> anyhow::Result<()> {
    let tasks: Vec<&str> = (0..connections).map(|_| task).collect();
    writer.post(&tasks, events / connections)?;
    Ok(())
}
