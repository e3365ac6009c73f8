//! Calls of tools, under the names that hooks have for them.

use serde_json::{Value, json};

use super::super::open_calls::OpenCall;
use super::super::{Told, take};
use super::Reader;
use crate::adapter::read;
use crate::time::Timestamp;

impl Reader {
    /// What the model was sent or sent itself: of interest are the calls.
    pub(super) fn item(&mut self, at: Timestamp, mut item: Value) -> Vec<Told> {
        match read::text(&item, "type").unwrap_or_default() {
            "function_call" => {
                let arguments = take(&mut item, "arguments");
                self.call(at, &item, parsed(arguments))
            }
            "custom_tool_call" => {
                let input = json!({ "command": take(&mut item, "input") });
                self.call(at, &item, input)
            }
            "function_call_output" | "custom_tool_call_output" => self.result(at, item),
            _ => Vec::new(),
        }
    }

    fn call(&mut self, at: Timestamp, item: &Value, input: Value) -> Vec<Told> {
        let (Some(id), Some(name)) = (read::text(item, "call_id"), read::text(item, "name")) else {
            return Vec::new();
        };
        let (tool, input) = as_hooks_name_it(name, input);
        let call = OpenCall {
            id: id.to_owned(),
            tool,
            input,
        };
        let told = self.tell(at, "PreToolUse", fields(&call));
        self.calls.begin(call);
        told
    }

    fn result(&mut self, at: Timestamp, mut item: Value) -> Vec<Told> {
        let id = read::text(&item, "call_id").unwrap_or_default().to_owned();
        let Some(call) = self.calls.end(&id) else {
            return Vec::new();
        };
        let output = text(take(&mut item, "output"));
        let mut fields = fields(&call);
        fields["tool_response"] = match self.ran.remove(&id) {
            Some(ran) => exited(&ran),
            None => response(&call.tool, &output),
        };
        self.tell(at, "PostToolUse", fields)
    }
}

fn fields(call: &OpenCall) -> Value {
    json!({ "tool_name": call.tool, "tool_use_id": call.id, "tool_input": call.input })
}

fn parsed(arguments: Value) -> Value {
    let object = arguments
        .as_str()
        .and_then(|text| serde_json::from_str::<Value>(text).ok());
    object.unwrap_or(arguments)
}

/// The tool and its input as a hook would be given them.
fn as_hooks_name_it(name: &str, mut input: Value) -> (String, Value) {
    let command = match name {
        "exec_command" => take(&mut input, "cmd"),
        "shell" | "local_shell" => command_line(take(&mut input, "command")),
        _ => return (name.to_owned(), input),
    };
    ("Bash".to_owned(), json!({ "command": command }))
}

/// A command that is a list of words: what the shell in it is given, or the words.
fn command_line(command: Value) -> Value {
    let Value::Array(words) = &command else {
        return command;
    };
    let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
    match words.as_slice() {
        [_, "-lc" | "-c", script] => (*script).into(),
        words => words.join(" ").into(),
    }
}

/// The text of an output; older ones are JSON with more about it.
fn text(output: Value) -> String {
    match output {
        Value::String(text) => text,
        Value::Array(parts) => {
            let texts = parts.iter().filter_map(|part| read::text(part, "text"));
            texts.collect::<Vec<_>>().join("\n")
        }
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The end of a command as Codex writes it where it tells the exit code.
fn headed(code: i64, written: &str) -> Value {
    format!("Exit code: {code}\nWall time: unknown\nOutput:\n{written}").into()
}

fn exited(ran: &Value) -> Value {
    let written = ran
        .get("output")
        .and_then(Value::as_str)
        .unwrap_or_default();
    match ran.get("exit_code").and_then(Value::as_i64) {
        Some(code) => headed(code, written),
        None => written.into(),
    }
}

/// What a hook would have been given back. No hook is called for a call that failed before it ran;
/// here that it failed is written.
fn response(tool: &str, output: &str) -> Value {
    if tool == "Bash" {
        return shell(output);
    }
    let fails = output.starts_with("unsupported call") || output.starts_with("failed to parse");
    let unpatched = tool == "apply_patch" && !output.starts_with("Exit code: ");
    if fails || (unpatched && !output.starts_with('{')) {
        return json!({ "isError": true, "error": output });
    }
    output.into()
}

/// A command's end without an account of its own: its head tells the exit code.
fn shell(output: &str) -> Value {
    if let Ok(old) = serde_json::from_str::<Value>(output)
        && let Some(code) = old.pointer("/metadata/exit_code").and_then(Value::as_i64)
    {
        return headed(code, read::text(&old, "output").unwrap_or_default());
    }
    let Some((head, written)) = output.split_once("Output:\n") else {
        return output.into();
    };
    let code = head
        .lines()
        .find_map(|line| line.strip_prefix("Process exited with code "))
        .and_then(|code| code.trim().parse().ok());
    match code {
        Some(code) => headed(code, written),
        None => written.into(),
    }
}
