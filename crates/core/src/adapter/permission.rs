//! Questions about a call: may it run?

use super::{read, text};
use crate::entity::Metadata;
use crate::report::{ToolCall, What};
use crate::vocabulary::EventKind;

/// A question about a call that has already begun, so what it says is put as a question.
pub(in crate::adapter) fn asked(call: ToolCall, metadata: Metadata) -> What {
    let title = title(&call);
    What::PermissionAsked {
        tool_name: call.tool_name,
        input: call.input,
        title,
        metadata,
    }
}

fn title(call: &ToolCall) -> String {
    let runs = call.kind == EventKind::TerminalCommand;
    let command = read::text(&call.input, "command").filter(|_| runs);
    match command.and_then(text::first_line) {
        Some(command) => text::label(&format!("Permission to run: {command}")),
        None => text::label(&format!(
            "Permission to use {}: {}",
            call.tool_name, call.title
        )),
    }
}
