//! Makes two runs comparable: ids and times say only which is which.

use serde_json::Value;

/// The value with ids numbered in the order they come and times left out.
pub(crate) fn normal(value: &Value) -> Value {
    let mut ids = Vec::new();
    renamed(value, &mut ids)
}

fn renamed(value: &Value, ids: &mut Vec<String>) -> Value {
    match value {
        Value::String(text) if is_time(text) => "(time)".into(),
        Value::String(text) if is_id(text) => {
            let known = ids.iter().position(|id| id == text);
            let number = known.unwrap_or_else(|| {
                ids.push(text.clone());
                ids.len() - 1
            });
            format!("(id {})", number + 1).into()
        }
        Value::Array(items) => items.iter().map(|item| renamed(item, ids)).collect(),
        Value::Object(fields) => {
            let fields = fields.iter();
            let renamed = fields.map(|(key, value)| (key.clone(), renamed(value, ids)));
            Value::Object(renamed.collect())
        }
        plain => plain.clone(),
    }
}

/// The value without fields of some names, wherever they are.
pub(crate) fn without(value: &Value, names: &[&str]) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| without(item, names)).collect(),
        Value::Object(fields) => {
            let kept = fields
                .iter()
                .filter(|(key, _)| !names.contains(&key.as_str()));
            Value::Object(
                kept.map(|(key, value)| (key.clone(), without(value, names)))
                    .collect(),
            )
        }
        plain => plain.clone(),
    }
}

/// `2026-11-24T01:02:03.456Z`.
pub(crate) fn is_time(text: &str) -> bool {
    has_shape(text, "dddd-dd-ddTdd:dd:dd.dddZ")
}

/// A UUID in lower case.
fn is_id(text: &str) -> bool {
    has_shape(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
}

fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text
            .bytes()
            .zip(shape.bytes())
            .all(|(byte, kind)| match kind {
                b'd' => byte.is_ascii_digit(),
                b'x' => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
                other => byte == other,
            })
}
