//! What the model says, and when that was the last of its turn.

use serde_json::Value;

use super::super::{Told, take};
use super::Reader;
use crate::adapter::read;
use crate::time::Timestamp;

/// The "model" of what the program itself says in the model's place.
pub(super) const SYNTHETIC: &str = "<synthetic>";

/// Words of the model that may be the last of its turn.
#[derive(Debug)]
pub(super) struct Answer {
    at: Timestamp,
    message_id: Option<String>,
    text: String,
    /// Whether the message says itself that the turn is over.
    is_sure: bool,
}

impl Reader {
    pub(super) fn assistant(&mut self, at: Timestamp, mut line: Value, told: &mut Vec<Told>) {
        let mut message = take(&mut line, "message");
        let id = read::text(&message, "id").map(str::to_owned);
        self.pass(id.as_deref(), told);
        told.extend(self.command.take());
        if read::flag(&line, "isApiErrorMessage") {
            told.push(self.failed(at, &line, &message));
            return;
        }
        told.extend(self.described(at, &message));
        let stopped = read::text(&message, "stop_reason").map(str::to_owned);
        let Value::Array(parts) = take(&mut message, "content") else {
            return;
        };
        for part in parts {
            match read::text(&part, "type") {
                Some("tool_use") => {
                    self.answer = None;
                    told.extend(self.call(at, part));
                }
                // Older versions do not say why a message stopped.
                Some("text") if stopped.as_deref() != Some("tool_use") => {
                    self.said(at, id.as_deref(), &part, stopped.is_some());
                }
                _ => {}
            }
        }
    }

    /// Adds words to the answer of the same message.
    fn said(&mut self, at: Timestamp, id: Option<&str>, part: &Value, is_sure: bool) {
        let Some(text) = read::text(part, "text") else {
            return;
        };
        match &mut self.answer {
            Some(answer) if answer.message_id.as_deref() == id => {
                answer.text.push_str(text);
                answer.is_sure |= is_sure;
                answer.at = at;
            }
            _ => {
                self.answer = Some(Answer {
                    at,
                    message_id: id.map(str::to_owned),
                    text: text.to_owned(),
                    is_sure,
                });
            }
        }
    }

    /// Another line came: an answer that was surely the last of its turn is told now; one that
    /// need not be was none, unless this line is still of the same message.
    pub(super) fn pass(&mut self, message_id: Option<&str>, told: &mut Vec<Told>) {
        match &self.answer {
            Some(answer) if message_id.is_some() && answer.message_id.as_deref() == message_id => {}
            Some(answer) if answer.is_sure => self.answered(told),
            Some(_) if message_id.is_some() => self.answer = None,
            _ => {}
        }
    }

    /// The turn is over: tells its answer, if there is one.
    pub(super) fn answered(&mut self, told: &mut Vec<Told>) {
        let Some(answer) = self.answer.take() else {
            return;
        };
        let mut payload = self.payload();
        payload["last_assistant_message"] = answer.text.into();
        let hook = match self.subagent {
            Some(_) => "SubagentStop",
            None => "Stop",
        };
        told.push(Told::hook(answer.at, hook, payload));
    }

    /// The model's side gave up.
    fn failed(&mut self, at: Timestamp, line: &Value, message: &Value) -> Told {
        let said = read::list(message, "content").first();
        let said = said.and_then(|part| read::text(part, "text"));
        let mut payload = self.payload();
        payload["error"] = read::text(line, "error").unwrap_or("unknown").into();
        payload["last_assistant_message"] = said.unwrap_or_default().into();
        let hook = match self.subagent {
            Some(_) => "SubagentStop",
            None => "StopFailure",
        };
        Told::hook(at, hook, payload)
    }
}
