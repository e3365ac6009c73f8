//! The way to the hub, which is a thread of its own ([`super::worker`]).
//!
//! A change is encoded once; each client costs one write of bytes that are already there. A
//! library's socket per client would cost a task, a buffer and a copy each, which is most of what
//! such a server spends.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread::JoinHandle;

use agent_tracer_core::wire::follow::Subscribe;
use agent_tracer_store::{ReaderPool, RemovalPin};
use mio::{Poll, Token, Waker};
use tokio::sync::{mpsc, watch};

use super::engine::{Engine, Limits};
use super::publish::Published;
use super::reads::{Answer, Reads};
use super::worker::Worker;

/// How many messages may wait for the hub. It never waits itself, so this is soon empty.
const INBOX_LENGTH: usize = 1024;
const WAKE: Token = Token(usize::MAX);

/// What the hub is told.
pub(super) enum Mail {
    /// Commits, and whether more of them follow at once.
    Publish(Vec<Published>, bool),
    Connect(Box<Arrival>),
    Answer(Answer),
    Stop,
}

/// A client whose handshake is done.
pub(crate) struct Arrival {
    pub stream: std::net::TcpStream,
    /// What it sent after the handshake already.
    pub sent: bytes::Bytes,
    /// What it wants to follow; `None` for a plain client.
    pub wants: Option<Vec<Subscribe>>,
    /// Dropped when the connection is.
    pub alive: watch::Receiver<()>,
}

/// What the hub and those who talk to it share.
pub(super) struct Shared {
    waker: Waker,
    /// A wake-up is on its way.
    pub(super) woken: AtomicBool,
    pub(super) listeners: AtomicUsize,
    committed: Arc<AtomicU64>,
    /// Keeps removals for those who read anew.
    pub(super) pin: RemovalPin,
}

/// The way to the hub.
#[derive(Clone)]
pub(crate) struct Hub {
    mail: mpsc::Sender<Mail>,
    shared: Arc<Shared>,
}

/// What the hub needs from the store.
pub(crate) struct Source {
    pub readers: Arc<ReaderPool>,
    pub epoch: String,
    /// The last commit.
    pub seq: u64,
    /// Keeps removals for those who read anew.
    pub pin: RemovalPin,
}

impl Hub {
    /// Starts the hub.
    ///
    /// # Errors
    /// When the system gives no way to wait for sockets.
    pub(crate) fn start(source: Source) -> io::Result<(Self, JoinHandle<()>)> {
        let poll = Poll::new()?;
        let (mail, inbox) = mpsc::channel(INBOX_LENGTH);
        let committed = Arc::new(AtomicU64::new(source.seq));
        let shared = Arc::new(Shared {
            waker: Waker::new(poll.registry(), WAKE)?,
            woken: AtomicBool::new(false),
            listeners: AtomicUsize::new(0),
            committed: Arc::clone(&committed),
            pin: source.pin,
        });
        let hub = Self {
            mail,
            shared: Arc::clone(&shared),
        };
        let reads = Reads::start(&source.readers, Arc::clone(&committed), &hub);
        let engine = Engine::new(source.epoch, committed, Limits::default());
        let worker = Worker::new(poll, inbox, shared, reads, engine);
        let thread = std::thread::Builder::new().name("hub".into());
        let thread = thread.spawn(move || worker.run())?;
        Ok((hub, thread))
    }

    /// Announces commits, which are durable. Blocks while the inbox is full: call it from a
    /// thread that may wait.
    ///
    /// With `more`, further commits are under way: these may wait a moment, to go out with them.
    pub(crate) fn publish(&self, published: Vec<Published>, more: bool) {
        let Some(last) = published.last() else { return };
        // In this order: who joins between the two takes the number and misses nothing.
        self.shared.committed.store(last.seq.0, Ordering::SeqCst);
        if self.shared.listeners.load(Ordering::SeqCst) > 0 {
            // Fails only when the hub is gone, and then there is nobody to tell.
            drop(self.mail.blocking_send(Mail::Publish(published, more)));
            self.wake();
        }
    }

    /// Hands a client over.
    pub(crate) async fn connect(&self, arrival: Arrival) {
        self.send(Mail::Connect(Box::new(arrival))).await;
    }

    pub(super) async fn answer(&self, answer: Answer) {
        self.send(Mail::Answer(answer)).await;
    }

    /// Says goodbye to everybody, and ends.
    pub(crate) async fn stop(&self) {
        self.send(Mail::Stop).await;
    }

    async fn send(&self, mail: Mail) {
        // Fails only when the hub is gone.
        drop(self.mail.send(mail).await);
        self.wake();
    }

    fn wake(&self) {
        if !self.shared.woken.swap(true, Ordering::SeqCst)
            && let Err(error) = self.shared.waker.wake()
        {
            tracing::error!(%error, "the hub could not be woken");
        }
    }
}
