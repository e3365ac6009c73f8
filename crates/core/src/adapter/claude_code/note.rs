//! Every other hook: one event that says what it said.

use serde_json::json;

use crate::adapter::note::{self, saved};
use crate::adapter::payload::Payload;
use crate::adapter::text::{self, file_name};
use crate::entity::Metadata;
use crate::report::What;
use crate::vocabulary::{EventKind, Lane};

/// Notes a hook. A name that nobody knows keeps the whole payload.
pub(super) fn noted(hook: &str, payload: Payload) -> What {
    match hook {
        "Notification" => notification(payload),
        "UserPromptExpansion" => expansion(payload),
        "PreCompact" | "PostCompact" => compaction(hook, payload),
        "Elicitation" | "ElicitationResult" => elicitation(hook, payload),
        "MessageDisplay" => message(payload),
        _ => match plain_title(hook, &payload) {
            Some(title) => saved(lane(hook), &title, with_files(payload)),
            None => note::unknown(hook, payload),
        },
    }
}

/// A note with a text, which is its title too unless there is a better one.
fn spoken(lane: Lane, title: Option<String>, body: Option<String>, payload: Payload) -> What {
    let first = body.as_deref().and_then(text::first_line);
    What::Noted {
        kind: EventKind::ContextSaved,
        lane,
        title: title.or(first).unwrap_or_else(|| payload.hook_event()),
        body,
        metadata: payload.rest(),
    }
}

fn notification(mut payload: Payload) -> What {
    let message = payload.take_text("message");
    let kind = payload.text("notification_type").unwrap_or_default();
    if kind == "idle_prompt" {
        return idle(message, payload);
    }
    let asks = kind == "permission_prompt" || kind.starts_with("elicitation");
    let lane = if asks {
        Lane::Questions
    } else {
        Lane::Coordination
    };
    let title = payload
        .text("title")
        .and_then(text::first_line)
        .filter(|_| message.is_none());
    spoken(lane, title, message, payload)
}

/// Said a minute after a turn ended: also after one whose end nobody told.
fn idle(message: Option<String>, payload: Payload) -> What {
    let title = message.as_deref().and_then(text::first_line);
    What::PersonAwaited {
        title: title.unwrap_or_else(|| "Waiting for its person".to_owned()),
        body: message,
        metadata: payload.rest(),
    }
}

/// The command that a prompt was. No prompt of its own and no body: the prompt was told already,
/// and its text must not stand there twice.
fn expansion(mut payload: Payload) -> What {
    payload.take("prompt");
    let part = |key| payload.text(key).unwrap_or_default();
    let command = part("command_name").trim_start_matches('/');
    let title = format!("Command expanded: /{command} {}", part("command_args"));
    saved(Lane::Planning, &title, payload.rest())
}

fn compaction(hook: &str, mut payload: Payload) -> What {
    let (title, phase) = match hook {
        "PreCompact" => ("Compacting the context", "before"),
        _ => ("Context compacted", "after"),
    };
    let summary = payload.take_text("compact_summary");
    note::compaction(title, phase, summary, payload.rest())
}

/// A question of an MCP server to the person, or the answer.
fn elicitation(hook: &str, mut payload: Payload) -> What {
    let message = payload.take_text("message");
    let server = payload.text("mcp_server_name").unwrap_or("An MCP server");
    let title = match (hook, payload.text("action")) {
        ("ElicitationResult", Some(action)) => Some(format!("{server} was answered: {action}")),
        ("ElicitationResult", None) => Some(format!("{server} was answered")),
        _ => message
            .is_none()
            .then(|| format!("{server} asks something")),
    };
    spoken(
        Lane::Questions,
        title.map(|title| text::label(&title)),
        message,
        payload,
    )
}

/// A piece of a message on its way to the screen. Not in the user's lane: the whole message is told
/// there when the turn ends.
fn message(mut payload: Payload) -> What {
    let delta = payload.take_text("delta");
    spoken(
        Lane::Planning,
        Some("Message shown".to_owned()),
        delta,
        payload,
    )
}

fn lane(hook: &str) -> Lane {
    match hook {
        "TeammateIdle" => Lane::Coordination,
        "FileChanged" | "WorktreeCreate" | "WorktreeRemove" => Lane::Implementation,
        _ => Lane::Planning,
    }
}

/// The title of a hook whose fields are all that there is to say. `None`: nobody knows the hook.
fn plain_title(hook: &str, payload: &Payload) -> Option<String> {
    let part = |key| payload.text(key).unwrap_or("?");
    let file = |key| file_name(part(key));
    Some(match hook {
        "InstructionsLoaded" => format!("Instructions loaded: {}", file("file_path")),
        "CwdChanged" => format!("Working folder: {}", part("new_cwd")),
        "ConfigChange" => format!("Configuration changed: {}", part("source")),
        "DirectoryAdded" => format!("Folder added: {}", part("directory")),
        "FileChanged" => format!("File changed on disk: {}", file("file_path")),
        "WorktreeCreate" => format!("Worktree created: {}", part("name")),
        "WorktreeRemove" => format!("Worktree removed: {}", file("worktree_path")),
        "PreModelSwitch" => format!(
            "Switching model: {} to {}",
            part("from_model"),
            part("to_model")
        ),
        "PostModelSwitch" => format!(
            "Model switched: {} to {}",
            part("from_model"),
            part("to_model")
        ),
        "TeammateIdle" => format!("Teammate idle: {}", part("teammate_name")),
        "Setup" => format!("Setup: {}", part("trigger")),
        _ => return None,
    })
}

/// The rest of a payload; the file it is about is in `filePaths`.
fn with_files(mut payload: Payload) -> Metadata {
    let path = payload.take_text("file_path");
    let mut metadata = payload.rest();
    if let Some(path) = path {
        metadata.insert("filePaths".to_owned(), json!([path]));
    }
    metadata
}
