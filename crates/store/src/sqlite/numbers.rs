//! Numbers of commits, as SQLite holds them.

use agent_tracer_core::entity::Event;
use rusqlite::Connection;

use crate::error::StoreError;
use crate::model::Seq;

/// How many bits of an event's position are its place within the commit.
const PLACE_BITS: u32 = 16;

/// A number as it was stored.
pub(super) fn seq(stored: i64) -> Seq {
    Seq(u64::try_from(stored).unwrap_or_default())
}

/// A number as it is stored.
pub(super) fn stored(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}

/// The position of the first event that the commit could make.
pub(super) fn first_position(seq: Seq) -> i64 {
    let last = i64::MAX >> PLACE_BITS;
    stored(seq).min(last) << PLACE_BITS
}

/// The position of the last event that the commit could make.
pub(super) fn last_position(seq: Seq) -> i64 {
    first_position(seq) | ((1 << PLACE_BITS) - 1)
}

/// The commit that made the event at that position.
pub(super) fn seq_of_position(position: i64) -> Seq {
    seq(position >> PLACE_BITS)
}

/// Where the `place`th new event of a commit is kept.
///
/// # Errors
/// When a commit makes more events than have a position.
pub(super) fn position(seq: i64, place: usize, event: &Event) -> Result<i64, StoreError> {
    let place = u16::try_from(place).map_err(|_too_many| StoreError::BadRow {
        row: event.id.to_string(),
        column: "position".into(),
        reason: "its commit makes more than 65,536 events".into(),
    })?;
    Ok(first_position(self::seq(seq)) | i64::from(place))
}

/// A number that is kept by its name.
pub(super) fn read_meta(connection: &Connection, name: &str) -> Result<Seq, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
    Ok(seq(statement.query_row([name], |row| row.get(0))?))
}

/// The number of the last commit that the connection sees.
pub(super) fn read_seq(connection: &Connection) -> Result<Seq, StoreError> {
    read_meta(connection, "seq")
}

#[cfg(test)]
mod tests {
    use agent_tracer_core::classify::{Classifiable, classify};
    use agent_tracer_core::entity::{Event, Metadata};
    use agent_tracer_core::ids::{EventId, TaskId};
    use agent_tracer_core::time::Timestamp;
    use agent_tracer_core::vocabulary::EventKind;

    use super::{first_position, last_position, position, seq_of_position};
    use crate::error::StoreError;
    use crate::model::Seq;

    fn event() -> Event {
        let (kind, metadata) = (EventKind::ThoughtLogged, Metadata::new());
        let classification = classify(&Classifiable {
            kind,
            explicit_lane: None,
            action: None,
            metadata: &metadata,
        });
        Event {
            id: EventId::new("e"),
            task_id: TaskId::new("t"),
            session_id: None,
            kind,
            lane: classification.lane,
            title: String::new(),
            body: None,
            metadata,
            classification,
            created_at: Timestamp::from_millis(0),
        }
    }

    #[test]
    fn positions_begin_with_their_commit_and_have_an_end() {
        let event = event();
        assert_eq!(position(7, 0, &event).unwrap(), first_position(Seq(7)));
        assert_eq!(position(7, 65_535, &event).unwrap(), last_position(Seq(7)));
        assert_eq!(last_position(Seq(7)) + 1, first_position(Seq(8)));
        assert_eq!(seq_of_position(last_position(Seq(7))), Seq(7));
        let refusal = position(7, 65_536, &event).unwrap_err();
        assert!(matches!(refusal, StoreError::BadRow { .. }), "{refusal}");
    }
}
