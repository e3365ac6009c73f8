use std::time::Duration;

use anyhow::Context as _;
use jiff::Timestamp;
use serde_json::Value;

/// The recorded sessions that are worth watching, by name.
pub(super) const SESSIONS: &[(&str, &str)] = &[
    (
        "first-edit",
        include_str!("../../../../fixtures/claude-code/first-edit.jsonl"),
    ),
    (
        "explore-subagent",
        include_str!("../../../../fixtures/claude-code/explore-subagent.jsonl"),
    ),
    (
        "interactive-permission",
        include_str!("../../../../fixtures/claude-code/interactive-permission.jsonl"),
    ),
    (
        "task-list",
        include_str!("../../../../fixtures/claude-code/task-list.jsonl"),
    ),
    (
        "tool-failures",
        include_str!("../../../../fixtures/claude-code/tool-failures.jsonl"),
    ),
];

/// What is played unless one is chosen.
pub(super) const BY_DEFAULT: &[&str] = &[
    "first-edit",
    "explore-subagent",
    "interactive-permission",
    "tool-failures",
];

/// The recorded agent answered within milliseconds; a person wants to see each step.
const SLOWDOWN: u32 = 6;
const WAIT_MIN: Duration = Duration::from_millis(250);
const WAIT_MAX: Duration = Duration::from_secs(4);

/// A session, ready to be played: each hook call, and how long to wait before it.
#[derive(Debug)]
pub(super) struct Recording {
    pub calls: Vec<(Duration, String)>,
}

impl Recording {
    /// Reads a recording. Each reading is a session of its own: its ids are made anew, so that it
    /// can be played again into the same server.
    pub(super) fn read(lines: &str) -> anyhow::Result<Self> {
        let renamed = rename(lines)?;
        let mut calls = Vec::new();
        let mut before: Option<Timestamp> = None;
        // Only LF ends a line: texts hold other characters that count as line ends elsewhere.
        for line in renamed.split('\n').filter(|line| !line.trim().is_empty()) {
            let call: Value = serde_json::from_str(line).context("a recorded line is not JSON")?;
            let at = call["received_at"].as_str().unwrap_or_default();
            let at: Timestamp = at.parse().context("a recorded line without its time")?;
            let gap = before.map(|before| at.duration_since(before).unsigned_abs());
            let wait = gap.unwrap_or_default().saturating_mul(SLOWDOWN);
            calls.push((wait.clamp(WAIT_MIN, WAIT_MAX), call["payload"].to_string()));
            before = Some(at);
        }
        Ok(Self { calls })
    }
}

/// Gives every id of the recording a new last part.
fn rename(lines: &str) -> anyhow::Result<String> {
    let first = lines.split('\n').next().unwrap_or_default();
    let first: Value = serde_json::from_str(first).context("a recorded line is not JSON")?;
    let session = first["payload"]["session_id"]
        .as_str()
        .context("a recording without a session")?;
    let new = new_session();
    let suffix = new.rsplit('-').next().unwrap_or_default().to_owned();
    Ok(lines
        .replace(session, &new)
        .replace("toolu_01", &format!("toolu_{suffix}")))
}

#[expect(
    clippy::disallowed_methods,
    reason = "each playing of a recording is a new session"
)]
fn new_session() -> String {
    uuid::Uuid::new_v4().to_string()
}

#[cfg(test)]
mod tests {
    use super::{Recording, SESSIONS, WAIT_MAX, WAIT_MIN};

    #[test]
    fn every_recording_can_be_played_twice() {
        for (name, lines) in SESSIONS {
            let (first, again) = (
                Recording::read(lines).unwrap(),
                Recording::read(lines).unwrap(),
            );
            assert!(!first.calls.is_empty(), "{name}");
            assert_ne!(
                first.calls[0].1, again.calls[0].1,
                "{name}: the same session"
            );
            for (wait, payload) in &first.calls {
                assert!((WAIT_MIN..=WAIT_MAX).contains(wait), "{name}: {wait:?}");
                // A new one may begin with the same two digits.
                let mut old = lines.split('"').filter(|text| text.starts_with("toolu_01"));
                assert!(!old.any(|id| payload.contains(id)), "{name}: {payload}");
            }
        }
    }
}
