//! Questions about a call, and which call a question is about that names none.

use serde_json::{Value, json};

use super::attach::Place;
use super::{Origin, asks, calls, pairs};
use crate::draft::{Draft, Step};
use crate::entity::Metadata;
use crate::rows::MarkKind;
use crate::vocabulary::{EventKind, Lane};

/// A permission that is asked for a call, as reported.
pub(super) struct Question {
    pub tool_name: String,
    pub input: Value,
    pub title: String,
    pub metadata: Metadata,
}

pub(super) fn asked(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    mut question: Question,
) -> Step<()> {
    if question.tool_name.is_empty() {
        let Some((tool_name, input)) = last_begun(draft, place)? else {
            return noted(draft, place, hook, question);
        };
        question.tool_name = tool_name;
        question.input = input;
        question.metadata.insert("toolGuessed".into(), json!(true));
    }
    let name = pairs::asked_about(draft, &place.task_id, &question.tool_name, &question.input)?;
    let mut metadata = question.metadata;
    // What the question is about, in the words of the call that waits for its answer.
    metadata.insert("toolName".into(), question.tool_name.into());
    metadata.insert("toolInput".into(), question.input);
    let ask = asks::Ask {
        name,
        title: question.title,
        metadata,
    };
    asks::asked(draft, place, hook, ask)
}

/// The tool and the input of the open call that began last.
fn last_begun(draft: &mut Draft<'_>, place: &Place) -> Step<Option<(String, Value)>> {
    let mut last = None;
    for (_, mark) in draft.marks(&place.task_id, MarkKind::OpenCall)? {
        let Some(open) = calls::open_call(&mark) else {
            continue;
        };
        let Some(row) = draft.find_event(&open.event_id)? else {
            continue;
        };
        let event = &row.event;
        let began = (event.created_at, event.id.clone());
        if last.as_ref().is_none_or(|(latest, _)| *latest < began) {
            last = Some((began, call(&event.metadata)));
        }
    }
    Ok(last.map(|(_, call)| call))
}

fn call(metadata: &Metadata) -> (String, Value) {
    let tool = metadata.get("toolName").and_then(Value::as_str);
    let input = metadata.get("toolInput").cloned();
    (
        tool.unwrap_or("unknown").to_owned(),
        input.unwrap_or_default(),
    )
}

/// No call is open, so nothing waits for an answer any more: the question came too late.
fn noted(draft: &mut Draft<'_>, place: &Place, hook: &Origin, question: Question) -> Step<()> {
    let kind = EventKind::ContextSaved;
    let mut event = place.event(kind, question.title, hook, question.metadata);
    event.lane = Some(Lane::Questions);
    draft.log(event)?;
    Ok(())
}
