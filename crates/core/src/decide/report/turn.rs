//! Prompts and answers.

use serde_json::json;

use super::Origin;
use super::attach::Place;
use super::run::settle_open;
use crate::decide::activity;
use crate::draft::{Draft, Step};
use crate::entity::Metadata;
use crate::fingerprint::fingerprint;
use crate::ids::TaskId;
use crate::rows::{Mark, MarkKind};
use crate::vocabulary::{ActivityState, EventKind, Lane, TaskStatus};

/// A prompt, as reported.
pub(super) struct Prompt {
    pub text: String,
    pub by_person: bool,
    pub title: String,
    pub metadata: Metadata,
}

/// The end of a turn, as reported.
pub(super) struct Answer {
    pub text: Option<String>,
    pub error: Option<String>,
    pub title: String,
    pub metadata: Metadata,
}

pub(super) fn prompted(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    prompt: Prompt,
) -> Step<()> {
    if !first_time(draft, place, "prompt", hook, &prompt.text)? {
        return Ok(());
    }
    if prompt.by_person {
        settle_open(draft, &place.task_id, "a new prompt came")?;
    }
    draft.move_to(&place.task_id, TaskStatus::Running)?;
    let event = if prompt.by_person {
        user_message(draft, place, hook, prompt)?
    } else {
        let mut event = place.event(
            EventKind::AgentActivityLogged,
            prompt.title,
            hook,
            prompt.metadata,
        );
        event.lane = Some(Lane::Coordination);
        event.body = Some(prompt.text);
        event
    };
    draft.log(event)?;
    Ok(())
}

fn user_message(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    prompt: Prompt,
) -> Step<crate::draft::NewEvent> {
    let first = draft.task(&place.task_id)?.figures.raw_user_messages == 0;
    let mut event = place.event(EventKind::UserMessage, prompt.title, hook, prompt.metadata);
    event.file_paths = crate::paths::mentioned_paths(&prompt.text);
    event.body = Some(prompt.text);
    event.metadata.insert("captureMode".into(), json!("raw"));
    event.metadata.insert(
        "phase".into(),
        json!(if first { "initial" } else { "follow_up" }),
    );
    if let Some(id) = &hook.prompt_id {
        event.metadata.insert("messageId".into(), id.clone().into());
    }
    Ok(event)
}

/// The turn is over: the answer is told, what is open is closed, and the task waits for its person.
pub(super) fn ended(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    answer: Answer,
) -> Step<()> {
    let said = answer
        .text
        .clone()
        .or_else(|| answer.error.clone())
        .unwrap_or_default();
    if !first_time(draft, place, "answer", hook, &said)? {
        return Ok(());
    }
    settle_open(draft, &place.task_id, "the turn ended")?;
    let failure = answer.error.as_ref().map(|_| answer.title.clone());
    let state = match failure {
        Some(_) => ActivityState::Failed,
        None => ActivityState::Person,
    };
    if !said.is_empty() {
        let mut event = place.event(
            EventKind::AssistantResponse,
            answer.title,
            hook,
            answer.metadata,
        );
        event.body = answer.text;
        if let Some(error) = answer.error {
            event.metadata.insert("failed".into(), json!(true));
            event.metadata.insert("error".into(), error.into());
        }
        if let Some(id) = &hook.prompt_id {
            event.metadata.insert("messageId".into(), id.clone().into());
        }
        draft.log(event)?;
    }
    let ended = draft.task(&place.task_id)?.task.status.is_finished();
    // An end that says nothing is no news of a turn that failed or was broken off already.
    let is_news = !said.is_empty() || !activity::is_broken_off(draft, &place.task_id)?;
    if !ended && is_news {
        draft.move_to(&place.task_id, TaskStatus::Waiting)?;
        activity::put(draft, &place.task_id, state, failure)?;
    }
    Ok(())
}

/// Whether this text of this turn is told for the first time. Without a turn's id nothing can be
/// told apart, and everything counts as new.
fn first_time(
    draft: &mut Draft<'_>,
    place: &Place,
    what: &str,
    hook: &Origin,
    text: &str,
) -> Step<bool> {
    if is_told(draft, &place.task_id, what, hook, text)? {
        return Ok(false);
    }
    if let Some(key) = key(what, hook, text) {
        draft.put_mark(&place.task_id, MarkKind::Key, &key, Mark::default());
    }
    Ok(true)
}

/// Whether this text of this turn was told in the task before.
pub(super) fn is_told(
    draft: &mut Draft<'_>,
    task: &TaskId,
    what: &str,
    hook: &Origin,
    text: &str,
) -> Step<bool> {
    match key(what, hook, text) {
        Some(key) => Ok(draft.mark(task, MarkKind::Key, &key)?.is_some()),
        None => Ok(false),
    }
}

fn key(what: &str, hook: &Origin, text: &str) -> Option<String> {
    let turn = hook.prompt_id.as_ref()?;
    Some(format!("{what}:{turn}:{}", fingerprint(text)))
}
