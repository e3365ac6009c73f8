//! What makes a server tell its clients something, again and again, while its processor time is
//! watched.

use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use super::crowd::Crowd;
use crate::bench::cpu::Spent;
use crate::bench::load::{Connection, request};
use crate::bench::served::Served;

/// What a server does late (figures, its log) belongs to the take that caused it.
const AFTERMATH: Duration = Duration::from_millis(300);

/// Kept connections, each of which posts the same request at each beat.
pub(super) struct Stimulus<'a> {
    served: &'a Served,
    connections: Vec<Connection>,
    request: Vec<u8>,
}

/// How often, and how far apart at least. With clients the next beat also waits until everybody
/// has heard the last one: a server is measured at work, not drowning.
#[derive(Clone, Copy)]
pub(super) struct Beats {
    pub(super) count: u32,
    pub(super) apart: Duration,
    /// What a client hears of one.
    pub(super) changes: u64,
}

impl Beats {
    pub(super) fn half(self) -> Self {
        Self {
            count: self.count / 2,
            ..self
        }
    }
}

/// What a take cost the server, and what all clients together heard.
#[derive(Clone, Copy)]
pub(super) struct Take {
    pub(super) cpu: Duration,
    pub(super) messages: u64,
    pub(super) bytes: u64,
    pub(super) reads: u64,
}

impl<'a> Stimulus<'a> {
    pub(super) async fn new(
        served: &'a Served,
        connections: u32,
        body: &str,
    ) -> anyhow::Result<Self> {
        let mut kept = Vec::new();
        for _ in 0..connections {
            kept.push(Connection::open(served.port).await?);
        }
        Ok(Self {
            served,
            connections: kept,
            request: request(served.port, served.path, body),
        })
    }

    /// One beat: all connections post, then all wait for their answers.
    async fn beat(&mut self) -> anyhow::Result<()> {
        for connection in &mut self.connections {
            connection.ask(&self.request).await?;
        }
        for connection in &mut self.connections {
            connection.answered().await?;
        }
        Ok(())
    }

    /// What the beats cost the server while nobody listens.
    pub(super) async fn alone(&mut self, beats: Beats) -> anyhow::Result<Duration> {
        let before = Spent::of(self.served.pid())?;
        for _ in 0..beats.count {
            let next = Instant::now() + beats.apart;
            self.beat().await?;
            sleep_until(next).await;
        }
        sleep(AFTERMATH).await;
        Ok(Spent::of(self.served.pid())?.since(&before))
    }

    /// What the beats cost it while a crowd listens, each of whom must hear everything.
    pub(super) async fn to(&mut self, crowd: &Crowd, beats: Beats) -> anyhow::Result<Take> {
        let (before, start) = (Spent::of(self.served.pid())?, crowd.count());
        let mut wanted = start.changes;
        for _ in 0..beats.count {
            let next = Instant::now() + beats.apart;
            self.beat().await?;
            wanted += beats.changes * crowd.len();
            crowd.heard(wanted).await?;
            sleep_until(next).await;
        }
        sleep(AFTERMATH).await;
        let cpu = Spent::of(self.served.pid())?.since(&before);
        crowd.check()?;
        let end = crowd.count();
        anyhow::ensure!(
            end.changes == wanted,
            "{} changes were heard instead of {wanted}",
            end.changes
        );
        Ok(Take {
            cpu,
            messages: end.changes + end.now - start.changes - start.now,
            bytes: end.bytes - start.bytes,
            reads: end.reads - start.reads,
        })
    }
}
