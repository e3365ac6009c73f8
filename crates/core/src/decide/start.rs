use crate::command::{LoggedEvent, Reply, StartTask};
use crate::display_title::TitleCandidates;
use crate::draft::{Draft, NewEvent, Step, refresh_display_title};
use crate::entity::{Session, Task};
use crate::figures::TaskFigures;
use crate::ids::{SessionId, TaskId};
use crate::paths::{slug, workspace_path};
use crate::rows::TaskRow;
use crate::vocabulary::{EventKind, TaskKind, TaskStatus};
use crate::wire::Message;

/// What came of starting a task.
pub(super) struct Started {
    pub task_id: TaskId,
    pub session_id: SessionId,
    pub events: Vec<LoggedEvent>,
}

pub(super) fn start_task(draft: &mut Draft<'_>, start: StartTask) -> Step<Reply> {
    let started = begin(draft, start)?;
    Ok(Reply::Envelope {
        task: draft.task_entity(&started.task_id)?,
        session_id: Some(started.session_id),
        events: started.events,
    })
}

/// Begins a task, or a further session of one that is known.
pub(super) fn begin(draft: &mut Draft<'_>, start: StartTask) -> Step<Started> {
    let task_id = match &start.task_id {
        Some(id) => id.clone(),
        None => TaskId::new(draft.next_id()),
    };
    if draft.find_task(&task_id)?.is_some() {
        restart(draft, &task_id, start)
    } else {
        create(draft, task_id, start)
    }
}

/// New: `task.started`, `session.started`, `event.logged`.
fn create(draft: &mut Draft<'_>, id: TaskId, start: StartTask) -> Step<Started> {
    if let Some(parent) = &start.links.parent_task_id {
        draft.task(parent)?;
    }
    draft.put_task(new_row(draft, &id, &start));
    let session = draft.open_session(&id, start.summary.clone())?;
    announce_start(draft, &id, &session)?;
    let title = start.event_title.unwrap_or(start.title);
    let mut event = NewEvent::new(&id, EventKind::TaskStart, title);
    event.session_id = Some(session.id.clone());
    event.body = start.summary;
    event.metadata = start.metadata;
    let logged = draft.log(event)?;
    Ok(Started {
        task_id: id,
        session_id: session.id,
        events: vec![logged],
    })
}

fn new_row(draft: &Draft<'_>, id: &TaskId, start: &StartTask) -> TaskRow {
    let task = Task {
        id: id.clone(),
        title: start.title.clone(),
        slug: slug(&start.title),
        status: TaskStatus::Running,
        task_kind: start.task_kind.unwrap_or(TaskKind::Primary),
        created_at: draft.now,
        updated_at: draft.now,
        last_activity_at: draft.now,
        display_title: String::new(),
        workspace_path: start.workspace_path.as_deref().and_then(workspace_path),
        parent_task_id: start.links.parent_task_id.clone(),
        parent_session_id: start.links.parent_session_id.clone(),
        background_task_id: start.links.background_task_id.clone(),
        last_session_started_at: None,
        runtime_source: start.runtime_source.clone(),
        activity: None,
        usage: None,
    };
    let mut row = TaskRow {
        task,
        candidates: TitleCandidates::default(),
        figures: TaskFigures::default(),
    };
    // The summary is the start event's body, so the title may already depend on it.
    let (title, body) = (start.title.as_str(), start.summary.as_deref());
    row.candidates.consider(
        EventKind::TaskStart,
        crate::vocabulary::Lane::User,
        title,
        body,
        &start.metadata,
    );
    refresh_display_title(&mut row);
    row
}

/// Known: `task.updated` if it did not run, `task.started`, `session.started`; no event. What the
/// request does not repeat is kept.
fn restart(draft: &mut Draft<'_>, id: &TaskId, start: StartTask) -> Step<Started> {
    draft.set_links(id, &start.links)?;
    let row = draft.touch_task(id)?;
    let path = start.workspace_path.as_deref().and_then(workspace_path);
    row.task.workspace_path = path.or(row.task.workspace_path.take());
    row.task.runtime_source = start.runtime_source.or(row.task.runtime_source.take());
    row.task.task_kind = start.task_kind.unwrap_or(row.task.task_kind);
    // Whether a title is generic depends on the folder.
    refresh_display_title(row);
    draft.move_to(id, TaskStatus::Running)?;
    let session = draft.open_session(id, start.summary)?;
    announce_start(draft, id, &session)?;
    Ok(Started {
        task_id: id.clone(),
        session_id: session.id,
        events: Vec::new(),
    })
}

fn announce_start(draft: &mut Draft<'_>, id: &TaskId, session: &Session) -> Step<()> {
    let task = draft.task_entity(id)?;
    draft.announce(Message::TaskStarted(task));
    draft.announce(Message::SessionStarted(session.clone()));
    Ok(())
}
