//! The workers that read the store for the hub: one for snapshots, one for all else.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use agent_tracer_core::time::Timestamp;
use agent_tracer_core::wire::Message;
use agent_tracer_core::wire::follow::{ChangedRows, Figures, FollowFrame, Topic};
use agent_tracer_store::{ChangedSince, Read, ReaderPool, Seq, StoreError};
use bytes::Bytes;
use tokio::sync::{Semaphore, mpsc};

use super::catchup::{Missed, MissedRows};
use super::cut::cut_rows;
use super::engine::{Ask, ConnectionId};
use super::frame::{json, text_of};
use super::hub::Hub;
use super::topics::FiguresRead;
use crate::clock;

/// About how many rows one read of a catch-up takes.
const CATCH_UP_ROWS: usize = 100;
/// How many reads run at a time.
const READS_AT_ONCE: usize = 2;
/// How many asks may wait; what does not fit waits in the engine.
const ASKS_WAITING: usize = 64;

/// What the store said.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The state for plain clients as a frame, and its commit; `None` if it cannot be read.
    Snapshot(Option<(u64, Bytes)>),
    /// What a client missed.
    Missed(ConnectionId, Topic, Missed),
    /// The figures of a topic; `None` if there are none.
    Figures(Topic, Option<FiguresRead>),
}

/// The way to the workers. They end when it is dropped.
pub(super) struct Reads {
    snapshots: mpsc::Sender<u64>,
    others: mpsc::Sender<Ask>,
}

impl Reads {
    pub(super) fn start(readers: &Arc<ReaderPool>, committed: Arc<AtomicU64>, hub: &Hub) -> Self {
        let (snapshots, inbox) = mpsc::channel(1);
        tokio::spawn(work_snapshots(
            inbox,
            Arc::clone(readers),
            committed,
            hub.clone(),
        ));
        let (others, inbox) = mpsc::channel(ASKS_WAITING);
        tokio::spawn(work_others(inbox, Arc::clone(readers), hub.clone()));
        Self { snapshots, others }
    }

    /// Asks; gives the ask back if too many wait already.
    pub(super) fn ask(&self, ask: Ask) -> Result<(), Ask> {
        match ask {
            Ask::Snapshot(since) => {
                let sent = self.snapshots.try_send(since);
                sent.map_err(|_full| Ask::Snapshot(since))
            }
            ask => self.others.try_send(ask).map_err(|error| match error {
                mpsc::error::TrySendError::Full(ask) | mpsc::error::TrySendError::Closed(ask) => {
                    ask
                }
            }),
        }
    }
}

/// Encodes the state for plain clients once for each commit, however many want it.
async fn work_snapshots(
    mut asks: mpsc::Receiver<u64>,
    readers: Arc<ReaderPool>,
    committed: Arc<AtomicU64>,
    hub: Hub,
) {
    let mut newest: Option<(u64, Bytes)> = None;
    while let Some(since) = asks.recv().await {
        let now = committed.load(Ordering::SeqCst);
        let is_new = |(seq, _): &(u64, Bytes)| *seq >= since && *seq >= now;
        if !newest.as_ref().is_some_and(is_new) {
            let readers = Arc::clone(&readers);
            let read = tokio::task::spawn_blocking(move || read_snapshot(&readers));
            newest = read.await.ok().flatten();
        }
        hub.answer(Answer::Snapshot(newest.clone())).await;
        if asks.is_empty() && !is_shared(newest.as_ref()) {
            // Nobody else has it: it need not be kept until the next one is wanted.
            newest = None;
        }
    }
}

fn is_shared(snapshot: Option<&(u64, Bytes)>) -> bool {
    snapshot.is_some_and(|(_, frame)| !frame.is_unique())
}

fn read_snapshot(readers: &ReaderPool) -> Option<(u64, Bytes)> {
    match readers.with(|reader| read_of(reader).snapshot(clock::now())) {
        Ok((seq, stats, tasks)) => {
            let frame = text_of(&Message::Snapshot { stats, tasks })?;
            Some((seq.0, frame))
        }
        Err(error) => {
            tracing::error!(%error, "a snapshot could not be read");
            None
        }
    }
}

async fn work_others(mut asks: mpsc::Receiver<Ask>, readers: Arc<ReaderPool>, hub: Hub) {
    let turns = Arc::new(Semaphore::new(READS_AT_ONCE));
    while let Some(ask) = asks.recv().await {
        let Ok(turn) = Arc::clone(&turns).acquire_owned().await else {
            return;
        };
        let (readers, hub) = (Arc::clone(&readers), hub.clone());
        tokio::spawn(async move {
            let read = tokio::task::spawn_blocking(move || answer(&readers, ask));
            if let Ok(Some(answer)) = read.await {
                hub.answer(answer).await;
            }
            drop(turn);
        });
    }
}

fn answer(readers: &ReaderPool, ask: Ask) -> Option<Answer> {
    match ask {
        Ask::Snapshot(_) => None,
        Ask::CatchUp {
            connection,
            topic,
            after,
        } => {
            let read = |reader: &_| missed(read_of(reader), &topic, after, CATCH_UP_ROWS);
            let missed = readers.with(read).unwrap_or_else(|error| {
                tracing::error!(%error, %topic, "what was missed could not be read");
                Missed::Failed
            });
            Some(Answer::Missed(connection, topic, missed))
        }
        Ask::Figures(topic) => {
            let figures = readers.with(|reader| figures(read_of(reader), &topic, clock::now()));
            let read = figures.unwrap_or_else(|error| {
                tracing::error!(%error, %topic, "figures could not be read");
                None
            });
            Some(Answer::Figures(topic, read))
        }
    }
}

/// One page of what a client missed.
pub(super) fn missed(
    reader: &dyn Read,
    topic: &Topic,
    after: u64,
    rows_about: usize,
) -> Result<Missed, StoreError> {
    let changed = reader.changed_since(topic, Seq(after), rows_about)?;
    let (mut rows, through, now) = match changed {
        ChangedSince::Rows { rows, through, now } => (rows, through.0, now.0),
        ChangedSince::Window => return Ok(Missed::Window),
        ChangedSince::Removed { now } => return Ok(Missed::Removed(now.0)),
    };
    cut_rows(&mut rows);
    let count = rows.len();
    let frame = text_of(&FollowFrame::Catchup {
        topic: topic.clone(),
        seq: through,
        prev: after,
        payload: ChangedRows { rows },
    });
    Ok(Missed::Rows(MissedRows {
        frame,
        count,
        through,
        now,
    }))
}

/// The figures of a topic as of `now`.
pub(super) fn figures(
    reader: &dyn Read,
    topic: &Topic,
    now: Timestamp,
) -> Result<Option<FiguresRead>, StoreError> {
    let read = match topic {
        Topic::Overview => {
            let (seq, stats, observability) = reader.overview(now)?;
            let figures = Figures::Overview {
                stats,
                observability,
            };
            Some((seq, figures))
        }
        Topic::Task(id) => reader
            .observability(id, now)?
            .map(|(seq, observability)| (seq, Figures::Task { observability })),
        Topic::Bookmarks => None,
    };
    Ok(read.and_then(|(seq, payload)| {
        let seq = seq.0;
        let payload = json(&FollowFrame::Figures {
            topic: topic.clone(),
            seq,
            payload,
        })?;
        Some(FiguresRead { seq, payload })
    }))
}

/// The reader as what the store promises of it.
fn read_of(reader: &agent_tracer_store::Reader) -> &dyn Read {
    reader
}
