use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use agent_tracer_core::wire::Message;
use agent_tracer_store::Seq;
use axum::extract::ws::Utf8Bytes;
use tokio::sync::{mpsc, oneshot};

use super::ring::{Ring, Segment};

/// How many bytes of frames the hub keeps for those who are behind.
const RING_BYTES_MAX: usize = 16 << 20;
/// How many commits a connection gets at a time: what it holds while it writes.
const SEGMENTS_MAX: usize = 64;
/// How many requests may wait for the hub. It never waits itself, so this is soon empty.
const INBOX_LENGTH: usize = 1024;

/// What was committed, and is to be announced.
#[derive(Debug)]
pub(crate) struct Published {
    /// The commit.
    pub seq: Seq,
    /// Its changes, in order.
    pub messages: Vec<Message>,
}

/// What a connection gets when it asks for more.
#[derive(Debug)]
pub(crate) enum Next {
    /// The commits from its position on, and its next position.
    Segments(Vec<Arc<Segment>>, u64),
    /// It asked too late: what it missed is no longer kept.
    Behind,
}

/// A place among the listeners, from a position on. Without any, nothing is announced.
#[derive(Debug)]
pub(crate) struct Listening {
    /// The position after everything announced before.
    pub position: u64,
    listeners: Arc<AtomicUsize>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.listeners.fetch_sub(1, Ordering::AcqRel);
    }
}

enum Ask {
    Publish(Vec<Published>),
    Join(oneshot::Sender<Listening>),
    Next(u64, oneshot::Sender<Next>),
}

/// The way to the hub worker, which ends when the last of these is dropped.
#[derive(Clone)]
pub(crate) struct Hub {
    asks: mpsc::Sender<Ask>,
    listeners: Arc<AtomicUsize>,
}

impl Hub {
    /// Starts the worker.
    pub(crate) fn start() -> Self {
        Self::with_ring(RING_BYTES_MAX)
    }

    fn with_ring(bytes_max: usize) -> Self {
        let (asks, inbox) = mpsc::channel(INBOX_LENGTH);
        let listeners = Arc::default();
        tokio::spawn(work(inbox, Ring::new(bytes_max), Arc::clone(&listeners)));
        Self { asks, listeners }
    }

    /// Announces commits. Blocks while the inbox is full: call it from a thread that may wait.
    ///
    /// While nobody listens nothing is announced. Who joins at that moment misses nothing: a
    /// snapshot is read after joining, and what is announced was committed before.
    pub(crate) fn publish(&self, published: Vec<Published>) {
        if self.listeners.load(Ordering::Acquire) > 0 {
            // Fails only when the hub is gone, and then there is nobody to tell.
            drop(self.asks.blocking_send(Ask::Publish(published)));
        }
    }

    /// Joins the listeners: what is announced from now on is kept for them. `None` when the server
    /// stops.
    pub(crate) async fn join(&self) -> Option<Listening> {
        let (answer, answered) = oneshot::channel();
        self.asks.send(Ask::Join(answer)).await.ok()?;
        answered.await.ok()
    }

    /// Waits for what comes after a position. `None` when the server stops.
    pub(crate) async fn next(&self, position: u64) -> Option<Next> {
        let (answer, answered) = oneshot::channel();
        self.asks.send(Ask::Next(position, answer)).await.ok()?;
        answered.await.ok()
    }
}

async fn work(mut inbox: mpsc::Receiver<Ask>, mut ring: Ring, listeners: Arc<AtomicUsize>) {
    // Those who have everything and wait for the next commit.
    let mut waiting: Vec<oneshot::Sender<Next>> = Vec::new();
    while let Some(ask) = inbox.recv().await {
        match ask {
            Ask::Join(answer) => {
                listeners.fetch_add(1, Ordering::AcqRel);
                let listening = Listening {
                    position: ring.end(),
                    listeners: Arc::clone(&listeners),
                };
                drop(answer.send(listening));
            }
            Ask::Next(position, answer) if position < ring.end() => {
                drop(answer.send(next(&ring, position)));
            }
            Ask::Next(_, answer) => waiting.push(answer),
            Ask::Publish(published) => {
                let position = ring.end();
                for commit in &published {
                    ring.push(encode(commit));
                }
                for answer in waiting.drain(..) {
                    drop(answer.send(next(&ring, position)));
                }
            }
        }
    }
}

fn next(ring: &Ring, position: u64) -> Next {
    match ring.from(position, SEGMENTS_MAX) {
        Some(segments) => {
            let after = position + segments.len() as u64;
            Next::Segments(segments, after)
        }
        None => Next::Behind,
    }
}

/// Encodes a commit once, for everybody.
fn encode(commit: &Published) -> Segment {
    let frames = commit.messages.iter().filter_map(frame).collect();
    Segment {
        seq: commit.seq,
        frames,
    }
}

/// The text of a frame.
pub(super) fn frame(message: &Message) -> Option<Utf8Bytes> {
    match serde_json::to_string(message) {
        Ok(text) => Some(text.into()),
        Err(error) => {
            tracing::error!(%error, "a message could not be encoded");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use agent_tracer_core::ids::TaskId;
    use agent_tracer_core::wire::Message;
    use agent_tracer_store::Seq;

    use super::{Hub, Next, Published};

    fn commit(seq: u64) -> Published {
        let message = Message::TaskDeleted {
            task_id: TaskId::new(format!("t{seq}")),
        };
        Published {
            seq: Seq(seq),
            messages: vec![message],
        }
    }

    async fn publish(hub: &Hub, seqs: std::ops::RangeInclusive<u64>) {
        let hub = hub.clone();
        let published = seqs.map(commit).collect();
        tokio::task::spawn_blocking(move || hub.publish(published))
            .await
            .unwrap();
    }

    async fn seqs(hub: &Hub, position: u64) -> (Vec<u64>, u64) {
        match hub.next(position).await.unwrap() {
            Next::Segments(segments, after) => (
                segments.iter().map(|segment| segment.seq.0).collect(),
                after,
            ),
            Next::Behind => panic!("behind"),
        }
    }

    #[tokio::test]
    async fn who_joins_gets_what_is_announced_from_then_on() {
        let hub = Hub::start();
        publish(&hub, 1..=3).await;
        let listening = hub.join().await.unwrap();
        let position = listening.position;
        let waiting = tokio::spawn({
            let hub = hub.clone();
            async move { seqs(&hub, position).await }
        });
        publish(&hub, 4..=5).await;
        let (got, after) = waiting.await.unwrap();
        let rest = if got.len() < 2 {
            seqs(&hub, after).await.0
        } else {
            Vec::new()
        };
        assert_eq!([got, rest].concat(), [4, 5]);
    }

    #[tokio::test]
    async fn who_asks_too_late_is_told_so() {
        let hub = Hub::with_ring(100);
        let listening = hub.join().await.unwrap();
        publish(&hub, 1..=100).await;
        assert!(matches!(
            hub.next(listening.position).await,
            Some(Next::Behind)
        ));
    }

    #[tokio::test]
    async fn nothing_is_kept_while_nobody_listens() {
        let hub = Hub::start();
        drop(hub.join().await.unwrap());
        publish(&hub, 1..=10).await;
        let listening = hub.join().await.unwrap();
        assert_eq!(listening.position, 0);
        publish(&hub, 11..=11).await;
        assert_eq!(seqs(&hub, listening.position).await.0, [11]);
    }

    #[tokio::test]
    async fn a_batch_is_bounded() {
        let hub = Hub::start();
        let listening = hub.join().await.unwrap();
        publish(&hub, 1..=200).await;
        let (first, after) = seqs(&hub, listening.position).await;
        assert_eq!((first.len(), after), (64, 64));
        assert_eq!(seqs(&hub, after).await.0[0], 65);
    }
}
