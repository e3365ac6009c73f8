//! The commit worker: the one thread that writes.
//!
//! It takes whatever is queued as one group, so that many requests share one sync of the disk, and
//! answers each of them only when the group is durable. What was committed is told to the hub
//! afterwards, in the order of the commits: nothing is announced that is not committed, and
//! everything committed is announced.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use agent_tracer_core::command::{Command, Rejection, Reply};
use agent_tracer_store::{Outcome, Refused, StoreError, Write};
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

/// How many rows of deleted tasks are removed at a time: few enough that nobody behind them notices.
const SWEPT_ROWS: usize = 250;

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

/// What the worker is asked for.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every one is a job, and a box would be one more allocation for each"
)]
enum Ask {
    Commit(Job),
    /// Remove some rows of what the trash was emptied of; say whether there may be more.
    Sweep(oneshot::Sender<Result<bool, StoreError>>),
    /// Carry out what was queued before, and end.
    Stop,
}

/// A place in the queue, free again when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    bytes: usize,
    permit: OwnedSemaphorePermit,
}

impl Place {
    /// Gives back what the body turned out not to need.
    pub(crate) fn shrink(&mut self, bytes: usize) {
        self.bytes = bytes;
        let spare = self.permit.num_permits().saturating_sub(units(bytes));
        drop(self.permit.split(spare));
    }
}

fn units(bytes: usize) -> usize {
    bytes.div_ceil(QUEUE_UNIT_BYTES).max(1)
}

struct Job {
    command: Command,
    answer: oneshot::Sender<Result<Reply, CommitError>>,
    place: Place,
}

/// The way to the commit worker.
#[derive(Clone)]
pub(crate) struct Committer {
    asks: mpsc::Sender<Ask>,
    places: Arc<Semaphore>,
    full: Arc<AtomicBool>,
}

impl Committer {
    /// Starts the worker.
    pub(crate) fn start<W: Write + Send + 'static>(writer: W, hub: Hub) -> (Self, JoinHandle<()>) {
        let (asks, queue) = mpsc::channel(QUEUE_BYTES_MAX / QUEUE_UNIT_BYTES);
        let places = Arc::new(Semaphore::new(QUEUE_BYTES_MAX / QUEUE_UNIT_BYTES));
        let worker = std::thread::Builder::new().name("commit".into());
        let full = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&full);
        let thread = worker.spawn(move || work(writer, queue, &hub, &told));
        let thread = thread.unwrap_or_else(|error| panic!("cannot start a thread: {error}"));
        (Self { asks, places, full }, thread)
    }

    /// Takes a place for a command whose body has up to `bytes` bytes. To be taken before the body
    /// is read, so that what waits is bounded together with what arrives.
    pub(crate) fn reserve(&self, bytes: usize) -> Result<Place, CommitError> {
        let units = u32::try_from(units(bytes)).unwrap_or(u32::MAX);
        let permit = Arc::clone(&self.places).try_acquire_many_owned(units);
        let permit = permit.map_err(|_all_taken| CommitError::Busy)?;
        Ok(Place { bytes, permit })
    }

    /// Carries out a command, and answers when it is durable.
    pub(crate) async fn commit(
        &self,
        command: Command,
        place: Place,
    ) -> Result<Reply, CommitError> {
        let answered = self.queue(command, place).await?;
        answered.await.unwrap_or(Err(CommitError::Stopping))
    }

    /// Puts a command behind those that were queued before; gives where the answer will come.
    pub(crate) async fn queue(
        &self,
        command: Command,
        place: Place,
    ) -> Result<oneshot::Receiver<Result<Reply, CommitError>>, CommitError> {
        let (answer, answered) = oneshot::channel();
        let job = Job {
            command,
            answer,
            place,
        };
        self.asks
            .send(Ask::Commit(job))
            .await
            .map_err(|_closed| CommitError::Stopping)?;
        Ok(answered)
    }

    /// Lets the worker remove some rows of what the trash was emptied of, behind the commands that
    /// were queued before; says whether there may be more.
    pub(crate) async fn sweep(&self) -> Result<bool, CommitError> {
        let (answer, answered) = oneshot::channel();
        let sent = self.asks.send(Ask::Sweep(answer)).await;
        sent.map_err(|_closed| CommitError::Stopping)?;
        match answered.await {
            Ok(Ok(more)) => Ok(more),
            Ok(Err(error)) => {
                tracing::warn!(%error, "rows of deleted tasks could not be removed yet");
                Err(CommitError::Failed)
            }
            Err(_stopped) => Err(CommitError::Stopping),
        }
    }

    /// Whether the newest group could not be stored because the disk is full.
    pub(crate) fn is_full(&self) -> bool {
        self.full.load(Ordering::Relaxed)
    }

    /// Lets the worker carry out what was queued before this call, and end.
    pub(crate) async fn stop(&self) {
        // Fails only when the worker has ended already.
        drop(self.asks.send(Ask::Stop).await);
    }
}

fn work<W: Write>(mut writer: W, mut queue: mpsc::Receiver<Ask>, hub: &Hub, full: &AtomicBool) {
    let mut next = queue.blocking_recv();
    while let Some(ask) = next {
        next = match ask {
            Ask::Commit(first) => {
                let (group, after) = gather(first, &mut queue);
                let result = writer.commit(group.commands, &clock::now, &mut UuidIds);
                full.store(matches!(result, Err(StoreError::Full)), Ordering::Relaxed);
                match result {
                    Ok(outcomes) => {
                        let published = answer_all(group.waiting, outcomes);
                        hub.publish(published, !queue.is_empty());
                    }
                    Err(error) => refuse_all(group.waiting, &error),
                }
                after.or_else(|| queue.blocking_recv())
            }
            Ask::Sweep(answer) => {
                // Who asked may be gone; the rows are found again.
                drop(answer.send(writer.sweep(SWEPT_ROWS)));
                queue.blocking_recv()
            }
            Ask::Stop => None,
        };
    }
    if let Err(error) = writer.finish() {
        tracing::warn!(%error, "the log could not be moved into the database");
    }
}

type Waiting = (oneshot::Sender<Result<Reply, CommitError>>, Place);

/// Commands that share one sync.
#[derive(Default)]
struct Group {
    commands: Vec<Command>,
    waiting: Vec<Waiting>,
    bytes: usize,
}

impl Group {
    fn push(&mut self, job: Job) {
        self.commands.push(job.command);
        self.bytes += job.place.bytes;
        self.waiting.push((job.answer, job.place));
    }

    fn is_full(&self) -> bool {
        self.commands.len() >= GROUP_COMMANDS_MAX || self.bytes >= GROUP_BYTES_MAX
    }
}

/// Takes what is queued, up to a group's bounds or something else; gives that too. Never waits.
fn gather(first: Job, queue: &mut mpsc::Receiver<Ask>) -> (Group, Option<Ask>) {
    let mut group = Group::default();
    group.push(first);
    while !group.is_full() {
        match queue.try_recv() {
            Ok(Ask::Commit(job)) => group.push(job),
            Ok(other) => return (group, Some(other)),
            Err(_) => break,
        }
    }
    (group, None)
}

/// Answers those who wait; gives what is to be announced.
fn answer_all(waiting: Vec<Waiting>, outcomes: Vec<Outcome>) -> Vec<Published> {
    let mut published = Vec::new();
    for ((answer, place), outcome) in waiting.into_iter().zip(outcomes) {
        let result = outcome.map_err(refusal).map(|committed| {
            if let Some(seq) = committed.seq {
                published.push(Published {
                    seq,
                    messages: committed.messages,
                    topics: committed.topics,
                });
            }
            committed.reply
        });
        // Before the answer: who has it may count on the place being free again.
        drop(place);
        // The client may be gone; what it asked for is stored all the same.
        drop(answer.send(result));
    }
    published
}

/// What one command of a stored group is answered when it could not be carried out.
fn refusal(refused: Refused) -> CommitError {
    match refused {
        Refused::Rejected(rejection) => CommitError::Rejected(rejection),
        Refused::Failed(error) => {
            tracing::error!(%error, "a request could not be stored");
            CommitError::Failed
        }
    }
}

fn refuse_all(waiting: Vec<Waiting>, error: &StoreError) {
    tracing::error!(%error, requests = waiting.len(), "a group of requests could not be stored");
    for (answer, place) in waiting {
        drop(place);
        let refusal = match error {
            StoreError::Full => CommitError::Full,
            _ => CommitError::Failed,
        };
        drop(answer.send(Err(refusal)));
    }
}
