//! Clients that connect and never read: what they cost the server, and a client that does read.

use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::latency::{Ear, Times};
use super::rss::{Held, peak};
use super::socket::{PATIENCE, connect};
use super::{FOLLOWED, Setting, fill, following, follows};
use crate::bench::load::Connection;
use crate::bench::report::{Aim, Bound, figure, median};

const STALLED: u32 = 10;
/// Small, so that it is the server and not the kernel who has to keep what they do not take.
const RECEIVE_BUFFER: u32 = 16 << 10;
/// What the server keeps of its newest frames: a ring for each of the two kinds of clients.
const RINGS_BYTES: f64 = 2.0 * 16.0 * 1024.0 * 1024.0;
const SPARE_BYTES: f64 = 4e6;

const TASK: &str = "bench";

/// One sort of clients.
struct Sort {
    name: &'static str,
    path: String,
    greetings: u64,
    body_bytes: usize,
    /// Posts beside the one that is timed, where one alone tells too little.
    others: u64,
    healthy: Times,
    disturbed: Times,
    /// Bytes.
    growth: Vec<f64>,
    growth_alone: Vec<f64>,
    growth_unheard: Vec<f64>,
}

impl Sort {
    fn new(name: &'static str, path: String, greetings: u64) -> Self {
        // A following client hears the first 2 KiB of a text.
        let (body_bytes, others) = if greetings == 1 {
            (64 << 10, 0)
        } else {
            (2 << 10, 15)
        };
        Self {
            name,
            path,
            greetings,
            body_bytes,
            others,
            healthy: Times::default(),
            disturbed: Times::default(),
            growth: Vec::new(),
            growth_alone: Vec::new(),
            growth_unheard: Vec::new(),
        }
    }
}

pub(super) async fn measure(setting: &Setting) -> anyhow::Result<Vec<Aim>> {
    let mut plain = Sort::new("plain", "/ws".to_owned(), 1);
    let mut follow = Sort::new("following", following(TASK), FOLLOWED);
    for _ in 0..setting.rounds {
        plain.round(setting).await?;
        let empty = setting.product()?;
        fill::task(empty.port, TASK).await?;
        if follows(empty.port, &follow.path, FOLLOWED).await? {
            follow.round(setting).await?;
        }
    }
    let mut aims = plain.aims(
        "MB grown by ten stalled clients, plain",
        "p99 beside ten stalled clients / without, plain",
    );
    aims.extend(follow.aims(
        "MB grown by ten stalled clients, following",
        "p99 beside ten stalled clients / without, following",
    ));
    Ok(aims)
}

impl Sort {
    async fn round(&mut self, setting: &Setting) -> anyhow::Result<()> {
        let (times, growth) = self.produce(setting, 0).await?;
        self.healthy.add(times);
        self.growth_alone.push(growth);
        let (times, growth) = self.produce(setting, STALLED).await?;
        self.disturbed.add(times);
        self.growth.push(growth);
        Ok(())
    }

    /// Times posts until enough was told, and returns by how much the server grew meanwhile.
    async fn produce(
        &mut self,
        setting: &Setting,
        stalled: u32,
    ) -> anyhow::Result<(Vec<f64>, f64)> {
        let product = setting.product()?;
        let port = product.port;
        fill::task(port, TASK).await?;
        let request = fill::large_tool_used(port, TASK, self.body_bytes);
        let mut connections = Vec::new();
        for _ in 0..=self.others {
            connections.push(Connection::open(port).await?);
        }
        // Taking in such posts has buffers and caches of its own: they are there before it is watched.
        let warm = setting.size(1000, 400);
        unheard(&mut connections, &request, warm).await?;
        let before = Held::by(product.pid())?.anonymous;
        let work = unheard(&mut connections, &request, warm / 2);
        let ((), most) = peak(product.pid(), work).await?;
        self.growth_unheard.push(figure(most) - figure(before));
        sleep(Duration::from_millis(500)).await;
        let before = Held::by(product.pid())?.anonymous;
        let mut never_read = Vec::new();
        for _ in 0..stalled {
            let (stream, _) = connect(port, &self.path, Some(RECEIVE_BUFFER)).await?;
            served(&stream).await?;
            never_read.push(stream);
        }
        let ear = Ear::open(port, &self.path, self.greetings, &request).await?;
        let enough = u64::from(setting.size(64, 24)) << 20;
        let work = self.post(ear, connections, enough);
        let (times, most) = peak(product.pid(), work).await?;
        drop(never_read);
        Ok((times, figure(most) - figure(before)))
    }

    async fn post(
        &self,
        mut ear: Ear,
        mut connections: Vec<Connection>,
        enough: u64,
    ) -> anyhow::Result<Vec<f64>> {
        let mut times = Vec::new();
        while ear.bytes < enough {
            let (first, others) = connections.split_at_mut(1);
            let took = ear.time(&mut first[0]).await?;
            times.push(took.as_secs_f64() * 1e3);
            for other in &mut *others {
                other.ask(&ear.request).await?;
            }
            for other in others {
                other.answered().await?;
            }
            ear.hear(self.others).await?;
            sleep(Duration::from_millis(2)).await;
        }
        Ok(times)
    }

    fn aims(&self, grown: &'static str, slower: &'static str) -> Vec<Aim> {
        let bound = (RINGS_BYTES + SPARE_BYTES) / 1e6;
        let growth = (!self.growth.is_empty()).then(|| median(&self.growth) / 1e6);
        let ratio = self.disturbed.p99().zip(self.healthy.p99());
        if let (Some(growth), Some((disturbed, healthy))) = (growth, ratio) {
            let alone = median(&self.growth_alone) / 1e6;
            let unheard = median(&self.growth_unheard) / 1e6;
            println!(
                "{:<12} grew by {growth:.1} MB with ten stalled clients (bound {bound:.1} MB), by \
                 {alone:.1} MB without, by {unheard:.1} MB while nobody listened\n\
                 {:<12} p99 {disturbed:.2} ms with, {healthy:.2} ms without",
                self.name, ""
            );
        }
        vec![
            Aim {
                what: grown,
                measured: growth,
                bound: Bound::AtMost((bound * 10.0).round() / 10.0),
            },
            Aim {
                what: slower,
                measured: ratio.map(|(disturbed, healthy)| disturbed / healthy),
                bound: Bound::AtMost(1.3),
            },
        ]
    }
}

/// Waits for the first bytes, without taking them: the client is served now.
async fn served(stream: &TcpStream) -> anyhow::Result<()> {
    timeout(PATIENCE, stream.peek(&mut [0])).await??;
    Ok(())
}

/// Posts while nobody listens.
async fn unheard(connections: &mut [Connection], request: &[u8], times: u32) -> anyhow::Result<()> {
    for _ in 0..times {
        for connection in &mut *connections {
            connection.ask(request).await?;
        }
        for connection in &mut *connections {
            connection.answered().await?;
        }
    }
    Ok(())
}
