//! What a tool gave back, as text for a person.

use std::borrow::Cow;

use serde_json::Value;

use super::read;
use crate::entity::Metadata;
use crate::report::ToolCall;

/// A raw response above this many bytes is left out where its text is kept as output anyway.
const LARGE: usize = 8 * 1024;

/// Fields that hold the text of a response, the best first.
const TEXT_FIELDS: &[&str] = &["content", "result", "output", "text", "message"];

/// Keeps a response: its text as `output`, what went to `stderr`, and the raw response unless that
/// is the text itself, or would store a large text twice.
pub(in crate::adapter) fn keep(call: &ToolCall, response: Value, metadata: &mut Metadata) {
    let output = text_of(call, &response).map(Cow::into_owned);
    keep_text(output, response, metadata);
}

/// The same, for an agent that says itself what the text of a response is.
pub(in crate::adapter) fn keep_text(
    output: Option<String>,
    response: Value,
    metadata: &mut Metadata,
) {
    let output = output.filter(|output| !output.trim().is_empty());
    let mut set = |key: &str, value: Value| metadata.insert(key.to_owned(), value);
    if let Some(stderr) = read::text(&response, "stderr") {
        set("stderr", stderr.into());
    }
    if read::flag(&response, "interrupted") {
        set("interrupted", true.into());
    }
    let says_more = !response.is_null() && !response.is_string() && weight(&response) <= LARGE;
    if says_more || (output.is_none() && !response.is_null()) {
        set("toolResponse", response);
    }
    if let Some(output) = output {
        set("output", output.into());
    }
}

/// The text of a response. A call that changes files has none but a plain answer: what it wrote is
/// its input already.
pub(in crate::adapter) fn text_of<'a>(
    call: &ToolCall,
    response: &'a Value,
) -> Option<Cow<'a, str>> {
    let text = match response {
        Value::String(text) => Some(Cow::Borrowed(text.as_str())),
        Value::Array(blocks) => blocks_text(blocks).map(Cow::Owned),
        Value::Object(_) if call.changes_files => None,
        Value::Object(_) => object_text(response),
        _ => None,
    };
    text.filter(|text| !text.trim().is_empty())
}

fn object_text(response: &Value) -> Option<Cow<'_, str>> {
    if response.get("stdout").is_some() || response.get("stderr").is_some() {
        return Some(Cow::Owned(terminal_text(response)));
    }
    if let Some(content) = response
        .get("file")
        .and_then(|file| read::text(file, "content"))
    {
        return Some(Cow::Borrowed(content));
    }
    let field = TEXT_FIELDS.iter().find_map(|key| match response.get(key)? {
        Value::Array(blocks) => blocks_text(blocks).map(Cow::Owned),
        _ => read::text(response, key).map(Cow::Borrowed),
    });
    let listed = || lines(read::list(response, "filenames")).or_else(|| results(response));
    field.or_else(|| listed().map(Cow::Owned))
}

/// Both streams, one after the other: their true order is not told.
fn terminal_text(response: &Value) -> String {
    let streams = ["stdout", "stderr"]
        .into_iter()
        .filter_map(|key| read::text(response, key));
    streams.collect::<Vec<_>>().join("\n")
}

/// The text blocks of a message's content.
fn blocks_text(blocks: &[Value]) -> Option<String> {
    join(
        blocks
            .iter()
            .filter_map(|block| read::text(block, "text").or_else(|| block.as_str())),
    )
}

fn lines(items: &[Value]) -> Option<String> {
    join(items.iter().filter_map(Value::as_str))
}

/// The results of a web search: plain text, or lists of titles with their addresses.
fn results(response: &Value) -> Option<String> {
    let lines = read::list(response, "results")
        .iter()
        .flat_map(result_lines)
        .collect::<Vec<_>>();
    join(lines.iter().map(String::as_str))
}

fn result_lines(result: &Value) -> Vec<String> {
    if let Some(text) = result.as_str() {
        return vec![text.to_owned()];
    }
    let links = read::list(result, "content").iter();
    links
        .filter_map(|link| {
            Some(format!(
                "{}\n{}",
                read::text(link, "title")?,
                read::text(link, "url")?
            ))
        })
        .collect()
}

fn join<'a>(parts: impl Iterator<Item = &'a str>) -> Option<String> {
    let joined = parts.collect::<Vec<_>>().join("\n");
    (!joined.is_empty()).then_some(joined)
}

/// About how many bytes a value takes, without writing it out.
fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| key.len() + weight(value))
            .sum(),
        _ => 8,
    }
}
