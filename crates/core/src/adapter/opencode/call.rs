//! Tool calls, told by a hook when they begin and by the bus as their state changes.

use serde_json::Value;

use super::payload::Payload;
use super::{Told, call_end, tools};
use crate::adapter::{read, text};
use crate::fingerprint::fingerprint;
use crate::report::{ToolCall, What};
use crate::time::Timestamp;

/// Ids longer than this are no ids but accidents.
const LONGEST: usize = 128;

/// The name under which `OpenCode` runs a call to a tool that it does not have, or with an input
/// that does not fit.
const INVALID: &str = "invalid";

/// The hook before a call runs. (The one after it says less than the bus, and nothing of failures.)
pub(super) fn before(mut payload: Payload) -> Told {
    let input = payload.take("/output/args");
    let hook = payload.take("/input");
    What::CallStarted(new(&hook, input)).into()
}

/// A call's part of a message. While it is pending its input is not known yet.
pub(super) fn part(mut payload: Payload) -> Option<Told> {
    let mut part = payload.take("/event/properties/part");
    let mut state = part.get_mut("state").map(Value::take)?;
    let status = read::text(&state, "status")?.to_owned();
    let input = state.get_mut("input").map(Value::take).unwrap_or_default();
    let time = |place| {
        state
            .pointer(place)
            .and_then(Value::as_i64)
            .map(Timestamp::from_millis)
    };
    let (start, end) = (time("/time/start"), time("/time/end"));
    match status.as_str() {
        "running" => Some(Told::from(What::CallStarted(new(&part, input))).at(start)),
        "completed" | "error" => {
            let (was_made, failed) = (!is_refused(&part), status == "error");
            let call = new(&part, input);
            let ended = call_end::ended(&call, was_made, failed, state);
            let what = What::CallEnded { call, end: ended };
            Some(Told::from(what).at(end))
        }
        _ => None,
    }
}

/// A call from what names it (`tool`, `callID`) and its input, whatever they are.
fn new(names: &Value, input: Value) -> ToolCall {
    let given = read::text(names, "tool").and_then(text::first_line);
    let mut tool = given.unwrap_or_else(|| "unknown".to_owned());
    let id = read::text(names, "callID").filter(|id| id.len() <= LONGEST);
    let id = id.map_or_else(|| made_id(&tool, &input), str::to_owned);
    let refused = is_refused(names);
    if refused {
        tool = read::text(&input, "tool")
            .and_then(text::first_line)
            .unwrap_or(tool);
    }
    let sketch = if refused {
        tools::refused(&tool)
    } else {
        tools::sketch(&tool, &input, &id)
    };
    sketch.into_call(Some(id), tool, input)
}

fn is_refused(names: &Value) -> bool {
    read::text(names, "tool") == Some(INVALID)
}

/// Every call has an id; one whose id was lost is at least the same at its beginning and its end.
fn made_id(tool: &str, input: &Value) -> String {
    format!("no-id:{tool}:{}", fingerprint(&input.to_string()))
}
