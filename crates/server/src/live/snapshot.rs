use std::sync::Arc;

use agent_tracer_core::wire::Message;
use agent_tracer_store::{Read as _, ReaderPool, Seq};
use axum::extract::ws::Utf8Bytes;
use tokio::sync::{mpsc, oneshot};

use super::hub::frame;
use crate::clock;

/// How many connections may wait for a snapshot.
const INBOX_LENGTH: usize = 1024;

/// The state of everything at one commit, encoded as the first frame of a connection.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    /// The commit.
    pub seq: Seq,
    /// The frame.
    pub frame: Utf8Bytes,
}

type Answer = oneshot::Sender<Snapshot>;

/// The way to the snapshot worker: one read serves all who wait for one.
#[derive(Clone)]
pub(crate) struct Snapshots(mpsc::Sender<Answer>);

impl Snapshots {
    /// Starts the worker.
    pub(crate) fn start(readers: Arc<ReaderPool>) -> Self {
        let (answers, inbox) = mpsc::channel(INBOX_LENGTH);
        tokio::spawn(work(inbox, readers));
        Self(answers)
    }

    /// A snapshot that was read after this call. `None` when it cannot be read, or the server
    /// stops.
    pub(crate) async fn take(&self) -> Option<Snapshot> {
        let (answer, answered) = oneshot::channel();
        self.0.send(answer).await.ok()?;
        answered.await.ok()
    }
}

async fn work(mut inbox: mpsc::Receiver<Answer>, readers: Arc<ReaderPool>) {
    let mut waiting: Vec<Answer> = Vec::new();
    while inbox.recv_many(&mut waiting, INBOX_LENGTH).await > 0 {
        let readers = Arc::clone(&readers);
        let read = tokio::task::spawn_blocking(move || read(&readers))
            .await
            .ok()
            .flatten();
        for answer in waiting.drain(..) {
            if let Some(snapshot) = &read {
                drop(answer.send(snapshot.clone()));
            }
        }
    }
}

fn read(readers: &ReaderPool) -> Option<Snapshot> {
    match readers.with(|reader| reader.snapshot(clock::now())) {
        Ok((seq, stats, tasks)) => Some(Snapshot {
            seq,
            frame: frame(&Message::Snapshot { stats, tasks })?,
        }),
        Err(error) => {
            tracing::error!(%error, "a snapshot could not be read");
            None
        }
    }
}
