//! Calls that their agent gives no id, and questions about calls that they do not name.
//!
//! Equal calls (of the same tool, with the same input) are taken in order: the first end is the
//! first beginning's. Two equal calls in a row are two, so a second delivery of the same report
//! counts as a second call unless the delivery itself is known.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::attach::STRAGGLER_MILLIS_MAX;
use super::{asks, calls};
use crate::draft::{Draft, Step};
use crate::ids::TaskId;
use crate::report::ToolCall;
use crate::rows::{Mark, MarkKind};
use crate::time::Timestamp;

/// What is remembered of the equal calls of a task.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Equal {
    /// How many there were; the number makes the next one's id.
    count: u64,
    /// Those that began and have no end yet, oldest first.
    begun: Vec<String>,
    /// Those that ended a moment ago and whose beginning is not here yet.
    early: Vec<(String, Timestamp)>,
}

/// Gives a call that begins the id it goes by from now on.
pub(super) fn begins(draft: &mut Draft<'_>, task: &TaskId, call: &mut ToolCall) -> Step<()> {
    if call.id.is_some() {
        return Ok(());
    }
    let (name, mut equal) = known(draft, task, call)?;
    // A beginning whose end was closed as a guess gets none any more: the next end is this one's.
    let mut open = Vec::new();
    for id in std::mem::take(&mut equal.begun) {
        if is_open(draft, task, &id)? {
            open.push(id);
        }
    }
    equal.begun = open;
    let id = if equal.early.is_empty() {
        let id = equal.next(&name);
        equal.begun.push(id.clone());
        id
    } else {
        equal.early.remove(0).0
    };
    remember(draft, task, &name, &equal);
    identify(call, id);
    Ok(())
}

/// Finds the call that ends, or makes one whose beginning was not seen.
pub(super) fn ends(draft: &mut Draft<'_>, task: &TaskId, call: &mut ToolCall) -> Step<()> {
    if call.id.is_some() {
        return Ok(());
    }
    let (name, mut equal) = known(draft, task, call)?;
    let id = if let Some(place) = begun(draft, task, &equal)? {
        equal.begun.remove(place)
    } else {
        let id = equal.next(&name);
        equal.early.push((id.clone(), draft.now));
        id
    };
    remember(draft, task, &name, &equal);
    identify(call, id);
    Ok(())
}

/// The oldest call that is open; else the last one, which was closed as a guess.
fn begun(draft: &mut Draft<'_>, task: &TaskId, equal: &Equal) -> Step<Option<usize>> {
    for (place, id) in equal.begun.iter().enumerate() {
        if is_open(draft, task, id)? {
            return Ok(Some(place));
        }
    }
    Ok(equal.begun.len().checked_sub(1))
}

fn is_open(draft: &mut Draft<'_>, task: &TaskId, id: &str) -> Step<bool> {
    Ok(draft.mark(task, MarkKind::OpenCall, id)?.is_some())
}

impl Equal {
    fn next(&mut self, name: &str) -> String {
        self.count += 1;
        format!("{name}#{}", self.count)
    }
}

fn known(draft: &mut Draft<'_>, task: &TaskId, call: &ToolCall) -> Step<(String, Equal)> {
    let name = asks::name(&call.tool_name, &call.input);
    let note = draft
        .mark(task, MarkKind::EqualCalls, &name)?
        .and_then(|mark| mark.note);
    let equal = note.and_then(|note| serde_json::from_str::<Equal>(&note).ok());
    let mut equal = equal.unwrap_or_default();
    let now = draft.now;
    equal
        .early
        .retain(|(_, at)| now.millis_since(*at) <= STRAGGLER_MILLIS_MAX);
    Ok((name, equal))
}

fn remember(draft: &mut Draft<'_>, task: &TaskId, name: &str, equal: &Equal) {
    let note = serde_json::to_string(equal).ok();
    let mark = Mark { count: 0, note };
    draft.put_mark(task, MarkKind::EqualCalls, name, mark);
}

fn identify(call: &mut ToolCall, id: String) {
    if call.metadata.contains_key("questionPhase") {
        call.metadata
            .insert("questionId".into(), json!(id.as_str()));
    }
    call.id = Some(id);
}

/// The name of a permission: that of the open call it is about.
///
/// The question may say less of the input than the call, and call the tool by another name; the
/// input that it does say is the call's. Without such a call the question goes by its own words.
pub(super) fn asked_about(
    draft: &mut Draft<'_>,
    task: &TaskId,
    tool: &str,
    input: &Value,
) -> Step<String> {
    let own = asks::name(tool, input);
    let mut found = None;
    for (_, mark) in draft.marks(task, MarkKind::OpenCall)? {
        let Some(open) = calls::open_call(&mark) else {
            continue;
        };
        if open.ask == own {
            return Ok(own);
        }
        let Some(row) = draft.find_event(&open.event_id)? else {
            continue;
        };
        let metadata = &row.event.metadata;
        let same_tool = metadata.get("toolName").and_then(Value::as_str) == Some(tool);
        let fits = metadata
            .get("toolInput")
            .is_some_and(|whole| is_part(input, whole));
        if fits && (same_tool || (found.is_none() && !is_empty(input))) {
            found = Some((same_tool, open.ask));
        }
        if matches!(found, Some((true, _))) {
            break;
        }
    }
    Ok(found.map_or(own, |(_, ask)| ask))
}

fn is_part(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => part
            .iter()
            .all(|(key, value)| whole.get(key) == Some(value)),
        _ => part == whole,
    }
}

fn is_empty(input: &Value) -> bool {
    input.as_object().is_none_or(serde_json::Map::is_empty)
}
