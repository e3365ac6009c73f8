//! Permissions that the agent asks its person for.

use serde_json::{Value, json};

use super::attach::Place;
use super::{Origin, calls, run};
use crate::draft::{Draft, EventEdit, Step};
use crate::entity::Metadata;
use crate::fingerprint::fingerprint;
use crate::ids::{EventId, TaskId};
use crate::rows::{Mark, MarkKind};
use crate::vocabulary::{EventKind, Lane, TaskStatus, ToolStatus};

/// A permission, as asked for.
pub(super) struct Ask {
    pub name: String,
    pub title: String,
    pub metadata: Metadata,
}

/// What a permission is found by: the request names no call, but has the call's tool and input.
pub(super) fn name(tool_name: &str, input: &Value) -> String {
    format!("{tool_name}:{}", fingerprint(&input.to_string()))
}

/// What a permission with an id is found by.
pub(super) fn request(id: &str) -> String {
    format!("request:{id}")
}

pub(super) fn asked(draft: &mut Draft<'_>, place: &Place, hook: &Origin, ask: Ask) -> Step<()> {
    if draft
        .mark(&place.task_id, MarkKind::OpenAsk, &ask.name)?
        .is_some()
    {
        return Ok(());
    }
    let mut event = place.event(EventKind::QuestionLogged, ask.title, hook, ask.metadata);
    event.lane = Some(Lane::Questions);
    let turn = hook.prompt_id.as_deref().unwrap_or_default();
    let asked_at = draft.now.as_millis();
    let question_id = format!("permission:{turn}:{}:{asked_at}", ask.name);
    event
        .metadata
        .insert("questionId".into(), question_id.into());
    event
        .metadata
        .insert("questionPhase".into(), json!("asked"));
    let logged = draft.log(event)?;
    let mark = Mark {
        count: 0,
        note: Some(logged.id.to_string()),
    };
    draft.put_mark(&place.task_id, MarkKind::OpenAsk, &ask.name, mark);
    if draft.running_sessions(&place.task_id)?.is_empty() {
        return run::settle_if_over(draft, &place.task_id);
    }
    if draft.task(&place.task_id)?.task.status == TaskStatus::Running {
        draft.move_to(&place.task_id, TaskStatus::Waiting)?;
    }
    Ok(())
}

/// Settles the permission of a call that ended; says whether one was open.
pub(super) fn settle(
    draft: &mut Draft<'_>,
    task: &TaskId,
    name: &str,
    status: ToolStatus,
) -> Step<bool> {
    let answer = if status == ToolStatus::Refused {
        "refused"
    } else {
        "granted"
    };
    let Some(mark) = draft.mark(task, MarkKind::OpenAsk, name)? else {
        return correct(draft, task, name, answer).map(|()| false);
    };
    conclude(draft, task, name, &mark, &[("answer", json!(answer))])?;
    Ok(true)
}

/// A call ended whose permission was guessed "not granted" before: now it is known.
fn correct(draft: &mut Draft<'_>, task: &TaskId, name: &str, answer: &str) -> Step<()> {
    let key = guessed(name);
    let Some(mark) = draft.mark(task, MarkKind::Key, &key)? else {
        return Ok(());
    };
    draft.remove_mark(task, MarkKind::Key, &key);
    let said = [
        ("answer", json!(answer)),
        ("guess", Value::Null),
        ("endedBecause", Value::Null),
    ];
    conclude(draft, task, name, &mark, &said)
}

/// What a permission is found by whose answer was guessed.
fn guessed(name: &str) -> String {
    format!("guessed:{name}")
}

/// Settles a permission that was asked for under an id.
pub(super) fn answered(
    draft: &mut Draft<'_>,
    place: &Place,
    request_id: &str,
    granted: bool,
    metadata: &Metadata,
) -> Step<()> {
    let name = request(request_id);
    let Some(mark) = draft.mark(&place.task_id, MarkKind::OpenAsk, &name)? else {
        return Ok(());
    };
    let answer = if granted { "granted" } else { "refused" };
    let mut said: Vec<(&str, Value)> = vec![("answer", json!(answer))];
    said.extend(
        metadata
            .iter()
            .map(|(key, value)| (key.as_str(), value.clone())),
    );
    conclude(draft, &place.task_id, &name, &mark, &said)?;
    calls::resume(draft, &place.task_id)
}

/// Closes the permissions that nobody answered, as far as was reported. A guess, marked as one.
pub(super) fn settle_all(draft: &mut Draft<'_>, task: &TaskId, why: &str) -> Step<()> {
    for (name, mark) in draft.marks(task, MarkKind::OpenAsk)? {
        let said = [
            ("answer", json!("not granted")),
            ("guess", json!(true)),
            ("endedBecause", json!(why)),
        ];
        conclude(draft, task, &name, &mark, &said)?;
        draft.put_mark(task, MarkKind::Key, &guessed(&name), mark);
    }
    Ok(())
}

fn conclude(
    draft: &mut Draft<'_>,
    task: &TaskId,
    name: &str,
    mark: &Mark,
    said: &[(&str, Value)],
) -> Step<()> {
    draft.remove_mark(task, MarkKind::OpenAsk, name);
    let Some(event) = &mark.note else {
        return Ok(());
    };
    let mut metadata = Metadata::new();
    metadata.insert("questionPhase".into(), json!("concluded"));
    metadata.extend(
        said.iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone())),
    );
    draft.edit_event(
        &EventId::new(event.as_str()),
        EventEdit {
            title: None,
            metadata,
        },
    )?;
    Ok(())
}
