use agent_tracer_core::ids::TaskId;
use agent_tracer_core::wire::follow::{RowChange, Topic};

use super::MemoryStore;
use crate::model::Seq;
use crate::removals::RemovedKind;
use crate::traits::ChangedSince;

/// A row with its place: the commit that changed it, its sort, its place among those of the sort.
type Placed = ((u64, u8, usize), RowChange);

impl MemoryStore {
    pub(super) fn changes(&self, topic: &Topic, after: Seq, limit: usize) -> ChangedSince {
        if let Topic::Task(id) = topic {
            if !self.memory.tasks.contains_key(id) {
                return ChangedSince::Removed { now: self.seq };
            }
            let removed = self.journal.last_removal(id);
            let restored = self.journal.restored.get(id).copied().map(Seq);
            if removed.max(restored).is_some_and(|begun| begun > after) {
                return ChangedSince::Window;
            }
        }
        if after.0 < self.journal.horizon {
            return ChangedSince::Window;
        }
        let mut rows = match topic {
            Topic::Overview => self.overview_rows(),
            Topic::Bookmarks => self.bookmark_rows(),
            Topic::Task(id) => self.task_rows(id),
        };
        rows.retain(|((seq, _, _), _)| *seq > after.0);
        rows.sort_by_key(|(place, _)| *place);
        let last = rows.get(limit.max(1) - 1);
        let through = last.map_or(self.seq.0, |((seq, _, _), _)| *seq);
        let rows = rows.into_iter().filter(|((seq, _, _), _)| *seq <= through);
        ChangedSince::Rows {
            rows: rows.map(|(_, row)| row).collect(),
            through: Seq(through),
            now: self.seq,
        }
    }

    fn overview_rows(&self) -> Vec<Placed> {
        let tasks = self.memory.tasks.keys();
        let mut rows: Vec<_> = tasks.filter_map(|id| self.task_row(id)).collect();
        rows.extend(self.removed(|kind| kind == RemovedKind::Task));
        rows
    }

    fn task_row(&self, id: &TaskId) -> Option<Placed> {
        let (row, seq) = (self.memory.tasks.get(id)?, *self.journal.tasks.get(id)?);
        let change = RowChange::Task {
            id: id.clone(),
            seq,
            row: Some(row.task.clone()),
        };
        Some(((seq, 0, 0), change))
    }

    fn task_rows(&self, task: &TaskId) -> Vec<Placed> {
        let mut rows = Vec::new();
        let sessions = self.memory.sessions.values().map(|row| &row.session);
        for session in sessions.filter(|session| session.task_id == *task) {
            let (id, row) = (session.id.clone(), Some(session.clone()));
            let seq = self.journal.sessions.get(&id).copied().unwrap_or_default();
            rows.push(((seq, 1, 0), RowChange::Session { id, seq, row }));
        }
        for (place, event) in self.events_of(task) {
            let id = event.id.clone();
            let seq = self.journal.events.get(&id).copied().unwrap_or_default();
            let row = Some(event);
            rows.push(((seq, 2, place), RowChange::Event { id, seq, row }));
        }
        rows
    }

    fn bookmark_rows(&self) -> Vec<Placed> {
        let kept = self.kept(None);
        let mut rows = Vec::new();
        for row in kept.bookmarks {
            let (id, row) = (row.id.clone(), Some(row));
            let seq = self.journal.bookmarks.get(&id).copied().unwrap_or_default();
            rows.push(((seq, 0, 0), RowChange::Bookmark { id, seq, row }));
        }
        for row in kept.evaluations {
            let (id, row) = (row.task_id.clone(), Some(row));
            let seq = self.journal.evaluations.get(&id);
            let seq = seq.copied().unwrap_or_default();
            rows.push(((seq, 1, 0), RowChange::Evaluation { id, seq, row }));
        }
        rows.extend(self.removed(|kind| kind != RemovedKind::Task));
        rows
    }

    fn removed(&self, wanted: fn(RemovedKind) -> bool) -> impl Iterator<Item = Placed> {
        let removals = self.journal.removals.iter();
        let wanted = removals.filter(move |(_, kind, _)| wanted(*kind));
        wanted.map(|(seq, kind, id)| ((*seq, 3, 0), kind.change(id, *seq)))
    }
}
