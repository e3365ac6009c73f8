//! What the page itself receives and works, in a real browser.

use std::time::Duration;

use serde::Deserialize;
use tokio::time::{Instant, sleep_until};

use super::{Setting, fill};
use crate::bench::browser::Browser;

use crate::bench::cpu::Spent;
use crate::bench::load::Connection;
use crate::bench::report::{Aim, Bound, median};

const TASKS: u32 = 1000;
const EVENTS: u32 = 10_000;
const MANY_TASKS: u32 = 10_000;
/// Twenty a second.
const APART: Duration = Duration::from_millis(50);

const TASK: &str = "selected";

/// What a page received and worked while it was watched.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Watched {
    http_bytes: f64,
    socket_bytes: f64,
    requests: f64,
    task_ms: f64,
    script_ms: f64,
}

/// The figures of one event.
#[derive(Default)]
struct Column {
    http_bytes: Vec<f64>,
    socket_bytes: Vec<f64>,
    requests: Vec<f64>,
    task_ms: Vec<f64>,
    script_ms: Vec<f64>,
    server_ms: Vec<f64>,
}

pub(super) async fn events(setting: &Setting) -> anyhow::Result<Vec<Aim>> {
    let mut columns: [Column; 2] = Default::default();
    if Browser::is_there()? {
        for _ in 0..setting.rounds {
            for (column, query) in columns.iter_mut().zip(["", "?sync=reread"]) {
                column.add(setting, query).await?;
            }
        }
        println!(
            "{:<24}{:>12}{:>12}{:>10}{:>14}{:>14}{:>14}",
            "per event",
            "HTTP bytes",
            "ws bytes",
            "requests",
            "page task ms",
            "script ms",
            "server ms"
        );
        columns[0].show("page as it is");
        columns[1].show("page with ?sync=reread");
    }
    Ok(vec![Aim {
        what: "KB a page receives per event, at 20 events/s",
        measured: columns[0].bytes().map(|bytes| bytes / 1e3),
        bound: Bound::AtMost(2.0),
    }])
}

impl Column {
    async fn add(&mut self, setting: &Setting, query: &str) -> anyhow::Result<()> {
        let product = setting.product()?;
        let port = product.port;
        fill::tasks(port, "task-", setting.size(TASKS, 200)).await?;
        fill::task(port, TASK).await?;
        fill::events(port, TASK, setting.size(EVENTS, 2000)).await?;
        let url = format!("http://127.0.0.1:{port}/tasks/{TASK}{query}");
        let mut browser = Browser::start(&["bench/page.mjs", "watch", &url], &setting.folder()?)?;
        browser.expect("ready")?;
        browser.say("start")?;
        browser.expect("started")?;
        let count = setting.size(200, 60);
        let before = Spent::of(product.pid())?;
        post(port, count).await?;
        browser.say("stop")?;
        let watched: Watched = serde_json::from_str(&browser.line()?)?;
        let server = Spent::of(product.pid())?.since(&before);
        let count = f64::from(count);
        self.http_bytes.push(watched.http_bytes / count);
        self.socket_bytes.push(watched.socket_bytes / count);
        self.requests.push(watched.requests / count);
        self.task_ms.push(watched.task_ms / count);
        self.script_ms.push(watched.script_ms / count);
        self.server_ms.push(server.as_secs_f64() * 1e3 / count);
        Ok(())
    }

    fn bytes(&self) -> Option<f64> {
        let measured = !self.http_bytes.is_empty();
        measured.then(|| median(&self.http_bytes) + median(&self.socket_bytes))
    }

    fn show(&self, name: &str) {
        println!(
            "{name:<24}{:>12.0}{:>12.0}{:>10.2}{:>14.2}{:>14.2}{:>14.2}",
            median(&self.http_bytes),
            median(&self.socket_bytes),
            median(&self.requests),
            median(&self.task_ms),
            median(&self.script_ms),
            median(&self.server_ms)
        );
    }
}

async fn post(port: u16, count: u32) -> anyhow::Result<()> {
    let mut connection = Connection::open(port).await?;
    let request = fill::tool_used(port, TASK);
    for _ in 0..count {
        let next = Instant::now() + APART;
        connection.post(&request).await?;
        sleep_until(next).await;
    }
    Ok(())
}

/// A page that opens.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct First {
    ms: f64,
    http_bytes: f64,
    socket_bytes: f64,
    settled_bytes: f64,
}

/// What a page asks for until its list is shown, the files of the page itself left out.
pub(super) async fn first(setting: &Setting) -> anyhow::Result<Vec<Aim>> {
    let mut takes: Vec<First> = Vec::new();
    if Browser::is_there()? {
        let product = setting.product()?;
        fill::tasks(product.port, "task-", setting.size(MANY_TASKS, 1000)).await?;
        let url = format!("http://127.0.0.1:{}/", product.port);
        for _ in 0..setting.rounds {
            let mut browser =
                Browser::start(&["bench/page.mjs", "first", &url], &setting.folder()?)?;
            takes.push(serde_json::from_str(&browser.line()?)?);
        }
    }
    let figure = |of: fn(&First) -> f64| median(&takes.iter().map(of).collect::<Vec<_>>());
    let shown = |take: &First| take.http_bytes + take.socket_bytes;
    if !takes.is_empty() {
        println!(
            "the list of tasks is shown after {:.0} ms and {:.0} KB; when all is quiet {:.0} KB",
            figure(|take| take.ms),
            figure(shown) / 1e3,
            figure(|take| take.settled_bytes) / 1e3,
        );
    }
    Ok(vec![Aim {
        what: "KB of data until the list of 10,000 tasks is shown",
        measured: (!takes.is_empty()).then(|| figure(shown) / 1e3),
        bound: Bound::AtMost(100.0),
    }])
}
