//! A tool call's beginning, and what it is about to change.

use serde_json::Value;

use super::tools;
use crate::adapter::payload::Payload;
use crate::adapter::{diff, read, text};
use crate::report::{ToolCall, What};

pub(super) fn started(mut payload: Payload) -> What {
    let mut call = take(&mut payload);
    let mut metadata = payload.rest();
    metadata.append(&mut call.metadata);
    call.metadata = metadata;
    What::CallStarted(call)
}

/// Takes the call's own fields out of a payload.
pub(super) fn take(payload: &mut Payload) -> ToolCall {
    let name = payload.take("tool_name");
    let name = name.as_str().and_then(text::first_line);
    let tool_name = name.unwrap_or_else(|| "unknown".to_owned());
    let input = parsed(payload.take("tool_input"));
    let sketch = tools::sketch(&tool_name, &input);
    sketch.into_call(None, tool_name, input)
}

/// An input may come as the text of a JSON object.
fn parsed(input: Value) -> Value {
    let object = input
        .as_str()
        .and_then(|text| serde_json::from_str::<Value>(text).ok())
        .filter(Value::is_object);
    object.unwrap_or(input)
}

/// Copilot asks its hooks for permission before it looks at its own rules, even where everything is
/// allowed: no person is asked by it. (When one is, a notification says so.) It shows what a call
/// will change, and nothing else does.
pub(super) fn change_shown(mut payload: Payload) -> Vec<What> {
    let mut input = payload.take("tool_input");
    let path = ["file_path", "path"]
        .into_iter()
        .find_map(|key| read::text(&input, key));
    let Some(path) = path.map(str::to_owned) else {
        return Vec::new();
    };
    let diff = input.get_mut("diff").map(Value::take);
    let diff = diff.and_then(read::into_text);
    let shown = diff.map(|diff| What::ChangeShown {
        path,
        diff: diff::from_text(&diff),
    });
    shown.into_iter().collect()
}
