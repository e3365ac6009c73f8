use agent_tracer_core::entity::Event;
use serde_json::Value;

/// Cuts every text of an event that is longer than `bytes_max` bytes, and says so in
/// `metadata.cutAt`, and in `metadata.bodyBytes` how long the body is, if it was cut.
/// `GET /api/events/:eventId` has the whole of it.
pub(crate) fn cut_event(event: &mut Event, bytes_max: usize) {
    let bytes = event.body.as_ref().map_or(0, String::len);
    let mut cut = event
        .body
        .as_mut()
        .is_some_and(|body| cut_text(body, bytes_max));
    if cut {
        event.metadata.insert("bodyBytes".into(), bytes.into());
    }
    for value in event.metadata.values_mut() {
        cut |= cut_value(value, bytes_max);
    }
    if cut {
        event.metadata.insert("cutAt".into(), bytes_max.into());
    }
}

fn cut_value(value: &mut Value, bytes_max: usize) -> bool {
    match value {
        Value::String(text) => cut_text(text, bytes_max),
        Value::Array(items) => items
            .iter_mut()
            .fold(false, |cut, item| cut_value(item, bytes_max) | cut),
        Value::Object(fields) => fields
            .values_mut()
            .fold(false, |cut, field| cut_value(field, bytes_max) | cut),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn cut_text(text: &mut String, bytes_max: usize) -> bool {
    if text.len() <= bytes_max {
        return false;
    }
    let end = (0..=bytes_max)
        .rev()
        .find(|end| text.is_char_boundary(*end));
    text.truncate(end.unwrap_or_default());
    true
}
