//! The user's side: prompts, results of calls, and what the program puts in.

use serde_json::Value;

use super::super::{Told, take};
use super::Reader;
use crate::adapter::{read, text};
use crate::time::Timestamp;

/// What a text of the user's side is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// Somebody's words, or the program's report of background work: a prompt.
    Prompt,
    /// A command, which may be one of the program itself.
    Command,
    /// The person broke the turn off.
    Interruption,
    /// What the program put in.
    Inserted,
}

/// How texts begin that are no prompts.
const BEGINNINGS: &[(&str, Sort)] = &[
    ("[Request interrupted by user", Sort::Interruption),
    ("<command-name>", Sort::Command),
    ("<command-message>", Sort::Command),
    ("<local-command-", Sort::Inserted),
    ("<bash-", Sort::Inserted),
    ("<system-reminder>", Sort::Inserted),
];

impl Reader {
    pub(super) fn user(&mut self, at: Timestamp, mut line: Value, told: &mut Vec<Told>) {
        let content = take(&mut line, "message")
            .get_mut("content")
            .map(Value::take);
        let (results, text) = parts(content.unwrap_or_default());
        if read::flag(&line, "isCompactSummary") {
            told.extend(self.compacted(at, &text));
            return;
        }
        // What it begins, an agent told its subagent, and nobody else.
        let is_prompt = !text.is_empty() && self.subagent.is_none() && !is_inserted(&line);
        if !results.is_empty() || is_prompt {
            self.pass(None, told);
        }
        let mut result = take(&mut line, "toolUseResult");
        for part in results {
            self.answer = None;
            told.extend(self.result(at, part, result.take(), &line));
        }
        if is_prompt {
            self.prompt(at, text, &line, told);
        }
    }

    fn prompt(&mut self, at: Timestamp, text: String, line: &Value, told: &mut Vec<Told>) {
        match sort(&text) {
            Sort::Prompt => {
                self.answered(told);
                self.command = None;
                told.push(self.submitted(at, text, line));
            }
            Sort::Command => {
                self.command = command(&text).map(|text| self.submitted(at, text, line));
            }
            Sort::Interruption => {
                self.answer = None;
                told.push(Told::interrupted(at, self.payload()));
            }
            // The output of a command: so it was one of the program itself.
            Sort::Inserted => self.command = None,
        }
    }

    fn submitted(&self, at: Timestamp, text: String, line: &Value) -> Told {
        let mut payload = self.payload();
        payload["prompt"] = text.into();
        payload["permission_mode"] = line.get("permissionMode").cloned().unwrap_or_default();
        Told::hook(at, "UserPromptSubmit", payload)
    }

    fn compacted(&mut self, at: Timestamp, summary: &str) -> Option<Told> {
        let trigger = self.compaction.take()?;
        let mut payload = self.payload();
        payload["trigger"] = trigger.into();
        payload["compact_summary"] = summary.into();
        Some(Told::hook(at, "PostCompact", payload))
    }
}

/// The results of calls in a content, and its text.
fn parts(content: Value) -> (Vec<Value>, String) {
    match content {
        Value::String(text) => (Vec::new(), text),
        Value::Array(parts) => {
            let (results, others): (Vec<_>, Vec<_>) = parts
                .into_iter()
                .partition(|part| read::text(part, "type") == Some("tool_result"));
            let texts = others.iter().filter_map(|part| read::text(part, "text"));
            (results, texts.collect::<Vec<_>>().join("\n"))
        }
        _ => (Vec::new(), String::new()),
    }
}

/// Whether the program says itself that it put the line in.
fn is_inserted(line: &Value) -> bool {
    ["isMeta", "isVisibleInTranscriptOnly"]
        .iter()
        .any(|key| read::flag(line, key))
}

fn sort(text: &str) -> Sort {
    let text = text.trim_start();
    let known = BEGINNINGS
        .iter()
        .find(|(beginning, _)| text.starts_with(beginning));
    known.map_or(Sort::Prompt, |(_, sort)| *sort)
}

/// A command as its person typed it.
fn command(text: &str) -> Option<String> {
    let name = text::head_element(text, "command-name")?;
    let arguments = text::head_element(text, "command-args").unwrap_or_default();
    let name = name.trim_start_matches('/');
    Some(format!("/{name} {arguments}").trim_end().to_owned())
}
