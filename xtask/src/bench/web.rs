//! How smooth the page is with much data and many events, in a real browser.
//!
//! The times of the page are absolute: they are beside an empty page of the same browser on the same machine.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::browser::Browser;
use super::fill;
use super::load::{Connection, request};
use super::report::{Aim, Bound, median};
use super::served::Served;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Times that opening and switching are measured; the medians are shown.
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// Fewer tasks and events: to see that everything runs, not for figures.
    #[arg(long)]
    quick: bool,
}

const BIG: &str = "big";
const LIVE: &str = "live";
/// Tasks that are switched between: long enough to fill a screen.
const SHORT: [&str; 4] = ["short-0", "short-1", "short-2", "short-3"];
const SHORT_EVENTS: u32 = 300;
const CONNECTIONS: u64 = 8;

struct Sizes {
    tasks: u32,
    events: u32,
    per_second: u64,
    seconds: u64,
    passed: u64,
}

impl Sizes {
    fn of(options: &Options) -> Self {
        let full = Self {
            tasks: 10_000,
            events: 100_000,
            per_second: 1_000,
            seconds: 30,
            passed: 200_000,
        };
        if !options.quick {
            return full;
        }
        Self {
            tasks: 500,
            events: 3_000,
            seconds: 5,
            passed: 8_000,
            ..full
        }
    }
}

/// What the script of the browser found out.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    script_kb: f64,
    /// Until an empty page of the same server is painted.
    floor_ms: Vec<f64>,
    list_ms: Vec<f64>,
    big_ms: Vec<f64>,
    switch_ms: Vec<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Watched {
    frames: u64,
    work_p95_ms: f64,
    work_max_ms: f64,
    late_percent: f64,
    idle_late_percent: f64,
    rows_equal: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Heap {
    megabytes: f64,
    rows_equal: bool,
}

pub(super) fn run(options: &Options, release: &Path) -> anyhow::Result<()> {
    if !Browser::is_there()? {
        return Ok(());
    }
    let folder = tempfile::tempdir_in(release)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let bench = Bench {
        served: Served::product(release, folder.path())?,
        folder: folder.path().to_path_buf(),
        rounds: options.rounds.to_string(),
        sizes: Sizes::of(options),
    };
    let aims = runtime.block_on(bench.measure())?;
    println!();
    for aim in &aims {
        println!("{}", aim.line());
    }
    Ok(())
}

struct Bench {
    served: Served,
    folder: PathBuf,
    rounds: String,
    sizes: Sizes,
}

impl Bench {
    async fn measure(&self) -> anyhow::Result<Vec<Aim>> {
        self.fill().await?;
        let mut aims = self.open()?;
        aims.extend(self.watch().await?);
        Ok(aims)
    }

    async fn fill(&self) -> anyhow::Result<()> {
        let port = self.served.port;
        fill::tasks(port, "task-", self.sizes.tasks).await?;
        for id in SHORT.into_iter().chain([BIG, LIVE]) {
            fill::task(port, id).await?;
        }
        for id in SHORT {
            self.pour(id, u64::from(SHORT_EVENTS), None).await?;
        }
        self.pour(BIG, u64::from(self.sizes.events), None).await
    }

    fn browser(&self, mode: &str) -> anyhow::Result<Browser> {
        let origin = format!("http://127.0.0.1:{}", self.served.port);
        Browser::start(
            &["bench/web.mjs", mode, &origin, &self.rounds],
            &self.folder,
        )
    }

    fn open(&self) -> anyhow::Result<Vec<Aim>> {
        let opened: Opened = serde_json::from_str(&self.browser("open")?.line()?)?;
        println!(
            "an empty page of the same server is painted after {:.0} ms",
            median(&opened.floor_ms)
        );
        let aim = |what, measured, most| Aim {
            what,
            measured: Some(measured),
            bound: Bound::AtMost(most),
        };
        Ok(vec![
            aim("KB of script at first, brotli", opened.script_kb, 150.0),
            aim(
                "ms until the list is painted",
                median(&opened.list_ms),
                1_000.0,
            ),
            aim(
                "ms until a task of 100,000 events is painted",
                median(&opened.big_ms),
                1_000.0,
            ),
            aim("ms to another task", median(&opened.switch_ms), 100.0),
        ])
    }

    async fn watch(&self) -> anyhow::Result<Vec<Aim>> {
        let mut browser = self.browser("watch")?;
        browser.expect("ready")?;
        browser.say("start")?;
        browser.expect("started")?;
        let Sizes {
            per_second,
            seconds,
            passed,
            ..
        } = self.sizes;
        let count = per_second * seconds;
        let begun = Instant::now();
        self.pour(LIVE, count, Some(per_second)).await?;
        let took = begun.elapsed().as_secs_f64();
        browser.say("stop")?;
        let watched: Watched = serde_json::from_str(&browser.line()?)?;
        println!(
            "{count} events in {took:.1} s: {} frames, the longest work of one {:.1} ms; {:.1} % of the frames of the page at rest were late",
            watched.frames, watched.work_max_ms, watched.idle_late_percent
        );
        self.pour(LIVE, passed.saturating_sub(count), None).await?;
        browser.say("heap")?;
        let heap: Heap = serde_json::from_str(&browser.line()?)?;
        let aim = |what, measured, most| Aim {
            what,
            measured: Some(measured),
            bound: Bound::AtMost(most),
        };
        let equal = f64::from(u8::from(watched.rows_equal && heap.rows_equal));
        Ok(vec![
            aim("ms of work per frame, p95", watched.work_p95_ms, 8.0),
            aim("ms of the longest work", watched.work_max_ms, 50.0),
            aim("% of frames later than 33 ms", watched.late_percent, 1.0),
            aim("MB of heap after 200,000 events", heap.megabytes, 150.0),
            Aim {
                what: "rows on screen equal the server's (1: yes)",
                measured: Some(equal),
                bound: Bound::AtLeast(1.0),
            },
        ])
    }

    /// Posts events of several kinds to a task, so many a second or as fast as they are taken.
    async fn pour(&self, task: &str, count: u64, per_second: Option<u64>) -> anyhow::Result<()> {
        let port = self.served.port;
        let requests = kinds(port, task);
        let begun = Instant::now();
        let mut pouring = JoinSet::new();
        for first in 0..CONNECTIONS {
            let requests = requests.clone();
            let mut connection = Connection::open(port).await?;
            pouring.spawn(async move {
                for number in (first..count).step_by(usize::try_from(CONNECTIONS)?) {
                    if let Some(rate) = per_second {
                        sleep_until(begun + Duration::from_micros(number * 1_000_000 / rate)).await;
                    }
                    let kind = usize::try_from(number)? % requests.len();
                    connection.post(&requests[kind]).await?;
                }
                anyhow::Ok(())
            });
        }
        while let Some(ended) = pouring.join_next().await {
            ended??;
        }
        Ok(())
    }
}

/// The requests of one turn of an agent: what is read, changed, run and thought.
fn kinds(port: u16, task: &str) -> Vec<Vec<u8>> {
    let read = |file: &str| {
        let body = json!({ "taskId": task, "toolName": "Read", "title": format!("Read {file}"),
            "lane": "exploration", "filePaths": [file], "body": "use std::net::TcpListener; ".repeat(8) });
        request(port, "/api/tool-used", &body.to_string())
    };
    let edit = json!({ "taskId": task, "toolName": "Edit", "title": "Edit src/lib.rs",
        "lane": "implementation", "filePaths": ["src/lib.rs"], "metadata": { "durationMs": 12 } });
    let command = json!({ "taskId": task, "command": "cargo test --workspace", "title": "Run the tests",
        "lane": "implementation", "metadata": { "durationMs": 840, "exitCode": 1 } });
    let thought =
        json!({ "taskId": task, "title": "Two tests still fail: look at the socket next" });
    vec![
        read("src/main.rs"),
        request(port, "/api/tool-used", &edit.to_string()),
        read("src/net/socket.rs"),
        request(port, "/api/terminal-command", &command.to_string()),
        request(port, "/api/thought", &thought.to_string()),
    ]
}
