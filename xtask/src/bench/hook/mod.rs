//! What a hook adds to starting an empty program: the agent waits for it, before and after each of
//! its calls.

mod calls;
mod situation;

use std::path::Path;

use self::calls::{Caller, Take};
use self::situation::{SITUATIONS, Situation};
use super::report::{Aim, Bound};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Calls of each sort, one at a time, with a small payload; fewer of those that take long.
    #[arg(long, default_value_t = 400)]
    calls: u32,
    /// Fewer of everything.
    #[arg(long)]
    quick: bool,
}

/// Calls that are made alike.
struct Shape {
    at_once: u32,
    payload_bytes: usize,
    /// The part of `--calls` that is made.
    divisor: u32,
}

const SHAPES: [Shape; 3] = [
    Shape {
        at_once: 1,
        payload_bytes: 500,
        divisor: 1,
    },
    Shape {
        at_once: 4,
        payload_bytes: 500,
        divisor: 1,
    },
    Shape {
        at_once: 1,
        payload_bytes: 1 << 20,
        divisor: 4,
    },
];

struct Row {
    situation: &'static Situation,
    shape: &'static Shape,
    empty: Take,
    hook: Take,
}

impl Row {
    /// How much longer than the middle start of an empty program.
    fn added(&self, quantile: f64) -> f64 {
        self.hook.at(quantile) - self.empty.at(0.5)
    }
}

pub(super) fn run(options: &Options, release: &Path) -> anyhow::Result<()> {
    let folder = tempfile::tempdir_in(release)?;
    let empty = calls::empty_program(folder.path())?;
    let calls = if options.quick { 40 } else { options.calls };
    let mut rows = Vec::new();
    for situation in &SITUATIONS {
        for shape in &SHAPES {
            println!("{}, {}", situation.name, shape.name());
            let home = tempfile::tempdir_in(folder.path())?;
            let prepared = situation.prepare(release, home.path())?;
            let caller = Caller {
                empty: &empty,
                product: &release.join("agent-tracer"),
                home: home.path(),
                payload_bytes: shape.payload_bytes,
                is_first: situation.is_first,
            };
            let times = (calls / shape.divisor / situation.divisor).max(10);
            let (empty, hook) = caller.take(times, shape.at_once)?;
            drop(prepared);
            rows.push(Row {
                situation,
                shape,
                empty,
                hook,
            });
        }
    }
    show(&rows);
    Ok(())
}

impl Shape {
    fn name(&self) -> String {
        let size = match self.payload_bytes >> 20 {
            0 => format!("{} bytes", self.payload_bytes),
            megabytes => format!("{megabytes} MB"),
        };
        format!("{size}, {} at once", self.at_once)
    }
}

fn show(rows: &[Row]) {
    println!(
        "\n{:<22}{:<22}{:>20}{:>20}{:>20}",
        "", "", "empty program, ms", "hook, ms", "added, ms"
    );
    println!(
        "{:<22}{:<22}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}",
        "server", "payload", "p50", "p99", "p50", "p99", "p50", "p99"
    );
    for row in rows {
        let (empty, hook) = (&row.empty, &row.hook);
        println!(
            "{:<22}{:<22}{:>10.2}{:>10.2}{:>10.2}{:>10.2}{:>10.2}{:>10.2}",
            row.situation.name,
            row.shape.name(),
            empty.at(0.5),
            empty.at(0.99),
            hook.at(0.5),
            hook.at(0.99),
            row.added(0.5),
            row.added(0.99),
        );
    }
    println!();
    for row in rows.iter().filter(|row| is_aimed(row.shape)) {
        let situation = row.situation;
        for (quantile, (what, most)) in [(0.5, situation.p50), (0.99, situation.p99)] {
            let aim = Aim {
                what,
                measured: Some(row.added(quantile)),
                bound: Bound::AtMost(most),
            };
            println!("{}", aim.line());
        }
    }
}

/// The aims are about what an agent's call usually is.
fn is_aimed(shape: &Shape) -> bool {
    shape.at_once == 1 && shape.payload_bytes < 1 << 10
}
