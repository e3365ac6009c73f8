//! A tool call's end: returned, failed, denied, or told once more with its batch.

use serde_json::Value;

use super::call_id::Context;
use super::{call, settle};
use crate::adapter::payload::Payload;
use crate::adapter::{diff, output, read, text};
use crate::entity::Metadata;
use crate::report::{CallEnd, ToolCall, What};
use crate::vocabulary::ToolStatus;

/// How Claude Code tells the model that a call was refused before it ran.
const REFUSED: &str = "tool_use_error";

pub(super) fn returned(mut payload: Payload) -> What {
    let call = call::take(&mut payload);
    let response = payload.take("tool_response");
    let end = from_response(&call, response, payload.rest());
    What::CallEnded { call, end }
}

pub(super) fn failed(mut payload: Payload) -> What {
    let call = call::take(&mut payload);
    let interrupted = payload.flag("is_interrupt");
    payload.take("is_interrupt");
    let error = read::into_text(payload.take("error"));
    let status = if interrupted {
        ToolStatus::Interrupted
    } else {
        ToolStatus::Failed
    };
    let end = with_error(&call, status, error, payload.rest());
    What::CallEnded { call, end }
}

/// Refused by the agent's own judgement, with its reason.
pub(super) fn denied(mut payload: Payload) -> What {
    let call = call::take(&mut payload);
    let reason = payload.text("reason").map(str::to_owned);
    let end = with_error(&call, ToolStatus::Refused, reason, payload.rest());
    What::CallEnded { call, end }
}

pub(super) fn batch(mut payload: Payload) -> What {
    let context = Context::of(&payload);
    let Value::Array(calls) = payload.take("tool_calls") else {
        return What::BatchEnded { calls: Vec::new() };
    };
    let calls = calls.into_iter().filter(Value::is_object);
    What::BatchEnded {
        calls: calls.map(|call| batched(&context, call)).collect(),
    }
}

fn batched(context: &Context, mut fields: Value) -> (ToolCall, CallEnd) {
    let mut take = |key| fields.get_mut(key).map(Value::take).unwrap_or_default();
    let (id, name, input) = (take("tool_use_id"), take("tool_name"), take("tool_input"));
    let response = take("tool_response");
    let call = call::new(context, id.as_str(), name.as_str(), input);
    let end = from_batch(&call, response);
    (call, end)
}

/// A batch has no status: only the text that the model got. It *begins* with the mark of a refusal
/// or of a failure; further in, the marks are what some file or command happens to say.
fn from_batch(call: &ToolCall, response: Value) -> CallEnd {
    let shown = output::text_of(call, &response).unwrap_or_default();
    if shown.trim_start().starts_with("<tool_use_error>") {
        let error = text::element(&shown, REFUSED).unwrap_or(&shown).to_owned();
        return with_error(call, ToolStatus::Refused, Some(error), Metadata::new());
    }
    if text::exit_code(&shown).is_some() {
        return with_error(
            call,
            ToolStatus::Failed,
            Some(shown.into_owned()),
            Metadata::new(),
        );
    }
    from_response(call, response, Metadata::new())
}

fn from_response(call: &ToolCall, mut response: Value, metadata: Metadata) -> CallEnd {
    let status = status_of(&response);
    let mut end = CallEnd {
        status,
        metadata,
        title: None,
        started_subagent: None,
    };
    if status == ToolStatus::Failed {
        let error = response
            .get_mut("error")
            .map(Value::take)
            .and_then(read::into_text);
        note_error(error, &mut end);
    }
    settle::settle(call, &response, &mut end);
    diff::keep(changed(call, &response), &mut end.metadata);
    output::keep(call, response, &mut end.metadata);
    end
}

fn changed(call: &ToolCall, response: &Value) -> Option<String> {
    let path = call.file_paths.first()?;
    diff::from_hunks(path, read::list(response, "structuredPatch"))
}

/// A returned call is a completed one, unless the tool itself says otherwise.
fn status_of(response: &Value) -> ToolStatus {
    if read::flag(response, "interrupted") {
        ToolStatus::Interrupted
    } else if response.get("success") == Some(&Value::Bool(false)) {
        ToolStatus::Failed
    } else {
        ToolStatus::Completed
    }
}

fn with_error(
    call: &ToolCall,
    status: ToolStatus,
    error: Option<String>,
    metadata: Metadata,
) -> CallEnd {
    let mut end = CallEnd {
        status,
        metadata,
        title: None,
        started_subagent: None,
    };
    note_error(error, &mut end);
    settle::settle(call, &Value::Null, &mut end);
    end
}

fn note_error(error: Option<String>, end: &mut CallEnd) {
    let mut set = |key: &str, value: Value| end.metadata.insert(key.to_owned(), value);
    if end.status != ToolStatus::Refused {
        set("failed", true.into());
    }
    if end.status == ToolStatus::Interrupted {
        set("interrupted", true.into());
    }
    if let Some(code) = error.as_deref().and_then(text::exit_code) {
        set("exitCode", code.into());
    }
    if let Some(error) = error {
        set("error", error.into());
    }
}
