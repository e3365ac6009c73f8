//! A tool call's beginning.

use serde_json::Value;

use super::call_id::{self, Context};
use super::tools;
use crate::adapter::payload::Payload;
use crate::adapter::{lifecycle, permission, text};
use crate::report::{ToolCall, What};

pub(super) fn started(mut payload: Payload) -> What {
    let call = take(&mut payload);
    lifecycle::call_started(call, payload)
}

/// A question about a call that has already begun, so what it says is put as a question.
pub(super) fn permission_asked(mut payload: Payload) -> What {
    let call = take(&mut payload);
    let mode = payload.take("permission_mode");
    let mut metadata = payload.rest();
    if mode.is_string() {
        metadata.insert("permissionMode".to_owned(), mode);
    }
    permission::asked(call, metadata)
}

/// Takes the call's own fields out of a payload.
pub(super) fn take(payload: &mut Payload) -> ToolCall {
    let context = Context::of(payload);
    let id = payload.take("tool_use_id");
    let name = payload.take("tool_name");
    new(
        &context,
        id.as_str(),
        name.as_str(),
        payload.take("tool_input"),
    )
}

/// A call from its parts, whatever they are.
pub(super) fn new(
    context: &Context,
    id: Option<&str>,
    name: Option<&str>,
    input: Value,
) -> ToolCall {
    let tool_name = name
        .and_then(text::first_line)
        .unwrap_or_else(|| "unknown".to_owned());
    let id = id.filter(|id| !id.trim().is_empty());
    let id = call_id::of(id, context, &tool_name, &input);
    let sketch = tools::sketch(&tool_name, &input, &id);
    sketch.into_call(Some(id), tool_name, input)
}
