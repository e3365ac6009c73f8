//! What plain clients begin with, and get again when they fell behind.

use std::time::Instant;

use bytes::Bytes;

use super::client::{Client, Plain};
use super::engine::{Ask, Engine};
use super::frame::CloseReason;

impl Engine {
    /// Takes a snapshot: the frame, and the commit it is the state at.
    pub(crate) fn snapshot(&mut self, seq: u64, frame: &Bytes, now: Instant) {
        self.snapshot_asked = false;
        let mut given = Vec::new();
        for (id, connection) in &mut self.connections {
            if let Client::Plain(plain) = &mut connection.client
                && let Plain::Wanting { since, not_before } = *plain
                && since <= seq
                && not_before <= now
            {
                *plain = Plain::Having {
                    through: seq,
                    sent_at: now,
                };
                connection.owed.push_back(frame.clone());
                given.push(*id);
            }
        }
        for id in given {
            self.list(id);
        }
        self.ask_snapshot(now);
    }

    /// The store could not be read: those who need it are told to come back.
    pub(crate) fn snapshot_failed(&mut self, now: Instant) {
        self.snapshot_asked = false;
        for connection in self.connections.values_mut() {
            if matches!(connection.client, Client::Plain(Plain::Wanting { .. })) {
                connection.close(CloseReason::FAILED, now);
            }
        }
        self.list_all();
    }

    /// Asks for a snapshot if somebody wants one and it is time.
    pub(super) fn ask_snapshot(&mut self, now: Instant) {
        if self.snapshot_asked {
            return;
        }
        let wanting = self.connections.values().filter_map(|it| match it.client {
            Client::Plain(Plain::Wanting { since, not_before }) if not_before <= now => Some(since),
            _ => None,
        });
        if let Some(since) = wanting.max() {
            self.snapshot_asked = true;
            self.asks.push_back(Ask::Snapshot(since));
        }
    }
}
