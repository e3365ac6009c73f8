//! A client that takes everything at once and compares it with the full stream.

use std::collections::BTreeMap;

use agent_tracer_core::wire::follow::{FollowFrame, Topic};

use super::super::engine::ConnectionId;
use super::model::History;
use super::wire::{Got, Parser};

pub(super) struct Witness {
    pub topics: Vec<Topic>,
    pub id: Option<ConnectionId>,
    parser: Parser,
    /// The last commit that was told, of each topic that is subscribed to.
    cursors: BTreeMap<Topic, u64>,
    pub pongs: Vec<Vec<u8>>,
    pub seen: usize,
}

impl Witness {
    pub(super) fn new(topics: Vec<Topic>) -> Self {
        Self {
            topics,
            id: None,
            parser: Parser::default(),
            cursors: BTreeMap::new(),
            pongs: Vec::new(),
            seen: 0,
        }
    }

    pub(super) fn connected(&mut self, id: ConnectionId) {
        self.id = Some(id);
        self.parser = Parser::default();
        self.cursors.clear();
    }

    pub(super) fn take(&mut self, bytes: Vec<u8>, history: &History) {
        self.parser.feed(bytes);
        while let Some(got) = self.parser.next() {
            match got {
                Got::Text(text) => {
                    self.take_frame(serde_json::from_str(&text).expect("a frame"), history);
                }
                Got::Ping(payload) => self.pongs.push(payload),
                Got::Pong(_) | Got::Close(_) => {}
            }
        }
    }

    fn take_frame(&mut self, frame: FollowFrame, history: &History) {
        match frame {
            FollowFrame::Subscribed { topic, seq, .. } => {
                self.cursors.insert(topic, seq);
            }
            FollowFrame::Resync { topic, .. } => {
                self.cursors.remove(&topic);
            }
            FollowFrame::Changes {
                topic,
                seq,
                prev,
                payload,
            } => {
                let cursor = self.cursors.get_mut(&topic).expect("subscribed");
                let next = history.next_change(&topic, *cursor).expect("durable");
                assert_eq!((seq, prev), (next.seq, next.told.prev.0), "{topic}");
                assert_eq!(payload.rows, next.told.rows, "{topic} at {seq}");
                assert!(!next.told.removed, "{topic} at {seq}");
                *cursor = seq;
                self.seen += 1;
            }
            FollowFrame::Removed {
                topic, seq, prev, ..
            } => {
                // Where it never was subscribed to there is no such task.
                if let Some(cursor) = self.cursors.remove(&topic)
                    && let Some(next) = history.next_change(&topic, cursor)
                    && next.told.removed
                    && next.seq == seq
                {
                    // Of who was told by a catch-up, the cursor.
                    assert!(prev == next.told.prev.0 || prev == cursor, "{topic}");
                }
            }
            FollowFrame::Catchup { .. }
            | FollowFrame::Progress { .. }
            | FollowFrame::Figures { .. }
            | FollowFrame::Pong { .. }
            | FollowFrame::Error { .. } => {}
        }
    }

    /// Everything up to that commit was told.
    pub(super) fn check(&self, history: &History, seq: u64) {
        for (topic, cursor) in &self.cursors {
            let next = history.next_change(topic, *cursor).map(|next| next.seq);
            assert!(
                next.is_none_or(|next| next > seq),
                "{topic}: {next:?} was not told in the turn of {seq}, only {cursor}"
            );
        }
    }
}
