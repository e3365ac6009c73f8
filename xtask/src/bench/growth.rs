//! Whether an event costs more in a long task than in a short one.

use super::cpu::Spent;
use super::ingest::Writer;
use super::report::median;

/// Events measured at a time, one after the other on one connection.
const WINDOW: u32 = 400;
const SHORT: u32 = 100;
const LONG: u32 = 10_000;

/// Processor microseconds an event, after the 100th and after the 10,000th of a task.
pub(super) struct Growth {
    pub(super) short_us: f64,
    pub(super) long_us: f64,
}

/// Windows on short and on long tasks take turns, so that a busy minute of the machine meets both.
pub(super) fn measure(writer: &mut Writer<'_>, repeats: u32) -> anyhow::Result<Growth> {
    let long_task = writer.task()?;
    fill(writer, &long_task, LONG)?;
    let (mut short, mut long) = (Vec::new(), Vec::new());
    for _ in 0..repeats {
        let short_task = writer.task()?;
        fill(writer, &short_task, SHORT)?;
        short.push(window(writer, &short_task)?);
        // The long task grows by one window a repeat: it stays near the 10,000th.
        long.push(window(writer, &long_task)?);
    }
    Ok(Growth {
        short_us: median(&short),
        long_us: median(&long),
    })
}

fn fill(writer: &Writer<'_>, task: &str, events: u32) -> anyhow::Result<()> {
    let connections = 20;
    writer.post(&vec![task; connections], events / 20)?;
    Ok(())
}

fn window(writer: &Writer<'_>, task: &str) -> anyhow::Result<f64> {
    let before = Spent::of(writer.served.pid())?;
    writer.post(&[task], WINDOW)?;
    let spent = Spent::of(writer.served.pid())?.since(&before);
    Ok(spent.as_secs_f64() * 1e6 / f64::from(WINDOW))
}
