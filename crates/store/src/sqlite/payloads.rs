//! What hooks sent, as it was kept: written with its events, read on demand.

use agent_tracer_core::ids::EventId;
use agent_tracer_core::rows::{PayloadRow, Writes};
use agent_tracer_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::numbers::{seq_of_position, stored};
use super::statements::Target;
use crate::error::StoreError;

impl Target<'_> {
    /// Keeps the payload of a commit. Its number is new, so that nothing stored can refuse it: it
    /// needs no savepoint of its own.
    pub(super) fn put_payload(&self, writes: &Writes) -> Result<(), StoreError> {
        let Some(payload) = &writes.payload else {
            return Ok(());
        };
        self.run(
            "INSERT INTO payloads VALUES (?1, ?2, ?3, ?4)",
            (
                self.seq,
                payload.received_at.as_millis(),
                &payload.hook_event,
                &payload.compressed,
            ),
        )?;
        for row in &writes.changed_events {
            self.run(
                "INSERT OR IGNORE INTO payload_changes SELECT position, ?2 FROM events WHERE id = ?1",
                (row.event.id.as_str(), self.seq),
            )?;
        }
        Ok(())
    }
}

/// The payloads of an event, oldest first; `None` if there is no event.
pub(super) fn payloads(
    connection: &Connection,
    event: &EventId,
) -> Result<Option<Vec<PayloadRow>>, StoreError> {
    let mut place = connection.prepare_cached(
        "SELECT position FROM events e WHERE e.id = ?1 \
         AND EXISTS (SELECT 1 FROM tasks t WHERE t.id = e.task_id)",
    )?;
    let position: Option<i64> = place
        .query_row([event.as_str()], |row| row.get(0))
        .optional()?;
    let Some(position) = position else {
        return Ok(None);
    };
    let mut statement = connection.prepare_cached(
        "SELECT received_at, hook_event, compressed, seq FROM payloads WHERE seq = ?1 \
         UNION ALL SELECT p.received_at, p.hook_event, p.compressed, p.seq FROM payload_changes c \
         JOIN payloads p ON p.seq = c.seq WHERE c.position = ?2 ORDER BY 4",
    )?;
    let made = stored(seq_of_position(position));
    let rows = statement.query_map([made, position], payload)?;
    Ok(Some(rows.collect::<Result<_, _>>()?))
}

fn payload(row: &Row<'_>) -> rusqlite::Result<PayloadRow> {
    Ok(PayloadRow {
        received_at: Timestamp::from_millis(row.get(0)?),
        hook_event: row.get(1)?,
        compressed: row.get(2)?,
    })
}
