//! Many clients in one thread, which read, count and forget.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{bail, ensure};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::frames::{Kind, Parser};
use super::socket::{PATIENCE, connect};

/// What all clients heard together.
#[derive(Default)]
struct Totals {
    changes: AtomicU64,
    greetings: AtomicU64,
    now: AtomicU64,
    troubles: AtomicU64,
    /// Bytes of changes and of what is told now and then.
    bytes: AtomicU64,
    /// Reads that gave something: about as many as the server wrote.
    reads: AtomicU64,
    left: AtomicU64,
    /// Who waits is woken when there are so many changes, or greetings.
    wanted: AtomicU64,
    reached: Notify,
}

/// The clients; they leave when this is dropped.
pub(super) struct Crowd {
    totals: Arc<Totals>,
    each: Vec<Arc<AtomicU64>>,
    greetings: u64,
    /// Dropped, it ends the readers.
    _readers: JoinSet<()>,
}

/// What was heard since the clients came.
#[derive(Clone, Copy)]
pub(super) struct Count {
    pub(super) changes: u64,
    pub(super) now: u64,
    pub(super) bytes: u64,
    pub(super) reads: u64,
}

impl Crowd {
    /// Connects `count` clients and waits until each was greeted as often as it must be.
    pub(super) async fn join(
        port: u16,
        path: &str,
        count: u32,
        greetings: u64,
    ) -> anyhow::Result<Self> {
        let totals = Arc::new(Totals::default());
        let mut readers = JoinSet::new();
        let mut each = Vec::new();
        // Large enough that a burst is one read if it was one write.
        let buffer = Arc::new(Mutex::new(vec![0; 64 << 10]));
        for _ in 0..count {
            let (stream, rest) = connect(port, path, None).await?;
            let changes = Arc::new(AtomicU64::new(0));
            each.push(Arc::clone(&changes));
            let mut reader = Reader {
                parser: Parser::of_heads(),
                changes,
                totals: Arc::clone(&totals),
            };
            reader.take(&rest);
            readers.spawn(reader.run(stream, Arc::clone(&buffer)));
        }
        let crowd = Self {
            totals,
            each,
            greetings: greetings * u64::from(count),
            _readers: readers,
        };
        crowd
            .wait(crowd.greetings, |totals| &totals.greetings, "greetings")
            .await?;
        // What follows a greeting, and the first pings, belong to no take.
        tokio::time::sleep(Duration::from_millis(100)).await;
        Ok(crowd)
    }

    pub(super) fn len(&self) -> u64 {
        self.each.len() as u64
    }

    pub(super) fn count(&self) -> Count {
        let totals = &self.totals;
        Count {
            changes: totals.changes.load(Relaxed),
            now: totals.now.load(Relaxed),
            bytes: totals.bytes.load(Relaxed),
            reads: totals.reads.load(Relaxed),
        }
    }

    /// Waits until all clients together have heard so many changes.
    pub(super) async fn heard(&self, changes: u64) -> anyhow::Result<()> {
        self.wait(changes, |totals| &totals.changes, "changes")
            .await
    }

    /// Fails unless every client heard the same, and nobody fell behind or was left.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let counts = || self.each.iter().map(|count| count.load(Relaxed));
        let (least, most) = (counts().min(), counts().max());
        ensure!(least == most, "clients heard {least:?} to {most:?} changes");
        let totals = &self.totals;
        let greetings = totals.greetings.load(Relaxed);
        ensure!(
            greetings == self.greetings && totals.troubles.load(Relaxed) == 0,
            "clients fell behind: {greetings} greetings instead of {}",
            self.greetings
        );
        let left = totals.left.load(Relaxed);
        ensure!(left == 0, "the server hung up on {left} clients");
        Ok(())
    }

    async fn wait(
        &self,
        wanted: u64,
        figure: fn(&Totals) -> &AtomicU64,
        what: &str,
    ) -> anyhow::Result<()> {
        self.totals.wanted.store(wanted, Relaxed);
        let reached = async {
            while figure(&self.totals).load(Relaxed) < wanted {
                self.totals.reached.notified().await;
            }
        };
        if timeout(PATIENCE, reached).await.is_err() {
            let heard = figure(&self.totals).load(Relaxed);
            bail!("only {heard} of {wanted} {what} came");
        }
        Ok(())
    }
}

struct Reader {
    parser: Parser,
    changes: Arc<AtomicU64>,
    totals: Arc<Totals>,
}

impl Reader {
    async fn run(mut self, stream: TcpStream, buffer: Arc<Mutex<Vec<u8>>>) {
        while stream.readable().await.is_ok() {
            // Held only while something is read: a thousand idle clients need no thousand buffers.
            let mut buffer = buffer.lock().unwrap_or_else(PoisonError::into_inner);
            match stream.try_read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => {
                    self.totals.reads.fetch_add(1, Relaxed);
                    self.take(&buffer[..read]);
                }
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(_) => break,
            }
        }
        self.totals.left.fetch_add(1, Relaxed);
    }

    fn take(&mut self, read: &[u8]) {
        let totals = &self.totals;
        self.parser.take(read, |frame| {
            let figure = match frame.kind {
                Kind::Change => &totals.changes,
                Kind::Greeting => &totals.greetings,
                Kind::Now => &totals.now,
                Kind::Trouble => &totals.troubles,
                Kind::Control => return,
            };
            if matches!(frame.kind, Kind::Change | Kind::Now) {
                totals.bytes.fetch_add(frame.bytes, Relaxed);
            }
            if frame.kind == Kind::Change {
                self.changes.fetch_add(1, Relaxed);
            }
            if figure.fetch_add(1, Relaxed) + 1 == totals.wanted.load(Relaxed) {
                totals.reached.notify_one();
            }
        });
    }
}
