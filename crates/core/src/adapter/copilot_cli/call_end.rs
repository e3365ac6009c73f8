//! A tool call's end.

use serde_json::{Map, Value};

use super::call;
use crate::adapter::payload::Payload;
use crate::adapter::read;
use crate::adapter::tools::talk;
use crate::entity::Metadata;
use crate::report::{CallEnd, ToolCall, What};
use crate::vocabulary::{EventKind, ToolStatus};

/// Where a result says how it went and what it gave back, in both shapes.
const RESULT_TYPE: [&str; 2] = ["resultType", "result_type"];
const RESULT_TEXT: [&str; 2] = ["textResultForLlm", "text_result_for_llm"];

pub(super) fn returned(mut payload: Payload) -> What {
    let call = call::take(&mut payload);
    let mut result = payload.take("tool_result");
    let mut end = end(ToolStatus::Completed, payload.rest());
    let status = take_first(&mut result, RESULT_TYPE);
    let text = take_first(&mut result, RESULT_TEXT).and_then(read::into_text);
    match status.as_ref().and_then(Value::as_str) {
        Some("denied" | "rejected") => fail(ToolStatus::Refused, text, &mut end),
        Some("failure" | "error" | "timeout") => fail(ToolStatus::Failed, text, &mut end),
        _ => completed(&call, text, &mut end),
    }
    keep_rest(result, &mut end);
    conclude(&call, &mut end);
    What::CallEnded { call, end }
}

pub(super) fn failed(mut payload: Payload) -> What {
    let call = call::take(&mut payload);
    let error = read::into_text(payload.take("error"));
    let mut end = end(ToolStatus::Completed, payload.rest());
    fail(ToolStatus::Failed, error, &mut end);
    conclude(&call, &mut end);
    What::CallEnded { call, end }
}

fn end(status: ToolStatus, metadata: Metadata) -> CallEnd {
    CallEnd {
        status,
        metadata,
        title: None,
        started_subagent: None,
    }
}

fn fail(status: ToolStatus, error: Option<String>, end: &mut CallEnd) {
    end.status = status;
    if status != ToolStatus::Refused {
        set(end, "failed", true.into());
    }
    if let Some(error) = error {
        set(end, "error", error.into());
    }
}

/// To Copilot a command that failed is a success, with the exit code at the end of its text.
fn completed(call: &ToolCall, text: Option<String>, end: &mut CallEnd) {
    let is_command = call.kind == EventKind::TerminalCommand;
    let code = text.as_deref().filter(|_| is_command).and_then(exit_code);
    if let Some(code) = code {
        set(end, "exitCode", code.into());
    }
    if code.is_some_and(|code| code != 0) {
        fail(ToolStatus::Failed, None, end);
    }
    if let Some(text) = text {
        set(end, "output", text.into());
    }
}

/// The code in a last line like `<shellId: 0 completed with exit code 1>`.
fn exit_code(text: &str) -> Option<i64> {
    let last = text.trim_end().lines().next_back()?;
    let said = last.strip_prefix('<')?.strip_suffix('>')?;
    let (_, code) = said.rsplit_once("exit code ")?;
    code.parse().ok()
}

fn take_first(result: &mut Value, keys: [&str; 2]) -> Option<Value> {
    let fields = result.as_object_mut()?;
    keys.into_iter().find_map(|key| fields.remove(key))
}

/// Keeps what a result says beyond its text.
fn keep_rest(result: Value, end: &mut CallEnd) {
    let rest = match result {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .filter(|(_, value)| read::says_something(value))
                .collect::<Map<_, _>>(),
        ),
        other => other,
    };
    if read::says_something(&rest) {
        set(end, "toolResponse", rest);
    }
}

/// A question is settled by any end; its answer is what came back.
fn conclude(call: &ToolCall, end: &mut CallEnd) {
    talk::conclude(call, &mut end.metadata);
    let answer = end.metadata.get("output").cloned();
    if let Some(answer) = answer.filter(|_| call.kind == EventKind::QuestionLogged) {
        set(end, "answer", answer);
    }
}

fn set(end: &mut CallEnd, key: &str, value: Value) {
    end.metadata.insert(key.to_owned(), value);
}

#[cfg(test)]
mod tests {
    use super::exit_code;

    #[test]
    fn an_exit_code_is_in_the_last_line() {
        assert_eq!(
            exit_code("out\n<shellId: 0 completed with exit code 1>"),
            Some(1)
        );
        assert_eq!(exit_code("<exited with exit code -1>\n"), Some(-1));
        assert_eq!(exit_code("<shellId: 0 completed with exit code x>"), None);
        assert_eq!(exit_code("it said <exit code 1>\nand went on"), None);
        assert_eq!(exit_code("exit code 1"), None);
        assert_eq!(exit_code(""), None);
    }
}
