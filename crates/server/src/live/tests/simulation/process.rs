//! The server: the real engine, run as the hub's thread runs it, over sockets of the simulation.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use agent_tracer_core::wire::follow::{Subscribe, Topic};
use bytes::Bytes;
use serde_json::json;

use super::super::catchup::Missed;
use super::super::engine::{Ask, ConnectionId, Engine, Limits, Turn};
use super::super::frame::text_of;
use super::super::publish::Published;
use super::super::reads;
use super::super::timers::Timers;
use super::super::topics::FiguresRead;
use super::chance::Chance;
use super::store::Store;
use super::wire::Wire;

/// How often one socket is read before others get their turn.
const READS_IN_A_TURN: usize = 16;

/// What was read of the store and has not reached the engine.
pub(super) enum Answer {
    Snapshot(u64, Bytes),
    Missed(ConnectionId, Topic, Missed),
    Figures(Topic, Option<FiguresRead>),
}

pub(super) struct Process {
    pub engine: Engine,
    timers: Timers,
    committed: Arc<AtomicU64>,
    pub epoch: String,
    pub wires: BTreeMap<ConnectionId, Wire>,
    pub asks: Vec<Ask>,
    pub answers: Vec<Answer>,
    /// Durable, and the hub was not told yet.
    pub unannounced: VecDeque<Published>,
    /// On its way to the hub.
    mail: VecDeque<Published>,
    /// How many rows a page of a catch-up has.
    page_rows: usize,
    missed_rows: usize,
}

impl Process {
    pub(super) fn start(store: &mut Store, limits: Limits, page_rows: usize, now: Instant) -> Self {
        let epoch = store.open();
        let seq = store.read(|read| Ok(read.overview(store.now())?.0.0));
        let committed = Arc::new(AtomicU64::new(seq));
        let engine = Engine::new(epoch.clone(), Arc::clone(&committed), limits);
        Self {
            engine,
            timers: Timers::new(now),
            committed,
            epoch,
            wires: BTreeMap::new(),
            asks: Vec::new(),
            answers: Vec::new(),
            unannounced: VecDeque::new(),
            mail: VecDeque::new(),
            page_rows,
            missed_rows: limits.missed_rows,
        }
    }

    pub(super) fn connect(
        &mut self,
        wants: Option<Vec<Subscribe>>,
        wire: Wire,
        now: Instant,
    ) -> ConnectionId {
        let id = self.engine.connect(wants, now);
        self.wires.insert(id, wire);
        id
    }

    /// The socket is gone.
    pub(super) fn disconnect(&mut self, id: ConnectionId) {
        self.engine.disconnect(id);
        self.wires.remove(&id);
    }

    /// What is durable becomes known to the hub: first its number, then, if anybody listens, what
    /// it was.
    pub(super) fn announce(&mut self) {
        if let Some(published) = self.unannounced.pop_front() {
            self.committed.store(published.seq.0, Ordering::SeqCst);
            if !self.wires.is_empty() {
                self.mail.push_back(published);
            }
        }
    }

    pub(super) fn publish(&mut self, now: Instant) {
        let mail: Vec<Published> = self.mail.drain(..).collect();
        self.engine.publish(mail, now);
    }

    pub(super) fn has_mail(&self) -> bool {
        !self.mail.is_empty() || !self.unannounced.is_empty()
    }

    /// Gives everybody who may have something their turn, as the hub's thread does.
    pub(super) fn serve(&mut self, store: &Store, now: Instant) {
        for _ in 0..1_000 {
            let mut listed: Vec<_> = std::iter::from_fn(|| self.engine.next_listed()).collect();
            if listed.is_empty() {
                break;
            }
            listed.sort();
            for id in listed {
                self.serve_one(id, now);
            }
        }
        let mut asks: Vec<Ask> = std::iter::from_fn(|| self.engine.next_ask()).collect();
        // The engine's order depends on how it hashes.
        asks.sort_by_key(|ask| format!("{ask:?}"));
        self.asks.extend(asks);
        self.pin(store, now);
    }

    fn serve_one(&mut self, id: ConnectionId, now: Instant) {
        for _ in 0..READS_IN_A_TURN {
            let Some(wire) = self.wires.get_mut(&id).filter(|wire| !wire.ended) else {
                return;
            };
            if !wire.blocked {
                match self.engine.turn(id, wire, now) {
                    Ok(Turn::Done) => {}
                    Ok(Turn::Blocked) => wire.blocked = true,
                    Ok(Turn::Closed) | Err(_) => return self.end(id),
                }
            }
            super::bounds::check(&self.engine, id, self.page_rows, self.missed_rows);
            if wire.up.is_empty() || !self.engine.is_listening(id) {
                return;
            }
            let bytes = wire.take_up();
            self.engine.received(id, &bytes, now);
        }
        self.engine.list(id);
    }

    fn end(&mut self, id: ConnectionId) {
        self.engine.disconnect(id);
        if let Some(wire) = self.wires.get_mut(&id) {
            wire.ended = true;
        }
    }

    fn pin(&mut self, store: &Store, now: Instant) {
        if self.engine.take_pin_moved() {
            store.pin(self.engine.pinned(now));
        }
    }

    pub(super) fn tick(&mut self, now: Instant) {
        for id in self.timers.tick(&mut self.engine, now) {
            self.end(id);
        }
    }

    /// Reads the store for one of the asks.
    pub(super) fn answer(&mut self, store: &Store, chance: &mut Chance) {
        let Some(ask) = chance.take(&mut self.asks) else {
            return;
        };
        self.answers.push(match ask {
            Ask::Snapshot(_) => {
                let (seq, stats, tasks) = store.read(|read| read.snapshot(store.now()));
                let payload = json!({"stats": stats, "tasks": tasks});
                // A field that clients do not know, for the checks.
                let frame = json!({"type": "snapshot", "payload": payload, "seq": seq.0});
                Answer::Snapshot(seq.0, text_of(&frame).unwrap())
            }
            Ask::CatchUp {
                connection,
                topic,
                after,
            } => {
                let rows = self.page_rows;
                let missed = store.read(|read| reads::missed(read, &topic, after, rows));
                Answer::Missed(connection, topic, missed)
            }
            Ask::Figures(topic) => {
                let figures = store.read(|read| reads::figures(read, &topic, store.now()));
                Answer::Figures(topic, figures)
            }
        });
    }

    /// One of the answers reaches the engine.
    pub(super) fn take_answer(&mut self, chance: &mut Chance, now: Instant) {
        if let Some(answer) = chance.take(&mut self.answers) {
            self.take(answer, now);
        }
    }

    pub(super) fn take(&mut self, answer: Answer, now: Instant) {
        match answer {
            Answer::Snapshot(seq, frame) => self.engine.snapshot(seq, &frame, now),
            Answer::Missed(id, topic, missed) => self.engine.missed(id, &topic, missed, now),
            Answer::Figures(topic, figures) => self.engine.figures(&topic, figures, now),
        }
    }

    /// Reads from a socket as the client.
    pub(super) fn read(&mut self, id: ConnectionId, bytes_max: usize) -> Vec<u8> {
        let Some(wire) = self.wires.get_mut(&id) else {
            return Vec::new();
        };
        let was_blocked = wire.blocked;
        let bytes = wire.read(bytes_max);
        if was_blocked && !wire.blocked {
            self.engine.list(id);
        }
        bytes
    }

    /// Whether the server ended it and everything was read.
    pub(super) fn is_over(&self, id: ConnectionId) -> bool {
        let wire = self.wires.get(&id);
        wire.is_none_or(|wire| wire.ended && wire.is_drained())
    }
}
