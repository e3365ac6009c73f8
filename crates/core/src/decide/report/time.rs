//! When a report happened, as far as what is said of it can be believed.

use super::Origin;
use super::attach::known_binding;
use crate::draft::{Draft, Step};
use crate::time::Timestamp;

/// The beginning of 2024, in milliseconds. None of the agents had hooks then: a clock that says so
/// was never set.
const BELIEVED_SINCE: i64 = 1_704_067_200_000;
/// How far a sender's clock may be ahead of ours.
const AHEAD_MILLIS_MAX: i64 = 2_000;
/// How long before its session's start a report may have happened: reports overtake each other.
const BEFORE_START_MILLIS_MAX: i64 = 60_000;

/// The first of the times that can be believed, or else the arrival. Never after the arrival.
pub(super) fn happened_at(
    draft: &mut Draft<'_>,
    origin: &Origin,
    said: [Option<Timestamp>; 2],
) -> Step<Timestamp> {
    let received_at = draft.received_at;
    let started_at = session_start(draft, origin)?;
    let earliest = started_at.map_or(BELIEVED_SINCE, |start| {
        BELIEVED_SINCE.max(start.as_millis() - BEFORE_START_MILLIS_MAX)
    });
    let latest = received_at.as_millis() + AHEAD_MILLIS_MAX;
    let believed = |time: &Timestamp| (earliest..=latest).contains(&time.as_millis());
    let first = said.into_iter().flatten().find(believed);
    Ok(first.unwrap_or(received_at).min(received_at))
}

/// When the session began that the report will be told in, if it is there already.
fn session_start(draft: &mut Draft<'_>, origin: &Origin) -> Step<Option<Timestamp>> {
    let binding = match known_binding(draft, origin)? {
        None => draft.binding(&origin.source, &origin.runtime_session_id)?,
        known => known,
    };
    let Some(session) = binding.and_then(|binding| binding.session_id) else {
        return Ok(None);
    };
    let row = draft.find_session(&session)?;
    Ok(row.map(|row| row.session.started_at))
}
