//! What its owner does not want kept at all: prompts, or what tools read, write and say.
//!
//! Works on the payload, before anything else sees it, by the names of fields. A field that nobody
//! knows is not kept either if it holds more than a word: no new version of an agent can bring
//! prompts past this.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::fields::{Holds, holds, is_outcome, within};
use super::marker::{self, OUTPUT_OFF, PROMPTS_OFF};
use super::policy::Policy;

/// The longest text that is a word.
const WORD_MAX: usize = 64;
/// How agents tell the model that background work ended, as a prompt.
const NOTIFICATION: &str = "<task-notification>";
const RESULT: &str = "<result>";
/// How Codex begins a patch, and the lines in it that name files.
const PATCH: &str = "*** ";

/// How agents say at the beginning of an output what became of the call: it was refused, it ended
/// with a code, a person stopped it.
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"\A(?:<untrusted_context>\s*)?((?i:<tool_use_error>|exit code -?\d+\b|exit code: -?\d+\nwall time: [^\n]{0,60}\n(?:[^\n]{0,80}\n)?output:|(?:command was|operation|tool execution|user) cancelled(?: by user)?|\[operation cancelled\]))",
    )
});

/// How others say it at its end.
static TAIL: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?m)^(?:<[^<>\n]{0,80}exit code -?\d+>\s*\z|Exit Code: -?\d+$)"));

fn compile(expression: &str) -> Regex {
    Regex::new(expression).unwrap_or_else(|error| panic!("how calls end: {error}"))
}

pub(super) fn apply(policy: &Policy, body: &mut Value) {
    if policy.prompts && policy.tool_output {
        return;
    }
    Switches { policy }.value(body, Holds::Unknown);
}

/// What the texts of a request are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// What a person said to an agent.
    Prompt,
    /// What a tool was asked, and what came of it.
    Tool,
    /// What the agent says, or what is said of a task.
    Other,
}

pub(super) fn apply_to_request(policy: &Policy, about: About, body: &mut Value) {
    let (true, Value::Object(fields)) = (!(policy.prompts && policy.tool_output), body) else {
        return;
    };
    let switches = Switches { policy };
    for (key, value) in fields {
        let holds = match (key.as_str(), about) {
            ("metadata", _) => Holds::Unknown,
            ("title" | "body", About::Prompt) => Holds::Prompt,
            ("body", About::Tool) => Holds::Output,
            ("command", _) => Holds::Command,
            _ => continue,
        };
        switches.value(value, holds);
    }
}

struct Switches<'p> {
    policy: &'p Policy,
}

impl Switches<'_> {
    fn value(&self, value: &mut Value, holds: Holds) {
        match value {
            Value::String(text) => self.text(text, holds),
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item, holds)),
            Value::Object(fields) => self.object(fields, holds),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn object(&self, fields: &mut Map<String, Value>, around: Holds) {
        // An attribute of OpenTelemetry: its name is a value.
        let attribute = fields.get("key").and_then(Value::as_str).map(holds);
        for (key, value) in fields {
            let own = match attribute {
                Some(attribute) if key != "key" => attribute,
                _ => holds(key),
            };
            self.field(key, value, within(around, own));
        }
    }

    fn field(&self, key: &str, value: &mut Value, holds: Holds) {
        if value.as_str().is_some_and(is_word) && is_outcome(key) {
            return;
        }
        self.value(value, holds);
    }

    fn text(&self, text: &mut String, holds: Holds) {
        let (prompts, output) = (self.policy.prompts, self.policy.tool_output);
        if text.trim_start().starts_with(NOTIFICATION) && holds == Holds::Prompt {
            // No person wrote it: what the background work said is output.
            if !output {
                cut_result(text);
            }
            return;
        }
        let kept = match holds {
            Holds::Prompt => prompts,
            Holds::Output => output,
            Holds::Talk => prompts && output,
            Holds::Speech | Holds::Place => true,
            Holds::Command => output || !cut_command(text),
            Holds::Unknown => is_word(text),
        };
        if !kept && !text.is_empty() && holds != Holds::Command {
            *text = omitted(text, self.reason(holds));
        }
    }

    /// Which switch a text is not kept for.
    fn reason(&self, holds: Holds) -> &'static str {
        if holds == Holds::Output || (self.policy.prompts && holds != Holds::Prompt) {
            OUTPUT_OFF
        } else {
            PROMPTS_OFF
        }
    }
}

fn is_word(text: &str) -> bool {
    text.len() <= WORD_MAX && !text.contains(char::is_whitespace)
}

/// What stands for a text that is not kept. What became of the call stays known.
fn omitted(text: &str, reason: &str) -> String {
    let head = HEAD.captures(text).and_then(|found| found.get(1));
    let tail = TAIL.find_iter(text).last();
    let marker = marker::not_kept(reason);
    let lines = [
        head.map(|head| head.as_str()),
        Some(marker.as_str()),
        tail.map(|tail| tail.as_str().trim_end()),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn cut_result(text: &mut String) {
    if let Some(start) = text.find(RESULT) {
        text.truncate(start + RESULT.len());
        text.push_str(&marker::not_kept(OUTPUT_OFF));
        text.push_str("</result></task-notification>");
    }
}

/// Leaves a command its first line, and a patch the names of its files: the rest is what is written
/// to files. Says whether there was a rest.
fn cut_command(text: &mut String) -> bool {
    let Some((first, _)) = text.split_once('\n') else {
        return false;
    };
    let kept: Vec<&str> = if first.starts_with(PATCH) {
        text.lines()
            .filter(|line| line.starts_with(PATCH))
            .collect()
    } else {
        vec![first]
    };
    *text = format!("{}\n{}", kept.join("\n"), marker::not_kept(OUTPUT_OFF));
    true
}
