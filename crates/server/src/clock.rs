//! The only place that reads the clock and makes ids.
#![expect(clippy::disallowed_methods, reason = "this is the one place that may")]

use std::time::{SystemTime, UNIX_EPOCH};

use agent_tracer_core::ids::IdSource;
use agent_tracer_core::time::Timestamp;

/// The time now.
pub(crate) fn now() -> Timestamp {
    let since_1970 = system().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
}

/// Microseconds since 1970.
pub(crate) fn micros() -> u64 {
    let since_1970 = system().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since_1970.as_micros()).unwrap_or(u64::MAX)
}

/// The time now, as files have it.
pub(crate) fn system() -> SystemTime {
    SystemTime::now()
}

/// Eight characters that tell names apart.
pub(crate) fn short_random() -> String {
    let mut random = uuid::Uuid::new_v4().simple().to_string();
    random.truncate(8);
    random
}

/// UUID v7: sorted by time, so that indexes over them grow at their end.
pub(crate) struct UuidIds;

impl IdSource for UuidIds {
    fn next_id(&mut self) -> String {
        uuid::Uuid::now_v7().to_string()
    }
}

/// Something nobody can guess.
pub(crate) fn secret() -> String {
    format!(
        "{}{}",
        uuid::Uuid::new_v4().simple(),
        uuid::Uuid::new_v4().simple()
    )
}
