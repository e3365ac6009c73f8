//! A tool call's beginning. No call has an id.

use serde_json::Value;

use super::tools;
use crate::adapter::payload::Payload;
use crate::adapter::{lifecycle, read, text};
use crate::report::{ToolCall, What};

pub(super) fn started(mut payload: Payload) -> What {
    let call = take(&mut payload);
    lifecycle::call_started(call, payload)
}

/// Takes the call's own fields out of a payload.
pub(super) fn take(payload: &mut Payload) -> ToolCall {
    let name = payload.take_text("tool_name");
    let name = name.as_deref().and_then(text::first_line);
    let name = name.unwrap_or_else(|| "unknown".to_owned());
    let server = payload.take("mcp_context");
    new(name, payload.take("tool_input"), &server)
}

/// A call from its parts; `server` says whose tool it is, if it is an MCP server's.
pub(super) fn new(name: String, input: Value, server: &Value) -> ToolCall {
    let part = |key| read::text(server, key);
    let server = part("server_name").zip(part("tool_name"));
    let sketch = tools::sketch(&name, &input, server);
    sketch.into_call(None, name, input)
}
