//! Reading values of JSON that may have any shape. Places are JSON pointers.

use serde_json::Value;

use super::record::believable;
use crate::time::Timestamp;

/// The text at a place, if it is one and not empty.
pub(super) fn text<'a>(value: &'a Value, place: &str) -> Option<&'a str> {
    let text = value.pointer(place)?.as_str()?;
    Some(text).filter(|text| !text.is_empty())
}

/// The same, as text of its own.
pub(super) fn owned(value: &Value, place: &str) -> Option<String> {
    text(value, place).map(str::to_owned)
}

/// The count at a place; 0 if there is none.
pub(super) fn count(value: &Value, place: &str) -> i64 {
    believable(value.pointer(place).and_then(Value::as_i64).unwrap_or(0))
}

/// The time that stands at a place as ISO-8601.
pub(super) fn time(value: &Value, place: &str) -> Option<Timestamp> {
    text(value, place)?.parse().ok()
}

/// An amount of dollars in millionths.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float that is too large becomes the largest number"
)]
pub(super) fn micros(dollars: f64) -> i64 {
    (dollars * 1_000_000.0).round() as i64
}
