use std::collections::{BTreeMap, BTreeSet};

use agent_tracer_core::ids::{BookmarkId, EventId, SessionId, TaskId};
use agent_tracer_core::rows::Writes;
use agent_tracer_core::topics::TopicRows;

use crate::model::Seq;
use crate::removals::{REMOVALS_KEPT, RemovalPin, RemovedKind, removals_of};
use crate::traits::TopicChange;

/// Which commit changed each row last, and what is gone.
#[derive(Clone, Debug)]
pub(super) struct Journal {
    pub tasks: BTreeMap<TaskId, u64>,
    /// Which commit brought a task back from the trash.
    pub restored: BTreeMap<TaskId, u64>,
    pub sessions: BTreeMap<SessionId, u64>,
    pub events: BTreeMap<EventId, u64>,
    pub bookmarks: BTreeMap<BookmarkId, u64>,
    pub evaluations: BTreeMap<TaskId, u64>,
    pub removals: BTreeSet<(u64, RemovedKind, String)>,
    /// The newest removal that was let go of.
    pub horizon: u64,
    pub overview: Seq,
    pub kept_rows: Seq,
    pub kept: usize,
    pub pin: RemovalPin,
}

impl Default for Journal {
    fn default() -> Self {
        Self {
            tasks: BTreeMap::new(),
            restored: BTreeMap::new(),
            sessions: BTreeMap::new(),
            events: BTreeMap::new(),
            bookmarks: BTreeMap::new(),
            evaluations: BTreeMap::new(),
            removals: BTreeSet::new(),
            horizon: 0,
            overview: Seq(0),
            kept_rows: Seq(0),
            kept: REMOVALS_KEPT,
            pin: RemovalPin::default(),
        }
    }
}

impl Journal {
    /// Notes what the commit `seq` writes; gives the commits that touched its tasks before.
    pub(super) fn note(&mut self, writes: &Writes, seq: u64) -> Vec<Seq> {
        let touched = writes.tasks.iter().map(|row| &row.task.id);
        let touched = touched.chain(&writes.removed_tasks);
        let prevs = touched.map(|id| self.last_touched(id)).collect();
        for row in &writes.tasks {
            self.tasks.insert(row.task.id.clone(), seq);
        }
        for row in &writes.sessions {
            self.sessions.insert(row.session.id.clone(), seq);
        }
        for row in writes.new_events.iter().chain(&writes.changed_events) {
            self.events.insert(row.event.id.clone(), seq);
        }
        for row in &writes.bookmarks {
            self.bookmarks.insert(row.id.clone(), seq);
        }
        for row in &writes.evaluations {
            self.evaluations.insert(row.task_id.clone(), seq);
        }
        for task in &writes.removed_tasks {
            self.tasks.remove(task);
            self.restored.remove(task);
        }
        for task in &writes.restored_tasks {
            self.restored.insert(task.clone(), seq);
        }
        let removals = removals_of(writes).map(|(kind, id)| (seq, kind, id.to_owned()));
        self.removals.extend(removals);
        if removals_of(writes).next().is_some() {
            self.prune();
        }
        prevs
    }

    fn last_touched(&self, task: &TaskId) -> Seq {
        let touched = self.tasks.get(task).copied().map(Seq);
        touched.max(self.last_removal(task)).unwrap_or_default()
    }

    /// The last commit that deleted a task with that id, as far as it is remembered.
    pub(super) fn last_removal(&self, task: &TaskId) -> Option<Seq> {
        let of_task = |(_, kind, id): &&(u64, RemovedKind, String)| {
            *kind == RemovedKind::Task && id == task.as_str()
        };
        let last = self.removals.iter().rev().find(of_task);
        last.map(|(seq, _, _)| Seq(*seq))
    }

    fn prune(&mut self) {
        let Some(oldest_kept) = self.removals.iter().rev().nth(self.kept.max(1) - 1) else {
            return;
        };
        let last = self.pin.free_up_to().min(oldest_kept.0 - 1);
        let gone: Vec<_> = self
            .removals
            .iter()
            .take_while(|(seq, _, _)| *seq <= last)
            .cloned()
            .collect();
        for removal in gone {
            self.horizon = self.horizon.max(removal.0);
            self.removals.remove(&removal);
        }
    }

    /// Makes changes of what the commit `seq` did.
    pub(super) fn advance(
        &mut self,
        rows: Vec<TopicRows>,
        tasks: Vec<Seq>,
        seq: Seq,
    ) -> Vec<TopicChange> {
        let told = (&mut self.overview, &mut self.kept_rows);
        TopicChange::of_commit(rows, tasks, told, seq)
    }
}
