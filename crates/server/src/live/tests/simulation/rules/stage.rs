//! A server with sockets that take everything, moved on by hand.

use std::time::{Duration, Instant};

use agent_tracer_core::command::Command;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::wire::follow::{Subscribe, Topic};
use serde_json::Value;

use super::super::super::engine::{ConnectionId, Limits};
use super::super::super::publish::Published;
use super::super::chance::Chance;
use super::super::process::Process;
use super::super::store::Store;
use super::super::wire::{Got, Parser, Wire};

pub(super) struct Stage {
    pub store: Store,
    pub process: Process,
    pub now: Instant,
    chance: Chance,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self::with(Limits::default(), 100)
    }

    pub(super) fn with(limits: Limits, page_rows: usize) -> Self {
        let now = Instant::now();
        let mut store = Store::memory(1_000);
        let process = Process::start(&mut store, limits, page_rows, now);
        let chance = Chance::new(1);
        Self {
            store,
            process,
            now,
            chance,
        }
    }

    /// Commits without telling the hub.
    pub(super) fn commit(&mut self, commands: Vec<Command>) {
        for committed in self.store.commit(commands).into_iter().flatten() {
            if let Some(seq) = committed.seq {
                self.process.unannounced.push_back(Published {
                    seq,
                    messages: committed.messages,
                    topics: committed.topics,
                });
            }
        }
    }

    /// Commits, tells the hub, and gives everybody a turn.
    pub(super) fn tell(&mut self, commands: Vec<Command>) {
        self.commit(commands);
        self.publish();
    }

    pub(super) fn publish(&mut self) {
        while !self.process.unannounced.is_empty() {
            self.process.announce();
        }
        self.process.publish(self.now);
        self.serve();
    }

    pub(super) fn serve(&mut self) {
        self.process.serve(&self.store, self.now);
    }

    pub(super) fn wait(&mut self, millis: u64) {
        self.now += Duration::from_millis(millis);
        self.process.tick(self.now);
        self.serve();
    }

    /// Every ask is answered, and what that brings about too.
    pub(super) fn answer_all(&mut self) {
        self.serve();
        while !self.process.asks.is_empty() {
            self.answer();
        }
    }

    /// One ask is answered.
    pub(super) fn answer(&mut self) {
        self.process.answer(&self.store, &mut self.chance);
        self.process.take_answer(&mut self.chance, self.now);
        self.serve();
    }

    /// The store is read for one ask; the answer is still on its way.
    pub(super) fn read_store(&mut self) {
        self.process.answer(&self.store, &mut self.chance);
    }

    pub(super) fn take_answer(&mut self) {
        self.process.take_answer(&mut self.chance, self.now);
        self.serve();
    }

    pub(super) fn connect_plain(&mut self) -> ConnectionId {
        self.process.connect(None, wire(usize::MAX), self.now)
    }

    pub(super) fn follow(&mut self, topics: &[&Topic]) -> ConnectionId {
        self.follow_over(topics, wire(usize::MAX))
    }

    pub(super) fn follow_over(&mut self, topics: &[&Topic], wire: Wire) -> ConnectionId {
        let wants = topics.iter().map(|topic| subscribe(topic, None)).collect();
        let id = self.process.connect(Some(wants), wire, self.now);
        self.serve();
        id
    }

    /// The client sends a text.
    pub(super) fn send(&mut self, id: ConnectionId, text: &str) {
        self.process.wires.get_mut(&id).unwrap().send(text);
        self.process.engine.list(id);
        self.serve();
    }

    /// The client takes everything that is there.
    pub(super) fn got(&mut self, id: ConnectionId) -> Vec<Got> {
        let mut parser = Parser::default();
        loop {
            let bytes = self.process.read(id, usize::MAX);
            if bytes.is_empty() {
                break;
            }
            parser.feed(bytes);
            self.serve();
        }
        std::iter::from_fn(|| parser.next()).collect()
    }

    /// The texts among it.
    pub(super) fn texts(&mut self, id: ConnectionId) -> Vec<Value> {
        let got = self.got(id).into_iter();
        let texts = got.filter_map(|got| match got {
            Got::Text(text) => Some(serde_json::from_str(&text).unwrap()),
            _ => None,
        });
        texts.collect()
    }

    /// Their types.
    pub(super) fn types(&mut self, id: ConnectionId) -> Vec<String> {
        let texts = self.texts(id).into_iter();
        let types = texts.map(|text| text["type"].as_str().unwrap().to_owned());
        types.collect()
    }
}

pub(super) fn wire(capacity: usize) -> Wire {
    Wire::new(capacity, false, Chance::new(1))
}

pub(super) fn subscribe(topic: &Topic, cursor: Option<(&str, u64)>) -> Subscribe {
    Subscribe {
        topic: topic.clone(),
        epoch: cursor.map(|(epoch, _)| epoch.to_owned()),
        after: cursor.map(|(_, after)| after),
    }
}

pub(super) fn task(id: &str) -> TaskId {
    TaskId::new(id)
}

pub(super) fn start(id: &str) -> Command {
    super::super::commands::start(task(id), "Title".into())
}

pub(super) fn log(id: &str, body: String) -> Command {
    super::super::commands::log_body(task(id), body)
}
