//! What was told while commands ran, and what of the rows is for everybody to see.

use std::collections::BTreeSet;

use agent_tracer_core::command::Reply;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::memory::Memory;
use agent_tracer_core::wire::Message;

use crate::client::Client;
use crate::reference::{Said, about, as_count};
use crate::support::World;

/// See the module.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) client: Client,
    pub(crate) said: Vec<Said>,
    /// Tasks to which something happened that was not said, as they were in the trash.
    pub(crate) unsaid: BTreeSet<TaskId>,
}

impl Told {
    /// Takes what came of a command.
    pub(crate) fn take(
        &mut self,
        before: &Memory,
        world: &World,
        reply: &Reply,
        messages: Vec<Message>,
    ) {
        let restored: &[TaskId] = match reply {
            Reply::Restored { task_ids, .. } => task_ids,
            _ => &[],
        };
        self.forget(before, &world.rows, restored);
        for message in messages {
            self.client.take(&message);
            self.said.push((world.now, message));
        }
        for task in restored {
            self.client.read(task, &world.rows);
        }
        for (id, task) in &world.rows.trash {
            let trashed = before.trash.get(id).map(|task| &task.row);
            if trashed.or_else(|| before.tasks.get(id)) != Some(&task.row) {
                self.unsaid.insert(id.clone());
            }
        }
    }

    /// A caller may choose the id of a deleted task again.
    fn forget(&mut self, before: &Memory, rows: &Memory, restored: &[TaskId]) {
        let is_gone = |id: &TaskId| {
            let was_deleted = before.trash.contains_key(id);
            let is_back = restored.contains(id);
            was_deleted && !is_back && !rows.trash.contains_key(id)
        };
        self.said
            .retain(|(_, message)| about(message).is_none_or(|task| !is_gone(task)));
        self.unsaid.retain(|task| !is_gone(task));
    }
}

/// What everybody sees of the rows.
pub(crate) fn seen(rows: &Memory) -> Memory {
    let mut seen = rows.clone();
    let is_seen = |id: &TaskId| rows.tasks.contains_key(id);
    seen.sessions.retain(|_, row| is_seen(&row.session.task_id));
    seen.events.retain(|_, row| is_seen(&row.event.task_id));
    seen.event_order.retain(|id| seen.events.contains_key(id));
    seen.bindings.retain(|_, binding| is_seen(&binding.task_id));
    seen.marks.retain(|(id, _, _), _| is_seen(id));
    seen
}

/// What is in the trash can be restored whole, and nothing else of deleted tasks is left.
pub(crate) fn check_trash(rows: &Memory) {
    let is_stored = |id: &TaskId| rows.tasks.contains_key(id) != rows.trash.contains_key(id);
    let mut of_rows = rows.sessions.values().map(|row| &row.session.task_id);
    assert!(of_rows.all(is_stored));
    let mut of_rows = rows.events.values().map(|row| &row.event.task_id);
    assert!(of_rows.all(is_stored));
    assert!(rows.bindings.values().all(|row| is_stored(&row.task_id)));
    assert!(rows.marks.keys().all(|(task, _, _)| is_stored(task)));
    for (id, task) in &rows.trash {
        assert!(is_stored(id));
        let sessions = rows.sessions.values();
        let sessions = sessions.filter(|row| row.session.task_id == *id);
        let counted = (task.row.figures.events, task.row.figures.sessions);
        let stored = (rows.timeline(id).len(), sessions.count());
        assert_eq!(counted, (as_count(stored.0), as_count(stored.1)));
    }
}
