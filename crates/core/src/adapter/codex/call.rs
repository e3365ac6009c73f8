//! A tool call's beginning.

use serde_json::Value;

use super::tools;
use crate::adapter::payload::Payload;
use crate::adapter::{lifecycle, permission, text};
use crate::report::{ToolCall, What};

pub(super) fn started(mut payload: Payload) -> What {
    let call = take(&mut payload);
    lifecycle::call_started(call, payload)
}

/// A question about a call that has already begun. Its input says beside the call's why it is
/// asked; without that, the two are equal.
pub(super) fn permission_asked(mut payload: Payload) -> What {
    let mut call = take(&mut payload);
    let why = call
        .input
        .as_object_mut()
        .and_then(|input| input.remove("description"));
    let mode = payload.take("permission_mode");
    let mut metadata = payload.rest();
    for (key, value) in [("permissionReason", why), ("permissionMode", Some(mode))] {
        let said = value.filter(Value::is_string);
        metadata.extend(said.map(|value| (key.to_owned(), value)));
    }
    permission::asked(call, metadata)
}

/// Takes the call's own fields out of a payload.
pub(super) fn take(payload: &mut Payload) -> ToolCall {
    let id = payload.word("tool_use_id");
    payload.take("tool_use_id");
    let name = payload.take_text("tool_name");
    let name = name.as_deref().and_then(text::first_line);
    let name = name.unwrap_or_else(|| "unknown".to_owned());
    let input = payload.take("tool_input");
    let folder = payload.text("cwd").unwrap_or_default();
    let sketch = tools::sketch(&name, &input, id.as_deref(), folder);
    sketch.into_call(id, name, input)
}
