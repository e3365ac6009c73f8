//! GitHub Copilot CLI: `session-state/<session>/events.jsonl`.
//!
//! The events of its program, among them its own hooks' calls. Those are left aside: they are there
//! only where hooks are registered, and what they say is told by the events around them.

use serde_json::{Value, json};

use super::open_calls::{OpenCall, OpenCalls};
use super::{Line, Told, take};
use crate::adapter::read;
use crate::time::Timestamp;

/// Events that tell nothing of what happened.
const SILENT: &[&str] = &[
    "hook.start",
    "hook.end",
    "assistant.turn_start",
    "session.usage_record",
    "session.info",
    "system.message",
    "assistant.reasoning",
    "session.mode_changed",
];

#[derive(Debug, Default)]
pub(super) struct Reader {
    path: String,
    session: Option<String>,
    folder: Option<String>,
    model: Option<String>,
    calls: OpenCalls,
    /// What the model said last, unless it called tools in the same message.
    answer: Option<Value>,
    runs: bool,
}

impl Reader {
    pub(super) fn new(path: String) -> Self {
        Self {
            path,
            ..Self::default()
        }
    }

    pub(super) fn read(&mut self, at: Timestamp, mut line: Value) -> Line {
        let data = take(&mut line, "data");
        let sort = read::text(&line, "type").unwrap_or_default();
        let told = match sort {
            "session.start" => self.starts(at, "new", &data),
            "session.resume" => self.starts(at, "resume", &data),
            "user.message" => self.prompted(at, data),
            "assistant.message" => self.said(at, data),
            "assistant.turn_end" => self.turn_ended(at),
            "tool.execution_start" => self.begins(at, data),
            "tool.execution_complete" => self.ends(at, data),
            "session.shutdown" => self.shut_down(at),
            _ if SILENT.contains(&sort) => Vec::new(),
            _ => return Line::Unknown,
        };
        Line::Known(told)
    }

    fn starts(&mut self, at: Timestamp, how: &str, data: &Value) -> Vec<Told> {
        let word = |key| read::text(data, key).map(str::to_owned);
        self.session = word("sessionId").or(self.session.take());
        let context = data.get("context").unwrap_or(&Value::Null);
        let folder = read::text(context, "cwd").map(str::to_owned);
        self.folder = folder.or(self.folder.take());
        self.model = word("selectedModel").or(self.model.take());
        self.runs = true;
        let branch = read::text(context, "branch").map(Value::from);
        let fields = json!({ "source": how, "transcriptPath": self.path });
        let told = self.tell(at, "sessionStart", fields);
        let told = told.map(|told| {
            told.with("model", self.model.clone().map(Value::from))
                .with("gitBranch", branch)
        });
        told.into_iter().collect()
    }

    /// Its words as they were typed: what is sent to the model has more put before.
    fn prompted(&mut self, at: Timestamp, mut data: Value) -> Vec<Told> {
        self.answer = None;
        let prompt = take(&mut data, "content");
        if prompt.as_str().is_none_or(|text| text.trim().is_empty()) {
            return Vec::new();
        }
        let told = self.tell(at, "userPromptSubmitted", json!({ "prompt": prompt }));
        told.into_iter().collect()
    }

    fn said(&mut self, at: Timestamp, mut data: Value) -> Vec<Told> {
        let calls_tools = !read::list(&data, "toolRequests").is_empty();
        let content = take(&mut data, "content");
        self.answer = (!calls_tools).then_some(content);
        let model = read::text(&data, "model").map(str::to_owned);
        if model.is_none() || model == self.model {
            return Vec::new();
        }
        self.model = model;
        let payload = self.payload(json!({ "model": self.model }));
        vec![Told::facts(at, payload)]
    }

    /// What is called a turn here is one answer of the model; the person's turn ends with the one
    /// that calls no tools.
    fn turn_ended(&mut self, at: Timestamp) -> Vec<Told> {
        let Some(answer) = self.answer.take() else {
            return Vec::new();
        };
        let told = self.tell(at, "agentStop", json!({ "last_assistant_message": answer }));
        told.into_iter().collect()
    }

    fn begins(&mut self, at: Timestamp, mut data: Value) -> Vec<Told> {
        let (Some(id), Some(tool)) = (
            read::text(&data, "toolCallId"),
            read::text(&data, "toolName"),
        ) else {
            return Vec::new();
        };
        let (id, tool) = (id.to_owned(), tool.to_owned());
        let input = take(&mut data, "arguments");
        let call = OpenCall { id, tool, input };
        let told = self.tell(at, "preToolUse", fields(&call));
        let told = told.map(|told| told.of_call(&call.id));
        self.calls.begin(call);
        told.into_iter().collect()
    }

    fn ends(&mut self, at: Timestamp, mut data: Value) -> Vec<Told> {
        let id = read::text(&data, "toolCallId").unwrap_or_default();
        let Some(call) = self.calls.end(id) else {
            return Vec::new();
        };
        let mut result = take(&mut data, "result");
        let diff = take(&mut result, "detailedContent");
        let mut ended = fields(&call);
        let hook = if read::flag(&data, "success") {
            let text = take(&mut result, "content");
            ended["toolResult"] = json!({ "resultType": "success", "textResultForLlm": text });
            "postToolUse"
        } else {
            ended["error"] = data.pointer("/error/message").cloned().unwrap_or_default();
            "postToolUseFailure"
        };
        let shown = self.shown(at, &call, &diff);
        let code = data.pointer("/shellExecution/exitCode").cloned();
        let ended = self.tell(at, hook, ended);
        let ended = ended.map(|told| told.of_call(&call.id).with("exitCode", code));
        shown.into_iter().chain(ended).collect()
    }

    /// What a call changed in its file; hooks tell it when they ask for permission.
    fn shown(&self, at: Timestamp, call: &OpenCall, diff: &Value) -> Option<Told> {
        let path = read::text(&call.input, "path")?;
        let diff = diff.as_str().filter(|diff| diff.contains("diff --git"))?;
        let input = json!({ "file_path": path, "diff": diff });
        self.tell(
            at,
            "permissionRequest",
            json!({ "toolName": call.tool, "toolInput": input }),
        )
    }

    fn shut_down(&mut self, at: Timestamp) -> Vec<Told> {
        if !std::mem::take(&mut self.runs) {
            return Vec::new();
        }
        let told = self.tell(at, "sessionEnd", json!({ "reason": "complete" }));
        told.into_iter().collect()
    }

    fn tell(&self, at: Timestamp, hook: &'static str, fields: Value) -> Option<Told> {
        self.session.as_ref()?;
        Some(Told::hook(at, hook, self.payload(fields)))
    }

    fn payload(&self, mut fields: Value) -> Value {
        fields["sessionId"] = self.session.clone().unwrap_or_default().into();
        if let Some(folder) = &self.folder {
            fields["cwd"] = folder.clone().into();
        }
        fields
    }

    /// See [`super::Transcript::end`].
    pub(super) fn end(&self) -> Option<Value> {
        self.runs.then(|| self.payload(json!({})))
    }
}

fn fields(call: &OpenCall) -> Value {
    json!({ "toolName": call.tool, "toolArgs": call.input })
}
