//! What the fields of Codex CLI's payloads are called.

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
        "turn_id",
        "model",
        "permission_mode",
        "agent_id",
        "agent_type",
    ],
    known: &[
        "duration_ms",
        "stop_hook_active",
        "error_details",
        "agent_transcript_path",
        "trigger",
        "custom_instructions",
    ],
    renamed: &[],
};
