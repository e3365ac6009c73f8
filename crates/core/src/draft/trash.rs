//! Access to tasks that were deleted and can still be restored.
//!
//! They are found like any other, and what happens to them is written like any other's, but nobody
//! is told and nothing is counted. Only what agents report of their runs may reach them.

use super::{Draft, Held, Step};
use crate::entity::Bookmark;
use crate::family::Family;
use crate::ids::TaskId;
use crate::rows::{RowResult, TaskRow};
use crate::trash::{Remains, TrashEntry, TrashedTask, closed_until};
use crate::wire::Message;

impl Draft<'_> {
    /// From now on tasks in the trash are found too.
    pub(crate) fn look_into_trash(&mut self) {
        self.sees_trash = true;
    }

    /// A task that is not among the others, if it is in the trash.
    pub(super) fn load_trashed(&mut self, id: &TaskId) -> Step<Option<TaskRow>> {
        let (row, entry) = match self.rows.trashed(id)? {
            None => return Ok(None),
            Some(Remains::Rows) => (None, None),
            Some(Remains::Whole(task)) => (Some(task.row), Some(task.entry)),
        };
        self.trash.insert(id.clone(), entry);
        Ok(row)
    }

    /// Whether a task may be looked at: it is not in the trash, or this command may look there.
    pub(super) fn is_visible(&self, id: &TaskId) -> bool {
        match self.trash.get(id) {
            None => true,
            Some(None) => false,
            Some(Some(entry)) => self.sees_trash && entry.is_open(self.received_at),
        }
    }

    /// Whether there is a task with that id.
    pub(super) fn is_there(&mut self, id: &TaskId) -> Step<bool> {
        Ok(self.find_task(id)?.is_some())
    }

    /// Whether the task is in the trash, as far as it was looked at.
    pub(crate) fn is_trashed(&self, id: &TaskId) -> bool {
        self.trash.contains_key(id)
    }

    /// What a new task has to do with the trash: what is left of one with its id goes for good, and
    /// it is born where the task is that delegated it.
    pub(super) fn note_new(&mut self, row: &TaskRow) {
        let id = &row.task.id;
        if self.trash.remove(id).is_some() {
            self.emptied_tasks.push(id.clone());
        }
        let parent = row.task.parent_task_id.as_ref();
        if let Some(Some(entry)) = parent.and_then(|parent| self.trash.get(parent)) {
            let beside = entry.beside();
            self.trash.insert(id.clone(), Some(beside));
        }
    }

    /// Moves one task into the trash. The caller announces it.
    pub(crate) fn trash_task(&mut self, id: &TaskId, deletion: &str) -> Step<()> {
        let row = self.task_mut(id)?.clone();
        let entry = TrashEntry {
            deletion: deletion.to_owned(),
            deleted_at: self.received_at,
            bookmarks: self.rows.bookmarks_of(id)?,
            evaluation: self.rows.evaluation(id)?,
        };
        if let Some(held) = self.tasks.get_mut(id) {
            held.now = None;
        }
        self.remove_bookmarks_and_evaluation(&entry, id);
        self.move_usage(id, -1)?;
        self.removed_tasks.push(id.clone());
        self.trashed_tasks.push(TrashedTask { row, entry });
        Ok(())
    }

    /// Those of the tasks that can be restored, and what they delegated and was deleted with them.
    pub(crate) fn trashed_families(&self, ids: Vec<TaskId>) -> Step<Family> {
        let mut family = Family::default();
        for id in ids {
            let Some(task) = self.restorable(&id)? else {
                continue;
            };
            let together = |child: &TaskId| {
                let child = self.restorable(child)?;
                Ok(child.is_some_and(|child| child.entry.deletion == task.entry.deletion))
            };
            family.add(id, |of| {
                let children = self.rows.trashed_children(of)?.into_iter();
                let children = children.map(|child| Ok(together(&child)?.then_some(child)));
                children.filter_map(Result::transpose).collect()
            })?;
        }
        Ok(family)
    }

    /// What the trash holds of a family, in its order.
    pub(crate) fn take_from_trash(&self, family: &Family) -> Step<Vec<TrashedTask>> {
        let mut tasks = Vec::new();
        for id in family.tasks() {
            tasks.extend(self.restorable(id)?);
        }
        Ok(tasks)
    }

    fn restorable(&self, id: &TaskId) -> RowResult<Option<TrashedTask>> {
        let whole = match self.rows.trashed(id)? {
            Some(Remains::Whole(task)) => Some(*task),
            Some(Remains::Rows) | None => None,
        };
        Ok(whole.filter(|task| task.entry.is_open(self.received_at)))
    }

    /// Brings a task back as it is in the trash, and announces it with its bookmarks.
    pub(crate) fn restore_task(&mut self, task: TrashedTask) -> Step<()> {
        let TrashedTask { row, entry } = task;
        let (id, title) = (row.task.id.clone(), row.task.title.clone());
        self.announce(Message::TaskStarted(row.task.clone()));
        let held = Held {
            before: None,
            now: Some(row),
            dirty: true,
        };
        self.tasks.insert(id.clone(), held);
        self.trash.remove(&id);
        self.restored_tasks.insert(id.clone());
        self.move_usage(&id, 1)?;
        for bookmark in entry.bookmarks {
            self.restore_bookmark(bookmark, &title)?;
        }
        if let Some(evaluation) = entry.evaluation {
            self.put_evaluation(evaluation);
        }
        Ok(())
    }

    /// The titles that a bookmark shows may have changed in the trash.
    fn restore_bookmark(&mut self, mut bookmark: Bookmark, title: &str) -> Step<()> {
        bookmark.task_title = Some(title.to_owned());
        if let Some(id) = &bookmark.event_id {
            let event = self.find_event(&id.clone())?;
            bookmark.event_title = event.map(|row| row.event.title.clone());
        }
        self.put_bookmark(bookmark.clone());
        self.announce(Message::BookmarkSaved(bookmark));
        Ok(())
    }

    /// Lets go of what was in the trash for its time, the oldest first.
    pub(crate) fn empty_trash(&mut self, limit: usize) -> Step<()> {
        let until = closed_until(self.received_at);
        let closed = self.rows.trashed_until(until, limit)?;
        self.emptied_tasks.extend(closed);
        Ok(())
    }

    /// What happens in the trash is announced to nobody.
    pub(super) fn hush_trash(&mut self) {
        if !self.trash.is_empty() {
            let trash = &self.trash;
            let told =
                |message: &Message| message.task_id().is_none_or(|id| !trash.contains_key(id));
            self.messages.retain(told);
        }
    }
}
