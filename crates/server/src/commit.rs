//! The commit worker: the one thread that writes.
//!
//! It takes whatever is queued as one group, so that many requests share one sync of the disk, and
//! answers each of them only when the group is durable. What was committed is told to the hub
//! afterwards, in the order of the commits: nothing is announced that is not committed, and
//! everything committed is announced.

use std::sync::Arc;
use std::thread::JoinHandle;

use agent_tracer_core::command::{Command, Rejection, Reply};
use agent_tracer_store::{Outcome, StoreError, Write};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use crate::clock::{self, UuidIds};
use crate::live::{Hub, Published};

/// How many bytes of request bodies may wait to be committed. Beyond, requests are answered 503.
const QUEUE_BYTES_MAX: usize = 32 << 20;
/// The unit in which the queue's bytes are counted: a semaphore counts no higher than this allows.
const QUEUE_UNIT_BYTES: usize = 1 << 10;
/// How many commands one group takes at most.
const GROUP_COMMANDS_MAX: usize = 512;
/// How many bytes of request bodies one group takes at most (its last command may exceed it).
const GROUP_BYTES_MAX: usize = 4 << 20;

/// Why a command was not carried out.
#[derive(Debug)]
pub(crate) enum CommitError {
    /// The domain refused it.
    Rejected(Rejection),
    /// Too much waits already.
    Busy,
    /// The disk is full.
    Full,
    /// The store failed; the log says how.
    Failed,
    /// The server stops.
    Stopping,
}

struct Job {
    command: Command,
    bytes: usize,
    answer: oneshot::Sender<Result<Reply, CommitError>>,
    _place: OwnedSemaphorePermit,
}

/// The way to the commit worker. The worker ends when the last of these is dropped and the queue
/// is empty.
#[derive(Clone)]
pub(crate) struct Committer {
    jobs: mpsc::Sender<Job>,
    places: Arc<Semaphore>,
}

impl Committer {
    /// Starts the worker.
    pub(crate) fn start<W: Write + Send + 'static>(writer: W, hub: Hub) -> (Self, JoinHandle<()>) {
        let (jobs, queue) = mpsc::channel(QUEUE_BYTES_MAX / QUEUE_UNIT_BYTES);
        let places = Arc::new(Semaphore::new(QUEUE_BYTES_MAX / QUEUE_UNIT_BYTES));
        let worker = std::thread::Builder::new().name("commit".into());
        let thread = worker.spawn(move || work(writer, queue, &hub));
        let thread = thread.unwrap_or_else(|error| panic!("cannot start a thread: {error}"));
        (Self { jobs, places }, thread)
    }

    /// Carries out a command that came in a body of `bytes` bytes, and answers when it is durable.
    pub(crate) async fn commit(&self, command: Command, bytes: usize) -> Result<Reply, CommitError> {
        let units = u32::try_from(bytes / QUEUE_UNIT_BYTES + 1).unwrap_or(u32::MAX);
        let place = Arc::clone(&self.places).try_acquire_many_owned(units);
        let place = place.map_err(|_| CommitError::Busy)?;
        let (answer, answered) = oneshot::channel();
        let job = Job { command, bytes, answer, _place: place };
        self.jobs.send(job).await.map_err(|_| CommitError::Stopping)?;
        answered.await.unwrap_or(Err(CommitError::Failed))
    }
}

fn work<W: Write>(mut writer: W, mut queue: mpsc::Receiver<Job>, hub: &Hub) {
    while let Some(first) = queue.blocking_recv() {
        let (commands, waiting) = gather(first, &mut queue);
        match writer.commit(commands, &clock::now, &mut UuidIds) {
            Ok(outcomes) => answer_all(waiting, outcomes, hub),
            Err(error) => refuse_all(waiting, &error),
        }
    }
}

type Waiting = (oneshot::Sender<Result<Reply, CommitError>>, OwnedSemaphorePermit);

/// Takes what is queued, up to a group's bounds. Never waits.
fn gather(first: Job, queue: &mut mpsc::Receiver<Job>) -> (Vec<Command>, Vec<Waiting>) {
    let (mut commands, mut waiting, mut bytes) = (Vec::new(), Vec::new(), 0);
    let mut next = Some(first);
    while let Some(job) = next {
        bytes += job.bytes;
        commands.push(job.command);
        waiting.push((job.answer, job._place));
        let full = commands.len() >= GROUP_COMMANDS_MAX || bytes >= GROUP_BYTES_MAX;
        next = if full { None } else { queue.try_recv().ok() };
    }
    (commands, waiting)
}

fn answer_all(waiting: Vec<Waiting>, outcomes: Vec<Outcome>, hub: &Hub) {
    let mut published = Vec::new();
    for ((answer, place), outcome) in waiting.into_iter().zip(outcomes) {
        let result = outcome.map_err(CommitError::Rejected).map(|committed| {
            if let Some(seq) = committed.seq {
                published.push(Published { seq, messages: committed.messages });
            }
            committed.reply
        });
        // The client may be gone; what it asked for is stored all the same.
        drop(answer.send(result));
        drop(place);
    }
    if !published.is_empty() {
        hub.publish(published);
    }
}

fn refuse_all(waiting: Vec<Waiting>, error: &StoreError) {
    tracing::error!(%error, requests = waiting.len(), "a group of requests could not be stored");
    for (answer, _place) in waiting {
        let refusal = match error {
            StoreError::Full => CommitError::Full,
            _ => CommitError::Failed,
        };
        drop(answer.send(Err(refusal)));
    }
}

