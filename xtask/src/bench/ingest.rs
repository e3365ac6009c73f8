//! How fast events come in: the product and its bare peer take turns under the same load.

use std::path::Path;
use std::time::Duration;

use super::cpu::Spent;
use super::disk;
use super::growth::{self, Growth};
use super::load;
use super::report::{Aim, Bound, median};
use super::served::Served;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Times that each load is measured; the medians are shown.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// Requests a take at 64 connections; half at 16, a twentieth at one.
    #[arg(long, default_value_t = 40_000)]
    requests: u32,
}

struct Shape {
    name: &'static str,
    connections: u32,
    /// Every connection has a task of its own, as agents do; else all write to one.
    spread: bool,
    /// The part of `--requests` that is posted.
    divisor: u32,
}

const SHAPES: [Shape; 5] = [
    Shape {
        name: "1 connection",
        connections: 1,
        spread: true,
        divisor: 20,
    },
    Shape {
        name: "16 connections, a task each",
        connections: 16,
        spread: true,
        divisor: 2,
    },
    Shape {
        name: "16 connections, one task",
        connections: 16,
        spread: false,
        divisor: 2,
    },
    Shape {
        name: "64 connections, a task each",
        connections: 64,
        spread: true,
        divisor: 1,
    },
    Shape {
        name: "64 connections, one task",
        connections: 64,
        spread: false,
        divisor: 1,
    },
];

pub(super) fn run(options: &Options, release: &Path) -> anyhow::Result<()> {
    let folder = tempfile::tempdir_in(release)?;
    let sync_time = disk::sync_time(folder.path())?;
    let mut rows: Vec<Row> = SHAPES.iter().map(|_| Row::default()).collect();
    for round in 0..options.rounds {
        println!("round {} of {}", round + 1, options.rounds);
        let here = folder.path().join(round.to_string());
        std::fs::create_dir_all(&here)?;
        measure(options, release, &here, &mut rows)?;
    }
    println!("a long task beside short ones");
    let here = folder.path().join("growth");
    std::fs::create_dir_all(&here)?;
    let served = Served::product(release, &here)?;
    let growth = growth::measure(&mut Writer::new(&served), 2 * options.rounds + 1)?;
    show(&rows, &growth, sync_time);
    Ok(())
}

/// One round: both servers on fresh databases, each load on one and at once on the other.
fn measure(
    options: &Options,
    release: &Path,
    folder: &Path,
    rows: &mut [Row],
) -> anyhow::Result<()> {
    let (product, bare) = (Served::product(release, folder)?, Served::bare(folder)?);
    let (mut product, mut bare) = (Writer::new(&product), Writer::new(&bare));
    for writer in [&mut product, &mut bare] {
        writer.take(&SHAPES[1], 640)?;
    }
    for (shape, row) in SHAPES.iter().zip(rows) {
        let requests = options.requests / shape.divisor;
        row.bare.push(bare.take(shape, requests)?);
        row.product.push(product.take(shape, requests)?);
    }
    Ok(())
}

/// One who posts events to a server, and makes the tasks that they belong to.
pub(super) struct Writer<'a> {
    pub(super) served: &'a Served,
    tasks: u32,
}

impl<'a> Writer<'a> {
    pub(super) fn new(served: &'a Served) -> Self {
        Self { served, tasks: 0 }
    }

    /// Makes a fresh task.
    pub(super) fn task(&mut self) -> anyhow::Result<String> {
        self.tasks += 1;
        let id = format!("bench-{}", self.tasks);
        if self.served.path != "/bare" {
            let body = serde_json::json!({ "taskId": id, "title": "bench" }).to_string();
            let request = load::request(self.served.port, "/api/task-start", &body);
            load::post(self.served.port, vec![request], 1)?;
        }
        Ok(id)
    }

    /// Posts `times` events to each of the tasks, each on a connection of its own.
    pub(super) fn post(&self, tasks: &[&str], times: u32) -> anyhow::Result<Duration> {
        let request = |task: &&str| load::request(self.served.port, self.served.path, &event(task));
        load::post(self.served.port, tasks.iter().map(request).collect(), times)
    }

    fn take(&mut self, shape: &Shape, requests: u32) -> anyhow::Result<Take> {
        let mut tasks = Vec::new();
        for _ in 0..if shape.spread { shape.connections } else { 1 } {
            tasks.push(self.task()?);
        }
        let tasks: Vec<&str> = tasks
            .iter()
            .map(String::as_str)
            .cycle()
            .take(shape.connections as usize)
            .collect();
        let times = (requests / shape.connections).max(1);
        let before = Spent::of(self.served.pid())?;
        let took = self.post(&tasks, times)?;
        let spent = Spent::of(self.served.pid())?.since(&before);
        let posted = f64::from(times * shape.connections);
        Ok(Take {
            rate: posted / took.as_secs_f64(),
            cpu_us: spent.as_secs_f64() * 1e6 / posted,
        })
    }
}

/// What a hook posts for a file that an agent read: some 450 bytes.
pub(super) fn event(task: &str) -> String {
    serde_json::json!({
        "taskId": task,
        "toolName": "Read",
        "title": "Read src/main.rs",
        "lane": "exploration",
        "body": "use std::net::TcpListener; ".repeat(8),
        "metadata": { "subtypeKey": "read_file", "toolFamily": "file", "sourceTool": "Read" },
        "filePaths": ["src/main.rs"],
    })
    .to_string()
}

struct Take {
    rate: f64,
    cpu_us: f64,
}

/// The takes of one load.
#[derive(Default)]
struct Row {
    product: Vec<Take>,
    bare: Vec<Take>,
}

impl Row {
    fn ratio(&self) -> f64 {
        rate(&self.product) / rate(&self.bare)
    }
}

fn rate(takes: &[Take]) -> f64 {
    median(&takes.iter().map(|take| take.rate).collect::<Vec<_>>())
}

fn cpu_us(takes: &[Take]) -> f64 {
    median(&takes.iter().map(|take| take.cpu_us).collect::<Vec<_>>())
}

fn show(rows: &[Row], growth: &[Growth], sync_time: Duration) {
    println!(
        "\n{:<29}{:^24}{:^24}{:>8}",
        "", "product", "bare", "product"
    );
    println!(
        "{:<29}{:>12}{:>12}{:>12}{:>12}{:>8}",
        "load", "requests/s", "CPU us/req", "requests/s", "CPU us/req", "/bare"
    );
    for (shape, row) in SHAPES.iter().zip(rows) {
        println!(
            "{:<29}{:>12.0}{:>12.1}{:>12.0}{:>12.1}{:>8.2}",
            shape.name,
            rate(&row.product),
            cpu_us(&row.product),
            rate(&row.bare),
            cpu_us(&row.bare),
            row.ratio(),
        );
    }
    println!(
        "\none synced append on this disk: {:.0} us",
        sync_time.as_secs_f64() * 1e6
    );
    for growth in growth {
        println!(
            "CPU of an event after the 100th of a task {:.1} us, after the 10,000th {:.1} us ({} at once)",
            growth.short_us, growth.long_us, growth.connections
        );
    }
    println!();
    let (busiest, one_task) = (&rows[3], &rows[4]);
    let slowest = rows.iter().map(Row::ratio).fold(f64::INFINITY, f64::min);
    let longest = growth.iter().map(Growth::ratio).fold(0.0, f64::max);
    let aims = [
        Aim {
            what: "product / bare, the worst of the loads",
            measured: Some(slowest),
            bound: Bound::AtLeast(0.5),
        },
        Aim {
            what: "requests/s at 64 connections, a task each",
            measured: Some(rate(&busiest.product)),
            bound: Bound::AtLeast(10_000.0),
        },
        Aim {
            what: "requests/s at 64 connections, one task",
            measured: Some(rate(&one_task.product)),
            bound: Bound::AtLeast(10_000.0),
        },
        Aim {
            what: "CPU of the 10,000th event / of the 100th, the worse",
            measured: Some(longest),
            bound: Bound::AtMost(1.2),
        },
    ];
    for aim in &aims {
        println!("{}", aim.line());
    }
}
