//! How long a change takes from its POST to a client's ear.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::socket::Socket;
use super::{FOLLOWED, Setting, fill, following, follows};
use crate::bench::load::Connection;
use crate::bench::report::{Aim, Bound, median};

const TASK: &str = "bench";
/// So long is nothing posted in between: the server has gone to sleep.
const IDLE: Duration = Duration::from_millis(20);

pub(super) async fn measure(setting: &Setting) -> anyhow::Result<Vec<Aim>> {
    let posts = setting.size(400, 60);
    let mut aims = Vec::new();
    let (mut plain, mut follow) = (Times::default(), Times::default());
    for _ in 0..setting.rounds {
        let product = setting.product()?;
        fill::task(product.port, TASK).await?;
        plain.add(idle(product.port, "/ws", 1, posts).await?);
        if follows(product.port, &following(TASK), FOLLOWED).await? {
            follow.add(idle(product.port, &following(TASK), FOLLOWED, posts).await?);
        }
    }
    let rows = [
        ("plain", "ms from POST to frame, p99, idle, plain", plain),
        (
            "following",
            "ms from POST to frame, p99, idle, following",
            follow,
        ),
    ];
    for (name, what, times) in rows {
        if let Some(p50) = times.p50() {
            let p99 = times.p99().unwrap_or_default();
            println!("{name:<12} p50 {p50:.2} ms, p99 {p99:.2} ms");
        }
        aims.push(Aim {
            what,
            measured: times.p99(),
            bound: Bound::AtMost(10.0),
        });
    }
    Ok(aims)
}

/// Milliseconds, of several rounds.
#[derive(Default)]
pub(super) struct Times {
    p50: Vec<f64>,
    p99: Vec<f64>,
}

impl Times {
    /// Adds a round.
    pub(super) fn add(&mut self, mut milliseconds: Vec<f64>) {
        milliseconds.sort_by(f64::total_cmp);
        let last = milliseconds.len().saturating_sub(1);
        self.p50.push(milliseconds[last / 2]);
        self.p99.push(milliseconds[last * 99 / 100]);
    }

    pub(super) fn p50(&self) -> Option<f64> {
        (!self.p50.is_empty()).then(|| median(&self.p50))
    }

    pub(super) fn p99(&self) -> Option<f64> {
        (!self.p99.is_empty()).then(|| median(&self.p99))
    }
}

async fn idle(port: u16, path: &str, greetings: u64, posts: u32) -> anyhow::Result<Vec<f64>> {
    let request = fill::tool_used(port, TASK);
    let mut ear = Ear::open(port, path, greetings, &request).await?;
    let mut connection = Connection::open(port).await?;
    let mut times = Vec::new();
    for _ in 0..posts {
        sleep(IDLE).await;
        times.push(ear.time(&mut connection).await?.as_secs_f64() * 1e3);
    }
    Ok(times)
}

/// A client that reads, and knows what a post tells it.
pub(super) struct Ear {
    socket: Socket,
    pub(super) request: Vec<u8>,
    /// As many changes does one post tell.
    changes: u64,
    /// Of all frames heard.
    pub(super) bytes: u64,
}

impl Ear {
    /// Connects, and counts what one such post tells.
    pub(super) async fn open(
        port: u16,
        path: &str,
        greetings: u64,
        request: &[u8],
    ) -> anyhow::Result<Self> {
        let mut socket = Socket::counting(port, path).await?;
        socket.greeted(greetings).await?;
        let mut connection = Connection::open(port).await?;
        let mut changes = 0;
        for _ in 0..3 {
            connection.post(request).await?;
            changes = 0;
            while let Some(heard) = socket.within(Duration::from_millis(100)).await? {
                changes += u64::from(heard.kind == super::frames::Kind::Change);
            }
        }
        anyhow::ensure!(changes > 0, "{path}: a post told nothing");
        Ok(Self {
            socket,
            request: request.to_vec(),
            changes,
            bytes: 0,
        })
    }

    /// Posts, and returns how long it took until the last frame of it was heard.
    pub(super) async fn time(&mut self, connection: &mut Connection) -> anyhow::Result<Duration> {
        let start = Instant::now();
        let hear = async {
            self.bytes += self.socket.changes(self.changes).await?;
            anyhow::Ok(start.elapsed())
        };
        let (posted, took) = tokio::join!(connection.post(&self.request), hear);
        posted?;
        took
    }

    /// Waits for what so many further posts tell.
    pub(super) async fn hear(&mut self, posts: u64) -> anyhow::Result<()> {
        self.bytes += self.socket.changes(posts * self.changes).await?;
        Ok(())
    }
}
