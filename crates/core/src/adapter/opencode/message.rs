//! Prompts, answers and thoughts.

use serde_json::{Value, json};

use super::payload::Payload;
use super::{Told, call, note};
use crate::adapter::{note as shared, read, text};
use crate::entity::Metadata;
use crate::report::What;
use crate::time::Timestamp;
use crate::vocabulary::{EventKind, Lane};

const PART: &str = "/event/properties/part";
const INFO: &str = "/event/properties/info";

/// Parts that say nothing which is not told elsewhere: where a step begins and ends, what the
/// working folder looked like, which files a step changed (its calls say so), and what a prompt
/// brought along.
const SILENT_PARTS: &[&str] = &[
    "step-start",
    "step-finish",
    "snapshot",
    "patch",
    "file",
    "agent",
    "subtask",
    "retry",
];

/// What a person (or, in a subagent's session, its agent) asked for.
pub(super) fn prompted(mut payload: Payload) -> Told {
    let time = payload.time("/output/message/time/created");
    let message = payload.take("/output/message");
    let parts = payload.take("/output/parts");
    let parts = parts.as_array().map_or(&[][..], Vec::as_slice);
    let own = words(parts, false);
    let by_person = own.is_some();
    let text = own.or_else(|| words(parts, true)).unwrap_or_default();
    let title = text::first_line(&text).unwrap_or_else(|| "Empty prompt".to_owned());
    let prompt_id =
        read::word(&message, "id").or_else(|| read::word(payload.at("/input"), "messageID"));
    let metadata = prompt_facts(&message, parts);
    let mut told = Told::from(What::Prompted {
        text,
        // An empty prompt is nobody's words, but only a person sends a picture without any.
        by_person: by_person || parts.iter().any(is_file) || parts.is_empty(),
        title,
        metadata,
    })
    .at(time);
    told.prompt_id = prompt_id;
    told
}

/// The text parts of a prompt: the person's own, or those that `OpenCode` put in.
fn words(parts: &[Value], synthetic: bool) -> Option<String> {
    let texts = parts.iter().filter(|part| {
        read::text(part, "type") == Some("text") && read::flag(part, "synthetic") == synthetic
    });
    let texts: Vec<&str> = texts.filter_map(|part| read::text(part, "text")).collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

fn is_file(part: &Value) -> bool {
    read::text(part, "type") == Some("file")
}

fn prompt_facts(message: &Value, parts: &[Value]) -> Metadata {
    let mut facts = model_facts(message);
    let names: Vec<&str> = parts
        .iter()
        .filter(|part| is_file(part))
        .filter_map(|part| read::text(part, "filename"))
        .collect();
    if !names.is_empty() {
        facts.insert("attachments".to_owned(), json!(names));
    }
    facts
}

/// Which model and which of `OpenCode`'s agents a message is of.
fn model_facts(message: &Value) -> Metadata {
    let model = message.get("model").unwrap_or(message);
    let mut facts = Metadata::new();
    for (key, value) in [
        ("model", read::text(model, "modelID")),
        ("modelProvider", read::text(model, "providerID")),
        ("agentName", read::text(message, "agent")),
    ] {
        if let Some(value) = value {
            facts.insert(key.to_owned(), value.into());
        }
    }
    facts
}

/// What is known of a message of the agent. It is repeated with every change and means something
/// twice: when it turns out to be a summary for the agent itself, and when it is complete.
pub(super) fn updated(mut payload: Payload) -> Option<Told> {
    if payload.text("/event/properties/info/role") != Some("assistant") {
        return None;
    }
    let info = payload.take(INFO);
    let is_summary = read::flag(&info, "summary");
    let completed = info.pointer("/time/completed").and_then(Value::as_i64);
    if completed.is_none() && !is_summary {
        return None;
    }
    let metadata = completed.map_or_else(Metadata::new, |_| facts(&info));
    let mut told = Told::from(What::MessageDescribed {
        message_id: read::word(&info, "id")?,
        is_summary,
        metadata,
    })
    .at(completed.map(Timestamp::from_millis));
    told.prompt_id = read::word(&info, "parentID");
    Some(told)
}

fn facts(info: &Value) -> Metadata {
    let mut facts = model_facts(info);
    let counts = [
        ("inputTokens", "/tokens/input"),
        ("outputTokens", "/tokens/output"),
        ("reasoningTokens", "/tokens/reasoning"),
        ("cacheReadTokens", "/tokens/cache/read"),
        ("cacheWriteTokens", "/tokens/cache/write"),
    ];
    let mut usage = json!({});
    for (key, place) in counts {
        if let Some(count) = info.pointer(place).and_then(Value::as_u64) {
            usage[key] = count.into();
        }
    }
    facts.insert("usage".to_owned(), usage);
    if let Some(cost) = info.get("cost").and_then(Value::as_f64) {
        facts.insert("costUsd".to_owned(), json!(cost));
    }
    if let Some(finish) = read::text(info, "finish") {
        facts.insert("finishReason".to_owned(), finish.into());
    }
    facts
}

/// A part of a message, told when it is whole.
pub(super) fn part(mut payload: Payload) -> Option<Told> {
    let kind = payload.text("/event/properties/part/type")?.to_owned();
    match kind.as_str() {
        "tool" => call::part(payload),
        "text" => answer(&payload.take(PART)),
        "reasoning" => thought(&payload.take(PART)),
        "compaction" => {
            let time = payload.time("/event/properties/time");
            Some(compacting(&payload.take(PART)).at(time))
        }
        kind if SILENT_PARTS.contains(&kind) => None,
        _ => {
            let id = payload.text("/event/properties/part/id").map(str::to_owned);
            Some(note::unknown(payload).once(id))
        }
    }
}

/// Words of the agent. A prompt is a text too, but has no time of its own.
fn answer(part: &Value) -> Option<Told> {
    let (text, time) = whole(part)?;
    if read::flag(part, "synthetic") || read::flag(part, "ignored") {
        return None;
    }
    let title = text::first_line(text)?;
    let told = Told::from(What::Said {
        message_id: read::word(part, "messageID").unwrap_or_default(),
        text: text.to_owned(),
        title,
        metadata: Metadata::new(),
    });
    Some(told.once(read::word(part, "id")).at(Some(time)))
}

fn thought(part: &Value) -> Option<Told> {
    let (text, time) = whole(part)?;
    let told = Told::from(What::Noted {
        kind: EventKind::ThoughtLogged,
        lane: Lane::Planning,
        title: text::first_line(text)?,
        body: Some(text.to_owned()),
        metadata: Metadata::new(),
    });
    Some(told.once(read::word(part, "id")).at(Some(time)))
}

/// A part's text and when it began, if it has ended. A call that the agent makes as it speaks may
/// be over before the words are, and still comes after them.
fn whole(part: &Value) -> Option<(&str, Timestamp)> {
    let time = |place| part.pointer(place).and_then(Value::as_i64);
    let ended = time("/time/end")?;
    let began = time("/time/start").unwrap_or(ended);
    Some((read::text(part, "text")?, Timestamp::from_millis(began)))
}

/// A compaction begins with a prompt of `OpenCode`'s own, which has this part and no text.
fn compacting(part: &Value) -> Told {
    let mut metadata = Metadata::new();
    if let Some(auto) = part.get("auto").and_then(Value::as_bool) {
        let trigger = if auto { "auto" } else { "manual" };
        metadata.insert("trigger".to_owned(), trigger.into());
    }
    let what = shared::compaction("Compacting the context", "before", None, metadata);
    Told::from(what).once(read::word(part, "id"))
}
