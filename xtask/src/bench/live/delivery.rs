//! CPU per delivered message: the product, the floor and the reference's broadcaster take turns.

use std::time::Duration;

use serde_json::json;

use super::crowd::Crowd;
use super::delivery_table::{aims, show};
use super::drive::{Beats, Stimulus, Take};
use super::frames::Kind;
use super::socket::Socket;
use super::{FOLLOWED, Setting, fill, floor, following, follows, peer};
use crate::bench::ingest::event;
use crate::bench::report::{Aim, figure};
use crate::bench::served::Served;

/// How many clients listen to what.
pub(super) struct Load {
    pub(super) clients: u32,
    /// Posts at once.
    pub(super) posts: u32,
    beats: u32,
    /// Long enough that a server has time to tell everybody before the next beat.
    apart_ms: u64,
}

const fn load(clients: u32, posts: u32, beats: u32, apart_ms: u64) -> Load {
    Load {
        clients,
        posts,
        beats,
        apart_ms,
    }
}

pub(super) const LOADS: [Load; 6] = [
    load(10, 1, 600, 3),
    load(100, 1, 200, 6),
    load(1000, 1, 60, 40),
    load(10, 16, 120, 15),
    load(100, 16, 60, 30),
    load(1000, 16, 24, 100),
];

/// What one server spent on one load, without what the same posts cost when nobody listens.
#[derive(Clone, Copy)]
pub(super) struct Sample {
    /// Microseconds a client and beat.
    pub(super) beat_us: f64,
    /// Messages a client heard of a beat.
    pub(super) messages: f64,
    pub(super) bytes: f64,
    /// Reads that a client made for a beat: about the writes that the server made.
    pub(super) reads: f64,
}

impl Sample {
    fn new(take: Take, alone: Duration, beats: u32, clients: u32) -> Self {
        let each = |count: u64| figure(count) / f64::from(beats) / f64::from(clients);
        let spent = take.cpu.as_secs_f64() - alone.as_secs_f64();
        Self {
            beat_us: spent * 1e6 / f64::from(beats) / f64::from(clients),
            messages: each(take.messages),
            bytes: each(take.bytes),
            reads: each(take.reads),
        }
    }
}

/// What the product spent, and the floors under it.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) product: Vec<Sample>,
    /// The same bytes in one write a client and beat: nobody can spend less.
    pub(super) floor: Vec<Sample>,
    /// The same bytes in as many writes as the product made: a burst is more than one commit.
    pub(super) as_many_writes: Vec<Sample>,
}

/// The samples of one load, by who listens.
#[derive(Default)]
pub(super) struct Row {
    pub(super) plain: Beside,
    pub(super) following: Beside,
    /// The reference's broadcaster, with the frames of a plain client.
    pub(super) node: Vec<Sample>,
}

pub(super) async fn measure(setting: &Setting) -> anyhow::Result<Vec<Aim>> {
    let mut rows: Vec<Row> = LOADS.iter().map(|_| Row::default()).collect();
    for round in 0..setting.rounds {
        println!("round {} of {}", round + 1, setting.rounds);
        self::round(setting, &mut rows).await?;
    }
    show(&rows);
    Ok(aims(&rows))
}

const TASK: &str = "bench";

/// Fresh servers, and each load on one after the other.
async fn round(setting: &Setting, rows: &mut [Row]) -> anyhow::Result<()> {
    let product = setting.product()?;
    fill::task(product.port, TASK).await?;
    let plain = Listening::plain(&product).await?;
    let following = if follows(product.port, &following(TASK), FOLLOWED).await? {
        Some(Listening::following(&product).await?)
    } else {
        None
    };
    let peer = peer::start(&setting.release, &setting.folder()?)?;
    let node_body = format!("[{}]", plain.told.join(","));
    if let Some(peer) = &peer {
        warm(peer, &node_body).await?;
    }
    fill::events(product.port, TASK, 500).await?;
    for (load, row) in LOADS.iter().zip(rows) {
        let beats = setting.size(load.beats, 2 * (load.beats / 12).max(4));
        let mut stimulus = Stimulus::new(&product, load.posts, &event(TASK)).await?;
        let take = plain.sample(&mut stimulus, &product, load, beats).await?;
        row.plain.add(setting, load, beats, take).await?;
        if let Some(following) = &following {
            let take = following
                .sample(&mut stimulus, &product, load, beats)
                .await?;
            row.following.add(setting, load, beats, take).await?;
        }
        if let Some(peer) = &peer {
            let mut stimulus = Stimulus::new(peer, load.posts, &node_body).await?;
            row.node
                .push(plain.sample(&mut stimulus, peer, load, beats).await?);
        }
    }
    Ok(())
}

/// How clients of one sort connect, and what they hear of one post.
struct Listening {
    path: String,
    greetings: u64,
    told: Vec<String>,
}

impl Listening {
    async fn plain(product: &Served) -> anyhow::Result<Self> {
        Self::learn(product, "/ws".to_owned(), 1).await
    }

    async fn following(product: &Served) -> anyhow::Result<Self> {
        Self::learn(product, following(TASK), FOLLOWED).await
    }

    /// Listens to a few posts. The last counts: the first may also tell of the task's beginning.
    async fn learn(product: &Served, path: String, greetings: u64) -> anyhow::Result<Self> {
        let mut socket = Socket::open(product.port, &path).await?;
        socket.greeted(greetings).await?;
        let mut told = Vec::new();
        for _ in 0..4 {
            told.clear();
            fill::events(product.port, TASK, 1).await?;
            while let Some(heard) = socket.within(Duration::from_millis(100)).await? {
                if heard.kind == Kind::Change {
                    told.push(String::from_utf8(heard.payload)?);
                }
            }
        }
        anyhow::ensure!(!told.is_empty(), "{path}: a post told nothing");
        Ok(Self {
            path,
            greetings,
            told,
        })
    }

    async fn sample(
        &self,
        stimulus: &mut Stimulus<'_>,
        served: &Served,
        load: &Load,
        beats: u32,
    ) -> anyhow::Result<Sample> {
        let changes = self.told.len() as u64 * u64::from(load.posts);
        let beats = load.beats(beats, changes);
        // Half of it before and half of it after, against what drifts meanwhile.
        let mut alone = stimulus.alone(beats.half()).await?;
        let crowd = Crowd::join(served.port, &self.path, load.clients, self.greetings).await?;
        let take = stimulus.to(&crowd, beats).await?;
        drop(crowd);
        // Until the server has noticed that they left.
        tokio::time::sleep(Duration::from_millis(200)).await;
        alone += stimulus.alone(beats.half()).await?;
        Ok(Sample::new(take, alone, beats.count, load.clients))
    }
}

impl Load {
    fn beats(&self, count: u32, changes: u64) -> Beats {
        Beats {
            count,
            apart: Duration::from_millis(self.apart_ms),
            changes,
        }
    }
}

impl Beside {
    /// Adds a sample, and measures the floors under it.
    async fn add(
        &mut self,
        setting: &Setting,
        load: &Load,
        beats: u32,
        sample: Sample,
    ) -> anyhow::Result<()> {
        let one = floor::Flush::of(sample.messages, sample.bytes, 1.0);
        self.floor.push(floor(setting, load, beats, &one).await?);
        if load.posts > 1 {
            let many = floor::Flush::of(sample.messages, sample.bytes, sample.reads);
            self.as_many_writes
                .push(floor(setting, load, beats, &many).await?);
        }
        self.product.push(sample);
        Ok(())
    }
}

async fn floor(
    setting: &Setting,
    load: &Load,
    beats: u32,
    order: &floor::Flush,
) -> anyhow::Result<Sample> {
    let served = Served::floor(&setting.folder()?)?;
    let beats = load.beats(beats, order.frames as u64);
    let mut stimulus = Stimulus::new(&served, 1, &json!(order).to_string()).await?;
    let alone = stimulus.alone(beats).await?;
    let crowd = Crowd::join(served.port, "/ws", load.clients, 0).await?;
    let take = stimulus.to(&crowd, beats).await?;
    Ok(Sample::new(take, alone, beats.count, load.clients))
}

/// A program that is compiled while it runs is measured after that.
async fn warm(peer: &Served, body: &str) -> anyhow::Result<()> {
    let crowd = Crowd::join(peer.port, "/ws", 50, 1).await?;
    let mut stimulus = Stimulus::new(peer, 1, body).await?;
    let beats = Beats {
        count: 300,
        apart: Duration::ZERO,
        changes: 0,
    };
    stimulus.alone(beats).await?;
    drop(crowd);
    Ok(())
}
