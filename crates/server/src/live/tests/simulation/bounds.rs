//! What a connection may cost.

use super::super::engine::{ConnectionId, Engine};

/// What one row may take, cut as it is.
const ROW_BYTES_MAX: usize = 16 << 10;
/// Answers and signs of life.
const CONTROL_BYTES_MAX: usize = 2 << 10;
/// How many rows a commit may have, so that a page of whole commits ends.
const COMMIT_ROWS_MAX: usize = 40;

/// A page of a catch-up or a snapshot, and a few small frames: more is never owed at a time.
pub(super) fn check(engine: &Engine, id: ConnectionId, page_rows: usize, missed_rows: usize) {
    let Some(connection) = engine.connections.get(&id) else {
        return;
    };
    let mut large = 0;
    for frame in &connection.owed {
        if frame.len() > CONTROL_BYTES_MAX {
            large += 1;
            let rows = missed_rows.min(page_rows + COMMIT_ROWS_MAX);
            assert!(frame.len() <= rows * ROW_BYTES_MAX, "a frame that large");
        }
    }
    assert!(large <= 1, "{large} large frames are owed at a time");
    let frames = connection.owed.len();
    assert!(frames <= 4, "{frames} frames are owed at a time");
}
