use serde_json::{Value, json};

use crate::hooks::Agent;

/// One hook call of a made-up session.
pub(super) struct Call {
    /// The event that the hook is registered for.
    pub event: &'static str,
    pub payload: Value,
}

/// A session that begins and ends, as the agent would tell of it. Its folder is its only mark: every
/// agent sends that, and it is shown in the task's title.
pub(super) fn session(agent: Agent, id: &str, folder: &str) -> [Call; 2] {
    match agent {
        Agent::ClaudeCode | Agent::Codex | Agent::GeminiCli => {
            let call = |event: &'static str, more: &str, value: &str| Call {
                event,
                payload: json!({
                    "session_id": id, "hook_event_name": event, "cwd": folder,
                    "transcript_path": null, more: value,
                }),
            };
            [
                call("SessionStart", "source", "startup"),
                call("SessionEnd", "reason", "other"),
            ]
        }
        Agent::CopilotCli => [
            Call {
                event: "sessionStart",
                payload: json!({"sessionId": id, "cwd": folder, "source": "new"}),
            },
            Call {
                event: "sessionEnd",
                payload: json!({"sessionId": id, "cwd": folder, "reason": "complete"}),
            },
        ],
        Agent::OpenCode => ["session.created", "session.deleted"].map(|name| {
            let info = json!({"id": id, "title": folder, "directory": folder});
            let properties = json!({"sessionID": id, "info": info});
            Call {
                event: "event",
                payload: json!({
                    "hook": "event", "event": {"type": name, "properties": properties},
                }),
            }
        }),
    }
}
