//! The hub without its sockets and its clock: what it is told, and what it wants done.
//!
//! Everything that decides is here and in the files that add to it,
//! so that a simulation can run it with any order of events and any socket.

use std::collections::{HashMap, VecDeque};
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use agent_tracer_core::wire::follow::{Subscribe, Topic};

use super::client::{Client, Following, Plain};
use super::connection::{Connection, Written};
use super::frame::{CloseReason, pong};
use super::inbound::Inbound;
use super::ring::Ring;
use super::topics::Topics;

/// One connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ConnectionId(pub usize);

/// What the engine needs to know of the store.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ask {
    /// The state for plain clients, at this commit or later.
    Snapshot(u64),
    /// What happened to a topic.
    CatchUp {
        connection: ConnectionId,
        topic: Topic,
        /// After this commit.
        after: u64,
    },
    /// The figures of a topic.
    Figures(Topic),
}

/// How a connection's turn ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It has everything.
    Done,
    /// It gets more when its socket takes more.
    Blocked,
    /// It said goodbye, and so did we.
    Closed,
}

/// Bounds that a test may lower.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many bytes of frames are kept for those who are behind; for each of the two streams.
    pub ring_bytes: usize,
    /// How many rows a client may have missed.
    pub missed_rows: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            ring_bytes: 16 << 20,
            missed_rows: 1_000,
        }
    }
}

/// The state of the hub.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(super) epoch: String,
    pub(super) limits: Limits,
    /// The last commit that is durable, and may not have been told yet.
    pub(super) committed: Arc<AtomicU64>,
    /// The last commit that was told.
    pub(super) published: u64,
    pub(super) plain: Ring,
    pub(super) following: Ring,
    pub(super) topics: Topics,
    pub(super) connections: HashMap<ConnectionId, Box<Connection>>,
    next_connection: usize,
    pub(super) to_write: VecDeque<ConnectionId>,
    pub(super) asks: VecDeque<Ask>,
    pub(super) snapshot_asked: bool,
    /// What [`Self::pinned`] says may have changed.
    pub(super) pin_moved: bool,
    scratch: Vec<Range<usize>>,
}

impl Engine {
    pub(crate) fn new(epoch: String, committed: Arc<AtomicU64>, limits: Limits) -> Self {
        let published = committed.load(Ordering::SeqCst);
        let mut engine = Self {
            epoch,
            limits,
            committed,
            published,
            plain: Ring::new(limits.ring_bytes),
            following: Ring::new(limits.ring_bytes),
            topics: Topics::default(),
            connections: HashMap::new(),
            next_connection: 0,
            to_write: VecDeque::new(),
            asks: VecDeque::new(),
            snapshot_asked: false,
            pin_moved: false,
            scratch: Vec::new(),
        };
        engine.restart();
        engine
    }

    /// Takes a new client in.
    pub(crate) fn connect(&mut self, wants: Option<Vec<Subscribe>>, now: Instant) -> ConnectionId {
        if self.connections.is_empty() {
            self.restart();
        }
        let id = ConnectionId(self.next_connection);
        self.next_connection += 1;
        let (client, position) = match wants {
            None => (
                Client::Plain(Plain::Wanting {
                    since: self.published,
                    not_before: now,
                }),
                self.plain.end(),
            ),
            Some(wanted) => {
                let wanted = wanted.into();
                let following = Following {
                    wanted,
                    ..Following::default()
                };
                (Client::Following(following), self.following.end())
            }
        };
        let connection = Connection::new(client, position, now);
        self.connections.insert(id, Box::new(connection));
        self.ask_snapshot(now);
        self.list(id);
        id
    }

    /// Forgets a client.
    pub(crate) fn disconnect(&mut self, id: ConnectionId) {
        let Some(connection) = self.connections.remove(&id) else {
            return;
        };
        if let Client::Following(following) = &connection.client {
            self.pin_moved |= !following.resyncs.is_empty();
            for subscription in &following.subscriptions {
                self.topics.leave(&subscription.topic);
            }
        }
        if self.connections.is_empty() {
            self.restart();
        }
    }

    /// Nobody listens, or the first one does: what was told is of no use any more.
    fn restart(&mut self) {
        self.published = self.published.max(self.committed.load(Ordering::SeqCst));
        self.plain.restart(self.published);
        self.following.restart(self.published);
    }

    /// Takes what a client sent.
    pub(crate) fn received(&mut self, id: ConnectionId, bytes: &[u8], now: Instant) {
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.heard_at = now;
            connection.decoder.feed(bytes);
            self.list(id);
        }
    }

    /// Whether more of what a client sends is to be read: not while answers are owed to it.
    pub(crate) fn is_listening(&self, id: ConnectionId) -> bool {
        let connection = self.connections.get(&id);
        connection.is_some_and(|it| it.is_listened_to())
    }

    /// The next of those who may have something to be written; it is to get a turn.
    pub(crate) fn next_listed(&mut self) -> Option<ConnectionId> {
        let id = self.to_write.pop_front()?;
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.listed = false;
        }
        Some(id)
    }

    /// Whether somebody may have something to be written.
    pub(crate) fn has_listed(&self) -> bool {
        !self.to_write.is_empty()
    }

    /// What is to be asked of the store.
    pub(crate) fn next_ask(&mut self) -> Option<Ask> {
        self.asks.pop_front()
    }

    /// Takes an ask back that could not be passed on.
    pub(crate) fn ask_again(&mut self, ask: Ask) {
        self.asks.push_front(ask);
    }

    /// Writes what a client is to get, and does what it asked for once it has everything.
    ///
    /// # Errors
    /// Those of the socket; the connection is to be dropped then.
    pub(crate) fn turn(
        &mut self,
        id: ConnectionId,
        socket: &mut impl Write,
        now: Instant,
    ) -> io::Result<Turn> {
        loop {
            let Some(connection) = self.connections.get_mut(&id) else {
                return Ok(Turn::Closed);
            };
            let ring = match connection.client {
                Client::Plain(_) => &self.plain,
                Client::Following(_) => &self.following,
            };
            match connection.write(ring, socket, &mut self.scratch, now)? {
                Written::Blocked => return Ok(Turn::Blocked),
                Written::Behind => self.fell_behind(id, now),
                Written::All if connection.closing.is_some() => return Ok(Turn::Closed),
                Written::All => {
                    if !self.proceed(id, now) {
                        return Ok(Turn::Done);
                    }
                }
            }
        }
    }

    /// Takes the next step of a client that has everything; says whether there may be more.
    fn proceed(&mut self, id: ConnectionId, now: Instant) -> bool {
        let Some(connection) = self.connections.get_mut(&id) else {
            return false;
        };
        if matches!(connection.client, Client::Following(_))
            && let Some(more) = self.recover(id, now)
        {
            return more;
        }
        let Some(connection) = self.connections.get_mut(&id) else {
            return false;
        };
        match connection.decoder.next() {
            Ok(None) => return false,
            Ok(Some(Inbound::Ping(payload))) => connection.owed.push_back(pong(&payload)),
            Ok(Some(Inbound::Pong)) => {}
            Ok(Some(Inbound::Close)) => connection.close(CloseReason::NORMAL, now),
            Ok(Some(Inbound::Text(text))) => self.command(id, &text, now),
            Ok(Some(Inbound::Binary)) => self.command(id, "", now),
            Err(reason) => connection.close(reason, now),
        }
        true
    }

    /// Says goodbye to everybody.
    pub(crate) fn stop(&mut self, now: Instant) {
        for connection in self.connections.values_mut() {
            connection.close(CloseReason::AWAY, now);
        }
        self.list_all();
    }

    /// Whether nobody is connected.
    pub(crate) fn is_empty(&self) -> bool {
        self.connections.is_empty()
    }

    pub(super) fn list(&mut self, id: ConnectionId) {
        if let Some(connection) = self.connections.get_mut(&id)
            && !connection.listed
        {
            connection.listed = true;
            self.to_write.push_back(id);
        }
    }

    pub(super) fn list_all(&mut self) {
        for (id, connection) in &mut self.connections {
            if !connection.listed {
                connection.listed = true;
                self.to_write.push_back(*id);
            }
        }
    }
}
