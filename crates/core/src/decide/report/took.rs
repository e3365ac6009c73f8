//! How long a call took, where its agent does not say.

use serde_json::{Value, json};

use super::Origin;
use crate::entity::{Event, Metadata};
use crate::time::Timestamp;
use crate::vocabulary::ToolStatus;

/// Adds the time between a call's two reports to its end, unless the end says how long it took.
///
/// By the agent's own clock if both reports say when they happened, else by ours, which counts the
/// way to us too; `durationFrom` says so. A call that was refused took no time.
pub(super) fn note(began: &Event, hook: &Origin, now: Timestamp, end: &mut Metadata) {
    let refused = end.get("toolStatus") == Some(&json!(ToolStatus::Refused));
    if refused || end.contains_key("durationMs") || began.metadata.contains_key("durationMs") {
        return;
    }
    let happened = began.metadata.get("happenedAt").and_then(Value::as_str);
    let happened = happened.and_then(|time| time.parse::<Timestamp>().ok());
    let millis = match (happened, hook.happened_at) {
        (Some(began), Some(ended)) => ended.millis_since(began),
        _ => now.millis_since(began.created_at),
    };
    end.insert("durationMs".into(), millis.into());
    end.insert("durationFrom".into(), "reports".into());
}
