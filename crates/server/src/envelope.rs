use agent_tracer_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::{self, UuidIds};
use crate::process::agent_process;

/// The header with the name that a sender gave its delivery. The answer carries it too: so the
/// sender knows that it was this program that answered.
pub const DELIVERY_HEADER: &str = "x-agent-tracer-delivery";
/// The header with the time when the sender took the hook call from the agent.
pub const SENT_AT_HEADER: &str = "x-agent-tracer-sent-at";

/// The header with the name of the process that the agent runs in; see [`crate::process_name`].
pub const PROCESS_HEADER: &str = "x-agent-tracer-process";

/// The longest name of a process, in bytes. Longer ones say nothing.
const PROCESS_LENGTH_MAX: usize = 128;
/// The longest name of a delivery, in characters.
const DELIVERY_LENGTH_MAX: usize = 64;

/// What is known of a hook call beside its payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// The agent, as in `/hooks/:agent`.
    pub agent: String,
    /// The hook that the payload was registered for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// What the sender named it, so that it counts once however often it is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<String>,
    /// When the sender took it from the agent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// The process that the agent runs in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process: Option<String>,
}

impl Envelope {
    /// Of a hook call that this process, a child of the agent, takes from it now.
    pub fn now(agent: &str, event: Option<&str>) -> Self {
        use agent_tracer_core::ids::IdSource as _;
        Self {
            agent: agent.to_owned(),
            event: event.map(str::to_owned),
            delivery: Some(UuidIds.next_id()),
            sent_at: Some(clock::now()),
            process: agent_process(),
        }
    }
}

/// Whether a text can name a delivery.
pub(crate) fn is_delivery(text: &str) -> bool {
    let length = 1..=DELIVERY_LENGTH_MAX;
    length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The name of a process, if it is one.
pub(crate) fn process(text: &str) -> Option<String> {
    let text = text.trim();
    (1..=PROCESS_LENGTH_MAX)
        .contains(&text.len())
        .then(|| text.to_owned())
}

/// A time as senders write it: ISO 8601, or milliseconds since 1970.
pub(crate) fn time(text: &str) -> Option<Timestamp> {
    let millis = text.parse().map(Timestamp::from_millis);
    millis.or_else(|_no_number| text.parse()).ok()
}

#[cfg(test)]
mod tests {
    use super::{is_delivery, time};

    #[test]
    fn times_are_read_in_both_ways() {
        let expected = "2026-11-18T11:06:40.120Z";
        for text in ["1795000000120", expected, "2026-11-18T13:06:40.120+02:00"] {
            assert_eq!(time(text).unwrap().to_string(), expected);
        }
        for text in ["", "yesterday", "1e9", "2026-11-18"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn a_delivery_has_a_name_of_visible_characters() {
        assert!(is_delivery("0199-a") && is_delivery(&"x".repeat(64)));
        for text in ["", " ", "a b", "é", &"x".repeat(65)] {
            assert!(!is_delivery(text), "{text}");
        }
    }
}
