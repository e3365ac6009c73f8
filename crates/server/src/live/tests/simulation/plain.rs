//! A client of the plain stream, which also reads anew whenever it is told something.

use agent_tracer_core::entity::Task;
use serde_json::Value;

use super::super::engine::ConnectionId;
use super::model::History;
use super::wire::{Got, Parser};

#[derive(Default)]
pub(super) struct Plain {
    pub id: Option<ConnectionId>,
    parser: Parser,
    /// How many of all messages it knows of, since its first snapshot on this connection.
    pub told: Option<usize>,
    pub snapshots: usize,
    pub pongs: Vec<Vec<u8>>,
    /// What it read last.
    pub tasks: Vec<Task>,
    /// Something was told since the last read began.
    pub is_stale: bool,
    /// A read that is on its way back.
    pub reading: Option<Vec<Task>>,
}

impl Plain {
    pub(super) fn connected(&mut self, id: ConnectionId) {
        self.id = Some(id);
        self.parser = Parser::default();
        self.told = None;
    }

    pub(super) fn disconnected(&mut self) {
        self.id = None;
    }

    /// Takes what came: a snapshot, and from there on every message in order.
    pub(super) fn take(&mut self, bytes: Vec<u8>, history: &History) {
        self.parser.feed(bytes);
        while let Some(got) = self.parser.next() {
            match got {
                Got::Text(text) => {
                    self.take_message(&serde_json::from_str(&text).expect("a message"), history);
                }
                Got::Ping(payload) => self.pongs.push(payload),
                Got::Pong(_) | Got::Close(_) => {}
            }
        }
    }

    fn take_message(&mut self, message: &Value, history: &History) {
        self.is_stale = true;
        if message["type"] == "snapshot" {
            let seq = message["seq"].as_u64().unwrap();
            let told = history.messages.partition_point(|(of, _)| *of <= seq);
            assert!(self.told.is_none_or(|before| before <= told), "went back");
            self.told = Some(told);
            self.snapshots += 1;
            return;
        }
        let place = self.told.expect("a snapshot comes first");
        let Some((seq, expected)) = history.messages.get(place) else {
            panic!("a message of no durable commit: {message}");
        };
        assert_eq!(message, expected, "of commit {seq}");
        self.told = Some(place + 1);
    }

    /// A read is answered with what there is.
    pub(super) fn answer(&mut self, tasks: impl FnOnce() -> Vec<Task>) {
        if self.is_stale && self.reading.is_none() {
            self.is_stale = false;
            self.reading = Some(tasks());
        }
    }

    /// The answer arrives.
    pub(super) fn read(&mut self) {
        if let Some(tasks) = self.reading.take() {
            self.tasks = tasks;
        }
    }
}
