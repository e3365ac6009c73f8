//! Permissions: a notification that says in its own way which call it is about.

use serde_json::{Value, json};

use super::call;
use crate::adapter::payload::Payload;
use crate::adapter::{diff, note, permission, read, text};
use crate::entity::Metadata;
use crate::report::What;
use crate::vocabulary::Lane;

/// A notification. `None` for the one of a question: the question's own call tells it.
pub(super) fn notified(mut payload: Payload) -> Option<What> {
    let details = payload.take("details");
    let is_permission = payload.text("notification_type") == Some("ToolPermission");
    let sort = read::text(&details, "type").unwrap_or_default();
    if is_permission && sort == "ask_user" {
        return None;
    }
    match part(sort, &details).filter(|_| is_permission) {
        Some((tool, input)) => Some(asked(tool, input, &details, payload)),
        None => Some(noted(details, payload)),
    }
}

/// The call it is about: its tool, and as much of its input as is told.
fn part(sort: &str, details: &Value) -> Option<(String, Value)> {
    let field = |key, name: &str| Some(json!({ name: read::text(details, key)? }));
    let title = read::text(details, "title").unwrap_or_default();
    match sort {
        "exec" => Some(("run_shell_command".to_owned(), field("command", "command")?)),
        "edit" => {
            let writes = title.to_lowercase().contains("write");
            let tool = if writes { "write_file" } else { "replace" };
            Some((tool.to_owned(), field("filePath", "file_path")?))
        }
        "info" => Some(("web_fetch".to_owned(), field("prompt", "prompt")?)),
        "mcp" => {
            let part = |key| read::text(details, key);
            let (server, tool) = part("serverName").zip(part("toolName"))?;
            Some((format!("mcp_{server}_{tool}"), json!({})))
        }
        "exit_plan_mode" => Some((sort.to_owned(), json!({}))),
        _ => None,
    }
}

fn asked(tool: String, input: Value, details: &Value, payload: Payload) -> What {
    let server = json!({
        "server_name": details.get("serverName"), "tool_name": details.get("toolName"),
    });
    let call = call::new(tool, input, &server);
    let mut metadata = payload.rest();
    diff::keep(
        read::text(details, "fileDiff").map(str::to_owned),
        &mut metadata,
    );
    permission::asked(call, metadata)
}

/// Any other notification, as it is.
fn noted(details: Value, mut payload: Payload) -> What {
    let message = payload.take_text("message");
    let title = message.as_deref().and_then(text::first_line);
    let mut metadata: Metadata = payload.rest();
    if !details.is_null() {
        metadata.insert("details".to_owned(), details);
    }
    note::saved(
        Lane::Coordination,
        &title.unwrap_or_else(|| "Notification".to_owned()),
        metadata,
    )
}
