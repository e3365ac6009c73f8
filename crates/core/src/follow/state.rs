use std::collections::BTreeMap;

use super::row::RowKey;
use crate::wire::follow::RowChange;

/// How far a client knows a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The history that `seq` counts.
    pub epoch: String,
    /// The last commit that is known.
    pub seq: u64,
}

/// A topic as it was after the commit at its cursor. Two are equal when a person would see the
/// same: what was removed on the way is no part of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicState {
    /// The moment.
    pub cursor: Cursor,
    /// What there is, each row with the commit that changed it last.
    pub rows: BTreeMap<RowKey, RowChange>,
}

/// What is held of a topic: its state, and what the row guard needs beside it.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    pub(super) state: TopicState,
    /// The number of the read that everything began with. Removals are known from there on.
    base: u64,
    removals: BTreeMap<RowKey, u64>,
}

impl Rows {
    /// A topic as a read gave it.
    pub(super) fn read(cursor: Cursor, rows: Vec<RowChange>) -> Self {
        let rows = rows.into_iter().filter(|row| !row.is_gone());
        let rows = rows.map(|row| (row.key(), row)).collect();
        Self {
            base: cursor.seq,
            removals: BTreeMap::new(),
            state: TopicState { cursor, rows },
        }
    }

    /// Applies what commits up to `seq` did.
    pub(super) fn advance(&mut self, rows: Vec<RowChange>, seq: u64) {
        for row in rows {
            self.put(row);
        }
        self.state.cursor.seq = self.state.cursor.seq.max(seq);
    }

    /// Takes from a read at `seq` what is true at the cursor too. A row that changed after the
    /// cursor waits for the frame that tells so; a read from before the first one may hold rows
    /// whose removal nobody here remembers.
    pub(super) fn merge(&mut self, rows: Vec<RowChange>, seq: u64) {
        if seq < self.base {
            return;
        }
        let cursor = self.state.cursor.seq;
        for row in rows.into_iter().filter(|row| row.seq() <= cursor) {
            self.put(row);
        }
    }

    /// There is nothing any more, as of `seq`.
    pub(super) fn clear(&mut self, seq: u64) {
        self.state.rows.clear();
        self.state.cursor.seq = self.state.cursor.seq.max(seq);
    }

    fn put(&mut self, row: RowChange) {
        let key = row.key();
        let held = self.state.rows.get(&key).map(RowChange::seq);
        let known = held.max(self.removals.get(&key).copied());
        if known.is_some_and(|known| row.seq() <= known) {
            return;
        }
        if row.is_gone() {
            self.state.rows.remove(&key);
            self.removals.insert(key, row.seq());
        } else {
            self.removals.remove(&key);
            self.state.rows.insert(key, row);
        }
    }
}
