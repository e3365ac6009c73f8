//! What the fields of Gemini CLI's payloads are called.

use crate::adapter::payload::Words;

pub(super) const WORDS: Words = Words {
    agent: super::AGENT_NAME,
    session: "session_id",
    hook: "hook_event_name",
    common: &[
        "session_id",
        "transcript_path",
        "cwd",
        "hook_event_name",
        "timestamp",
    ],
    known: &["stop_hook_active", "trigger", "notification_type"],
    renamed: &[],
};
