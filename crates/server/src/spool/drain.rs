//! The server's side: what waits is taken as soon as it is noticed.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use agent_tracer_core::command::{Command, Reply};
use agent_tracer_core::redact::Redactor;
use tokio::sync::{oneshot, watch};

use super::lost::Gap;
use super::{Spool, Waiting, folder};
use crate::clock;
use crate::commit::{CommitError, Committer};
use crate::http::HookCall;

/// How often the folder is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// How many calls are read at a time, and about how many bytes.
const BATCH_CALLS_MAX: usize = 64;
const BATCH_BYTES_MAX: u64 = 1 << 20;

/// A spool, and where what waits in it goes.
pub(crate) struct Drained {
    pub spool: Spool,
    pub redactor: Arc<Redactor>,
    pub committer: Committer,
    /// Set once all that waited is taken.
    pub caught_up: Arc<AtomicBool>,
}

impl Drained {
    /// Takes what waits, in order, until the server stops. A call is removed once it is durable;
    /// if the server ends before, it is taken again, and counts once by its name.
    pub(crate) async fn run(self, mut stopping: watch::Receiver<bool>) {
        while !*stopping.borrow() {
            if !self.take_batch().await {
                let stopped = stopping.wait_for(|stopping| *stopping);
                drop(tokio::time::timeout(LOOK_EVERY, stopped).await);
            }
        }
    }

    /// Takes the oldest calls; once there are none, what is to be told of losses. Says whether
    /// there may be more to take at once.
    async fn take_batch(&self) -> bool {
        let redactor = Arc::clone(&self.redactor);
        let calls = on(&self.spool, move |spool| read_batch(spool, &redactor))
            .await
            .unwrap_or_default();
        self.caught_up.store(calls.is_empty(), Ordering::Relaxed);
        if calls.is_empty() {
            tell_losses(&self.spool, &self.committer).await;
            return false;
        }
        let taken = commit_all(&self.committer, calls).await;
        let removed = on(&self.spool, move |spool| remove(spool, &taken)).await;
        removed.unwrap_or(false)
    }
}

/// Commits calls in their order; gives those that need to wait no longer.
async fn commit_all(committer: &Committer, calls: Vec<Call>) -> Vec<Waiting> {
    let mut queued = Vec::new();
    for Call { waiting, command } in calls {
        let Some(command) = command else {
            queued.push((waiting, None));
            continue;
        };
        match queue(committer, command, waiting.bytes).await {
            Ok(answer) => queued.push((waiting, Some(answer))),
            // Too much waits to be committed: the next look comes soon enough.
            Err(_) => break,
        }
    }
    let mut taken = Vec::new();
    for (waiting, answer) in queued {
        if is_taken(answer).await {
            taken.push(waiting);
        }
    }
    taken
}

/// Does what may wait for the disk.
async fn on<T: Send + 'static>(
    spool: &Spool,
    work: impl FnOnce(&Spool) -> io::Result<T> + Send + 'static,
) -> Option<T> {
    let spool = spool.clone();
    let result = tokio::task::spawn_blocking(move || work(&spool))
        .await
        .ok()?;
    result
        .inspect_err(|error| tracing::warn!(%error, "what waits in the spool cannot be taken"))
        .ok()
}

struct Call {
    waiting: Waiting,
    /// What is to be committed; nothing if no server would take it.
    command: Option<Command>,
}

fn read_batch(spool: &Spool, redactor: &Arc<Redactor>) -> io::Result<Vec<Call>> {
    folder::finish_abandoned(&spool.folder, clock::system())?;
    let (mut batch, mut bytes) = (Vec::new(), 0);
    for waiting in spool.waiting()?.into_iter().take(BATCH_CALLS_MAX) {
        bytes += waiting.bytes;
        if bytes > BATCH_BYTES_MAX && !batch.is_empty() {
            break;
        }
        batch.extend(read_call(spool, waiting, redactor)?);
    }
    Ok(batch)
}

/// Reads a call; nothing if it is not whole, or somebody took it meanwhile.
fn read_call(
    spool: &Spool,
    waiting: Waiting,
    redactor: &Arc<Redactor>,
) -> io::Result<Option<Call>> {
    match spool.read(&waiting) {
        Ok((envelope, payload)) => {
            let call = HookCall {
                envelope,
                redactor: Arc::clone(redactor),
                was_redacted: true,
            };
            let command = call.command(&payload).inspect_err(|refusal| {
                tracing::debug!(?refusal, "a hook call of the spool is refused");
            });
            let command = command.ok();
            Ok(Some(Call { waiting, command }))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            spool.lose_torn(waiting.micros())?;
            spool.remove(&waiting)?;
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

type Answer = oneshot::Receiver<Result<Reply, CommitError>>;

async fn queue(committer: &Committer, command: Command, bytes: u64) -> Result<Answer, CommitError> {
    let place = committer.reserve(usize::try_from(bytes).unwrap_or(usize::MAX))?;
    committer.queue(command, place).await
}

/// Whether a call needs to wait no longer: it is durable, or no server would take it.
async fn is_taken(answer: Option<Answer>) -> bool {
    match answer {
        None => true,
        Some(answer) => matches!(answer.await, Ok(Ok(_) | Err(CommitError::Rejected(_)))),
    }
}

/// Removes calls; says whether there were any.
fn remove(spool: &Spool, taken: &[Waiting]) -> io::Result<bool> {
    for waiting in taken {
        spool.remove(waiting)?;
    }
    Ok(!taken.is_empty())
}

/// Tells what was lost, when all that was kept is taken: then its session is there.
async fn tell_losses(spool: &Spool, committer: &Committer) {
    for path in on(spool, Spool::put_losses_aside).await.unwrap_or_default() {
        let from = path.clone();
        let Some(gaps) = on(spool, move |_| Spool::gaps(&from)).await else {
            continue;
        };
        if tell(committer, gaps).await {
            on(spool, move |_| std::fs::remove_file(&path)).await;
        }
    }
}

async fn tell(committer: &Committer, gaps: Vec<Gap>) -> bool {
    for gap in gaps {
        tracing::warn!(?gap, "hook calls were lost");
        let Ok(answer) = queue(committer, gap.command(), 0).await else {
            return false;
        };
        if !is_taken(Some(answer)).await {
            return false;
        }
    }
    true
}
