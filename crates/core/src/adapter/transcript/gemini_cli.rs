//! Gemini CLI: `tmp/<project>/chats/session-<time>-<id>.jsonl`.
//!
//! A message of the model is written again as its calls finish, with all of them; a `$set` writes
//! what was there before once more. The folder stands only in the text about the session that the
//! model is given first.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{Line, Told, take};
use crate::adapter::read;
use crate::time::Timestamp;

/// How the text begins that the program puts first.
const CONTEXT: &str = "<session_context>";
/// The line before the folders in it.
const FOLDERS: &str = "Workspace Directories:**";

#[derive(Debug, Default)]
pub(super) struct Reader {
    path: String,
    session: Option<String>,
    folder: Option<String>,
    begins: Option<Timestamp>,
    started: bool,
    model: Option<String>,
    /// The calls of the message that is written last, as far as they are told.
    told_calls: HashSet<String>,
    message_id: Option<String>,
    /// What the model said since the prompt, and when it did last.
    said: Vec<(String, String)>,
    said_at: Option<Timestamp>,
}

impl Reader {
    pub(super) fn new(path: String) -> Self {
        Self {
            path,
            ..Self::default()
        }
    }

    pub(super) fn read(&mut self, at: Timestamp, mut line: Value) -> Line {
        if let Some(messages) = line.pointer("/$set/messages") {
            self.place(messages);
            return Line::Known(Vec::new());
        }
        if line.get("$set").is_some() || line.get("$rewindTo").is_some() {
            return Line::Known(Vec::new());
        }
        if let Some(session) = read::text(&line, "sessionId") {
            self.session = Some(session.to_owned());
            self.begins = Some(at);
            return Line::Known(Vec::new());
        }
        let told = match read::text(&line, "type").unwrap_or_default() {
            "user" => self.user(at, &line),
            "gemini" => self.model(at, &mut line),
            "info" | "error" | "warning" => Vec::new(),
            _ => return Line::Unknown,
        };
        Line::Known(told)
    }

    /// Finds the folder in what the program put first.
    fn place(&mut self, messages: &Value) {
        let texts = messages.as_array().into_iter().flatten().map(text_of);
        let context = texts.into_iter().find(|text| text.starts_with(CONTEXT));
        self.folder = context
            .as_deref()
            .and_then(folder_in)
            .or(self.folder.take());
    }

    fn user(&mut self, at: Timestamp, line: &Value) -> Vec<Told> {
        let text = text_of(line);
        if text.trim().is_empty() {
            return Vec::new();
        }
        if text.starts_with(CONTEXT) {
            self.folder = folder_in(&text).or(self.folder.take());
            return Vec::new();
        }
        let mut told = self.start();
        told.extend(self.settle());
        told.push(self.tell(at, "BeforeAgent", json!({ "prompt": text })));
        told
    }

    fn model(&mut self, at: Timestamp, line: &mut Value) -> Vec<Told> {
        let mut told = self.start();
        let id = read::text(line, "id").unwrap_or_default().to_owned();
        if self.message_id.as_deref() != Some(&id) {
            self.message_id = Some(id.clone());
            self.told_calls.clear();
        }
        told.extend(self.described(at, line));
        self.say(at, id, text_of(line));
        let Value::Array(calls) = take(line, "toolCalls") else {
            return told;
        };
        for call in calls {
            told.extend(self.call(at, call).into_iter().flatten());
        }
        told
    }

    /// Adds words of the model, once for each message.
    fn say(&mut self, at: Timestamp, id: String, text: String) {
        self.said_at = Some(at);
        if text.trim().is_empty() {
            return;
        }
        match self.said.last_mut() {
            Some((last, said)) if *last == id => *said = text,
            _ => self.said.push((id, text)),
        }
    }

    fn described(&mut self, at: Timestamp, line: &Value) -> Option<Told> {
        let model = read::text(line, "model")?;
        if self.model.as_deref() == Some(model) {
            return None;
        }
        self.model = Some(model.to_owned());
        Some(Told::facts(at, self.payload(json!({ "model": model }))))
    }

    /// A call that is over, told from its beginning to its end. Nothing else writes it down before.
    fn call(&mut self, at: Timestamp, mut call: Value) -> Option<[Told; 2]> {
        let id = read::text(&call, "id")?.to_owned();
        let status = read::text(&call, "status")?.to_owned();
        let is_over = matches!(&*status, "success" | "error" | "cancelled");
        if !is_over || !self.told_calls.insert(id.clone()) {
            return None;
        }
        let ended = read::text(&call, "timestamp").and_then(|time| time.parse().ok());
        let begins =
            json!({ "tool_name": take(&mut call, "name"), "tool_input": take(&mut call, "args") });
        let mut ends = begins.clone();
        ends["tool_response"] = response(&status, &mut call);
        let begins = self.tell(at, "BeforeTool", begins).of_call(&id);
        let ends = self
            .tell(ended.unwrap_or(at), "AfterTool", ends)
            .of_call(&id);
        Some([begins, ends])
    }

    /// That it began, before anything else of it.
    fn start(&mut self) -> Vec<Told> {
        let Some(began) = self.begins.take().filter(|_| !self.started) else {
            return Vec::new();
        };
        self.started = true;
        let fields = json!({ "source": "startup", "transcript_path": self.path });
        vec![self.tell(began, "SessionStart", fields)]
    }

    fn tell(&self, at: Timestamp, hook: &'static str, fields: Value) -> Told {
        Told::hook(at, hook, self.payload(fields))
    }

    fn payload(&self, mut fields: Value) -> Value {
        fields["session_id"] = self.session.clone().unwrap_or_default().into();
        if let Some(folder) = &self.folder {
            fields["cwd"] = folder.clone().into();
        }
        fields
    }

    /// See [`super::Transcript::settle`]. The turn's end has no line: it is over when the next
    /// prompt comes.
    pub(super) fn settle(&mut self) -> Vec<Told> {
        let said = std::mem::take(&mut self.said)
            .into_iter()
            .map(|(_, text)| text);
        let said = said.collect::<Vec<_>>().join("\n");
        let Some(at) = self.said_at.take().filter(|_| !said.is_empty()) else {
            return Vec::new();
        };
        vec![self.tell(at, "AfterAgent", json!({ "prompt_response": said }))]
    }

    /// See [`super::Transcript::end`].
    pub(super) fn end(&self) -> Option<Value> {
        self.started.then(|| self.payload(json!({})))
    }
}

/// The text of a message; empty if it is the results of calls.
fn text_of(message: &Value) -> String {
    match message.get("content") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            let texts = parts.iter().filter_map(|part| read::text(part, "text"));
            texts.collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}

fn folder_in(context: &str) -> Option<String> {
    let (_, rest) = context.split_once(FOLDERS)?;
    let first = rest.lines().map(str::trim).find(|line| !line.is_empty())?;
    first.strip_prefix("- ").map(str::to_owned)
}

/// What the hook after the call would have been given.
fn response(status: &str, call: &mut Value) -> Value {
    let told = call.pointer("/result/0/functionResponse/response");
    let part = |key| told.and_then(|told| told.get(key)).cloned();
    let (output, error) = (part("output"), part("error"));
    let shown = take(call, "resultDisplay");
    match (status, error) {
        ("cancelled", error) => {
            json!({ "llmContent": error.or(output).unwrap_or_else(|| "[Operation Cancelled]".into()), "returnDisplay": shown })
        }
        (_, Some(error)) => json!({ "error": { "message": error }, "returnDisplay": shown }),
        ("error", None) => json!({ "error": { "message": shown } }),
        (_, None) => json!({ "llmContent": output, "returnDisplay": shown }),
    }
}
