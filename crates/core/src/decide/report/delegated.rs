//! Subagents that run in sessions of their own, whose reports look like any session's.

use super::Origin;
use super::attach::{Place, subagent_title};
use super::subagent::may_be_under;
use crate::command::TaskLinks;
use crate::draft::{Draft, Step};
use crate::ids::TaskId;
use crate::report::{SubagentRef, What};
use crate::vocabulary::TaskKind;

/// What a report means where it belongs: a subagent is prompted by the agent that started it, not
/// by a person, and when its turn is over it has nobody to wait for.
pub(super) fn understood(
    draft: &mut Draft<'_>,
    place: &Place,
    origin: &Origin,
    what: What,
) -> Step<What> {
    let delegated = draft.task(&place.task_id)?.task.task_kind == TaskKind::Background;
    if !delegated || origin.subagent.is_some() {
        return Ok(what);
    }
    Ok(match what {
        What::Prompted {
            text,
            title,
            metadata,
            ..
        } => What::Prompted {
            text,
            by_person: false,
            title,
            metadata,
        },
        What::TurnEnded {
            text,
            error: None,
            metadata,
            ..
        } => What::SubagentEnded { text, metadata },
        other => other,
    })
}

/// Puts a subagent's task under its agent's, if what the subagent did was heard of before who
/// started it: until then it looked like anybody's.
pub(super) fn adopt(
    draft: &mut Draft<'_>,
    child: &TaskId,
    parent: &TaskId,
    origin: &Origin,
    subagent: &SubagentRef,
) -> Step<()> {
    let task = draft.task_entity(child)?;
    if task.parent_task_id.is_some() || !may_be_under(draft, child, parent)? {
        return Ok(());
    }
    let links = TaskLinks {
        parent_task_id: Some(parent.clone()),
        parent_session_id: Some(origin.runtime_session_id.clone()),
        background_task_id: Some(subagent.id.clone()),
    };
    draft.set_links(child, &links)?;
    draft.task_mut(child)?.task.task_kind = TaskKind::Background;
    draft.set_title(child, subagent_title(subagent.agent_type.as_deref(), None))?;
    draft.announce_task(child)
}
