//! Subagents: tasks of their own, under the task that started them.

use serde_json::Value;

use super::Origin;
use super::attach::{Opening, Place, attach_subagent, subagent_title};
use super::run::{end_and_complete, settle_open};
use crate::command::TaskLinks;
use crate::draft::{Draft, Refusal, Step};
use crate::entity::Metadata;
use crate::ids::TaskId;
use crate::report::{StartedSubagent, SubagentRef, ToolCall};
use crate::vocabulary::EventKind;

/// A subagent ended: its last words are told, and its task is completed.
pub(super) fn ended(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    text: Option<String>,
    metadata: Metadata,
) -> Step<()> {
    let Some(session) = place.session_id.clone() else {
        return Ok(());
    };
    if !draft.is_session_running(&session)? {
        return Ok(());
    }
    settle_open(draft, &place.task_id, "the subagent ended")?;
    if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
        let title = crate::paths::line_title(&text, 120);
        let mut event = place.event(EventKind::AssistantResponse, title, hook, Metadata::new());
        event.body = Some(text);
        draft.log(event)?;
    }
    end_and_complete(draft, &place.task_id, &session, "Subagent ended", metadata)
}

/// A call says which subagent it started: the subagent's task gets what it was asked to do as its
/// title, and the calling task as its parent. The task is made, if nothing was heard of it yet.
pub(super) fn linked(
    draft: &mut Draft<'_>,
    place: &Place,
    hook: &Origin,
    started: &StartedSubagent,
    call: &ToolCall,
) -> Step<()> {
    let agent_type = call
        .metadata
        .get("agentName")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let subagent = SubagentRef {
        id: started.id.clone(),
        has_session: started.has_session,
        agent_type: agent_type.clone(),
    };
    let child =
        attach_subagent(draft, hook, Some(&place.task_id), &subagent, Opening::Never)?.task_id;
    if child == place.task_id {
        return Ok(());
    }
    let task = draft.task_entity(&child)?;
    let moves = task.parent_task_id.as_ref() != Some(&place.task_id)
        && may_be_under(draft, &child, &place.task_id)?;
    if moves {
        let parent_task_id = Some(place.task_id.clone());
        draft.set_links(
            &child,
            &TaskLinks {
                parent_task_id,
                ..TaskLinks::default()
            },
        )?;
    }
    let title = subagent_title(agent_type.as_deref(), started.description.as_deref());
    let renames = started.description.is_some() && task.title != title;
    if renames {
        draft.set_title(&child, title)?;
    }
    if moves || renames {
        draft.announce_task(&child)?;
    }
    Ok(())
}

/// Whether a parent would leave the tasks without a ring.
pub(super) fn may_be_under(draft: &mut Draft<'_>, child: &TaskId, parent: &TaskId) -> Step<bool> {
    // A task that is there does not hang on a deleted one.
    if draft.is_trashed(parent) && !draft.is_trashed(child) {
        return Ok(false);
    }
    match draft.refuse_cycle(child, parent) {
        Ok(()) => Ok(true),
        Err(Refusal::Rejected(_)) => Ok(false),
        Err(unavailable @ Refusal::Unavailable(_)) => Err(unavailable),
    }
}
