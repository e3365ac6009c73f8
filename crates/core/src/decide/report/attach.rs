//! Finding the task and the session that a report belongs to.

use super::{Origin, delegated};
use crate::command::{StartTask, TaskLinks};
use crate::decide::runtime_session::{live_session, reopen};
use crate::decide::start::begin;
use crate::draft::{Draft, Step};
use crate::ids::{SessionId, TaskId};
use crate::paths::last_segment;
use crate::report::{AgentReport, SubagentRef};
use crate::rows::{Binding, Mark, MarkKind};
use crate::vocabulary::{EventKind, TaskKind};

/// After this long without a running session, a call that begins means that the agent runs again;
/// before, it is a straggler of the session that ended.
pub(super) const STRAGGLER_MILLIS_MAX: i64 = 5_000;

/// Where a report belongs.
pub(super) struct Place {
    /// The task: the main agent's, or the subagent's own.
    pub task_id: TaskId,
    /// The session; the last one if none runs.
    pub session_id: Option<SessionId>,
    /// What binds the agent's session to the task.
    pub binding: Binding,
    /// Whether this report made the task.
    pub is_new: bool,
    /// Whether this report opened the session.
    pub opened: bool,
}

/// Whether a report opens a session when none runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// It does.
    Always,
    /// It does, unless it is the beginning of the last session, overtaken by that session's end.
    UnlessLate,
    /// It does, unless the last session ended a moment ago.
    IfLongEnded,
    /// It belongs to the last session.
    Never,
}

/// The key under which the event that began a task's session is found.
pub(super) fn start_key(session: Option<&SessionId>) -> String {
    format!("start:{}", session.map_or("", SessionId::as_str))
}

/// The task that an origin has, if anything was heard of it before.
pub(super) fn known_task(draft: &mut Draft<'_>, origin: &Origin) -> Step<Option<TaskId>> {
    let binding = known_binding(draft, origin)?;
    Ok(binding.map(|binding| binding.task_id))
}

/// What binds an origin to its task, if anything was heard of it before.
pub(super) fn known_binding(draft: &mut Draft<'_>, origin: &Origin) -> Step<Option<Binding>> {
    let runtime = match &origin.subagent {
        Some(subagent) => subagent_runtime(origin, subagent),
        None => origin.runtime_session_id.clone(),
    };
    draft.binding(&origin.source, &runtime)
}

/// Finds or makes the place of an origin.
pub(super) fn attach(draft: &mut Draft<'_>, origin: &Origin, opening: Opening) -> Step<Place> {
    let Some(subagent) = &origin.subagent else {
        return attach_main(draft, origin, opening);
    };
    let parent = parent(draft, origin, subagent)?;
    attach_subagent(draft, origin, parent.as_ref(), subagent, opening)
}

/// The task of the agent that started a subagent. What a subagent without a session does is its
/// agent's doing, which makes the agent's task; one with a session of its own waits for its agent
/// to be heard of.
fn parent(draft: &mut Draft<'_>, origin: &Origin, subagent: &SubagentRef) -> Step<Option<TaskId>> {
    if subagent.has_session {
        let binding = draft.binding(&origin.source, &origin.runtime_session_id)?;
        return Ok(binding.map(|binding| binding.task_id));
    }
    let main = attach_main(draft, origin, Opening::Never)?;
    Ok(Some(main.task_id))
}

pub(super) fn attach_main(draft: &mut Draft<'_>, origin: &Origin, opening: Opening) -> Step<Place> {
    let runtime = &origin.runtime_session_id;
    if let Some(binding) = draft.binding(&origin.source, runtime)? {
        return continue_run(draft, binding, opening);
    }
    let folder = origin
        .workspace_path
        .as_deref()
        .map(last_segment)
        .filter(|name| !name.is_empty());
    let title = match folder {
        Some(folder) => format!("{} — {folder}", origin.agent_name),
        None => format!("{} — {runtime}", origin.agent_name),
    };
    let start = StartTask {
        title,
        event_title: Some("Session started".to_owned()),
        workspace_path: origin.workspace_path.clone(),
        runtime_source: Some(origin.source.clone()),
        ..StartTask::default()
    };
    create(draft, origin, runtime, start)
}

/// The key of a subagent's binding: that of its own session if it has one, else made from its
/// agent's.
fn subagent_runtime(origin: &Origin, subagent: &SubagentRef) -> String {
    if subagent.has_session {
        subagent.id.clone()
    } else {
        format!("{}/{}", origin.runtime_session_id, subagent.id)
    }
}

pub(super) fn attach_subagent(
    draft: &mut Draft<'_>,
    origin: &Origin,
    parent: Option<&TaskId>,
    subagent: &SubagentRef,
    opening: Opening,
) -> Step<Place> {
    let runtime = subagent_runtime(origin, subagent);
    if let Some(binding) = draft.binding(&origin.source, &runtime)? {
        if let Some(parent) = parent {
            delegated::adopt(draft, &binding.task_id, parent, origin, subagent)?;
        }
        return continue_run(draft, binding, opening);
    }
    let start = StartTask {
        title: subagent_title(subagent.agent_type.as_deref(), None),
        event_title: Some("Subagent started".to_owned()),
        workspace_path: origin.workspace_path.clone(),
        runtime_source: Some(origin.source.clone()),
        task_kind: Some(TaskKind::Background),
        links: TaskLinks {
            parent_task_id: parent.cloned(),
            parent_session_id: Some(origin.runtime_session_id.clone()),
            background_task_id: Some(subagent.id.clone()),
        },
        ..StartTask::default()
    };
    create(draft, origin, &runtime, start)
}

/// What a subagent's task is called.
pub(super) fn subagent_title(agent_type: Option<&str>, description: Option<&str>) -> String {
    match (agent_type, description) {
        (Some(kind), Some(description)) => format!("{kind}: {description}"),
        (None, Some(description)) => description.to_owned(),
        (Some(kind), None) => format!("{kind} subagent"),
        (None, None) => "Subagent".to_owned(),
    }
}

fn create(draft: &mut Draft<'_>, origin: &Origin, runtime: &str, start: StartTask) -> Step<Place> {
    let started = begin(draft, start)?;
    let session = started.session_id;
    let binding = Binding {
        source: origin.source.clone(),
        runtime_session_id: runtime.to_owned(),
        task_id: started.task_id.clone(),
        session_id: Some(session.clone()),
        process: None,
        from_transcript: origin.imported,
    };
    draft.put_binding(binding.clone());
    if let Some(event) = started
        .events
        .iter()
        .find(|event| event.kind == EventKind::TaskStart)
    {
        let mark = Mark {
            count: 0,
            note: Some(event.id.to_string()),
        };
        draft.put_mark(
            &started.task_id,
            MarkKind::Key,
            &start_key(Some(&session)),
            mark,
        );
    }
    let task_id = started.task_id;
    Ok(Place {
        task_id,
        session_id: Some(session),
        binding,
        is_new: true,
        opened: true,
    })
}

fn continue_run(draft: &mut Draft<'_>, binding: Binding, opening: Opening) -> Step<Place> {
    let task_id = binding.task_id.clone();
    if let Some(session) = live_session(draft, &binding)? {
        let session_id = Some(session);
        return Ok(Place {
            task_id,
            session_id,
            binding,
            is_new: false,
            opened: false,
        });
    }
    let opens = match opening {
        Opening::Always => true,
        Opening::Never => false,
        Opening::UnlessLate => is_announced(draft, &binding)? || ended_long_ago(draft, &binding)?,
        Opening::IfLongEnded => ended_long_ago(draft, &binding)?,
    };
    let session_id = if opens {
        Some(reopen(draft, &binding)?)
    } else {
        binding.session_id.clone()
    };
    Ok(Place {
        task_id,
        session_id,
        binding,
        is_new: false,
        opened: opens,
    })
}

/// Whether hooks told of a report's session, so that its transcript has nothing to add.
pub(super) fn is_told_by_hooks(draft: &mut Draft<'_>, report: &AgentReport) -> Step<bool> {
    let binding = draft.binding(&report.source, &report.runtime_session_id)?;
    Ok(binding.is_some_and(|binding| !binding.from_transcript))
}

/// From now on hooks tell of this session.
pub(super) fn note_hooks(draft: &mut Draft<'_>, source: &str, runtime: &str) -> Step<()> {
    if let Some(binding) = draft.binding(source, runtime)?
        && binding.from_transcript
    {
        draft.put_binding(Binding {
            from_transcript: false,
            ..binding
        });
    }
    Ok(())
}

/// Remembers the process that the agent runs in, for as long as its session runs.
pub(super) fn note_process(
    draft: &mut Draft<'_>,
    source: &str,
    runtime: &str,
    process: String,
) -> Step<()> {
    let Some(binding) = draft.binding(source, runtime)? else {
        return Ok(());
    };
    let is_known = binding.process.as_ref() == Some(&process);
    if is_known || live_session(draft, &binding)?.is_none() {
        return Ok(());
    }
    draft.put_binding(Binding {
        process: Some(process),
        ..binding
    });
    Ok(())
}

fn is_announced(draft: &mut Draft<'_>, binding: &Binding) -> Step<bool> {
    let Some(session) = &binding.session_id else {
        return Ok(false);
    };
    let row = draft.find_session(session)?;
    Ok(row.is_some_and(|row| row.announced))
}

fn ended_long_ago(draft: &mut Draft<'_>, binding: &Binding) -> Step<bool> {
    let Some(session) = &binding.session_id else {
        return Ok(true);
    };
    let now = draft.now;
    let ended_at = draft
        .find_session(session)?
        .and_then(|row| row.session.ended_at);
    Ok(ended_at.is_none_or(|ended| now.millis_since(ended) > STRAGGLER_MILLIS_MAX))
}
