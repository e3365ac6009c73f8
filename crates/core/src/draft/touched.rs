//! What has to be written because of what else is written.

use super::{Draft, Held, Step};
use crate::entity::Bookmark;
use crate::ids::{BookmarkId, EventId, TaskId};
use crate::trash::TrashEntry;

impl Draft<'_> {
    /// A task is written whenever one of its sessions or events is: so its `seq` is that of the
    /// last commit that touched any of them.
    pub(super) fn write_tasks_of_rows(&mut self) -> Step<()> {
        for task in self.tasks_left_out() {
            self.stored_task_mut(&task)?;
        }
        Ok(())
    }

    fn tasks_left_out(&self) -> Vec<TaskId> {
        let sessions = self.sessions.values().filter(|held| held.dirty);
        let sessions = sessions.filter_map(|held| Some(&held.now.as_ref()?.session.task_id));
        let events = self.events.values().filter(|held| held.dirty);
        let events = events.filter_map(|held| Some(&held.now.as_ref()?.event.task_id));
        let written = |task: &&TaskId| self.tasks.get(*task).is_some_and(|held| held.dirty);
        sessions
            .chain(events)
            .filter(|task| !written(task))
            .cloned()
            .collect()
    }

    /// A bookmark shows the titles of its task and its event, so it changes with them.
    pub(super) fn write_bookmarks_of_titles(&mut self) -> Step<()> {
        for (task, title) in self.retitled_tasks() {
            for bookmark in self.rows.bookmarks_of(&task)? {
                self.retitle(bookmark, |it| it.task_title = Some(title.clone()));
            }
        }
        for (task, event, title) in self.retitled_events() {
            if let Some(bookmark) = self.rows.bookmark_at(&task, Some(&event))? {
                self.retitle(bookmark, |it| it.event_title = Some(title));
            }
        }
        Ok(())
    }

    fn retitled_tasks(&self) -> Vec<(TaskId, String)> {
        let dirty = self.tasks.values().filter(|held| held.dirty);
        let both = dirty.filter_map(|held| Some((&held.before.as_ref()?.task, held.now.as_ref()?)));
        both.filter(|(before, now)| before.title != now.task.title)
            .map(|(before, now)| (before.id.clone(), now.task.title.clone()))
            .collect()
    }

    fn retitled_events(&self) -> Vec<(TaskId, EventId, String)> {
        let dirty = self.events.values().filter(|held| held.dirty);
        let both = dirty.filter_map(|held| Some((held.before.as_ref()?, held.now.as_ref()?)));
        both.map(|(before, now)| (&before.event, &now.event))
            .filter(|(before, now)| before.title != now.title)
            .map(|(_, now)| (now.task_id.clone(), now.id.clone(), now.title.clone()))
            .collect()
    }

    /// Changes a bookmark as it is in this draft, or as it was stored.
    fn retitle(&mut self, stored: Bookmark, change: impl FnOnce(&mut Bookmark)) {
        let held = self
            .bookmarks
            .entry(stored.id.clone())
            .or_insert_with(|| Held {
                before: None,
                now: Some(stored),
                dirty: true,
            });
        if let Some(bookmark) = &mut held.now {
            change(bookmark);
        }
    }

    /// What a person said of a task goes with it.
    pub(super) fn remove_bookmarks_and_evaluation(&mut self, kept: &TrashEntry, task: &TaskId) {
        for bookmark in &kept.bookmarks {
            self.put_no_bookmark(&bookmark.id);
        }
        if kept.evaluation.is_some() {
            self.evaluations.insert(task.clone(), None);
        }
    }

    pub(super) fn put_no_bookmark(&mut self, id: &BookmarkId) {
        let gone = Held {
            before: None,
            now: None,
            dirty: true,
        };
        self.bookmarks.insert(id.clone(), gone);
    }
}
