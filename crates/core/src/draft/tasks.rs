//! Access to tasks.

use std::collections::BTreeSet;

use super::{Draft, Held, Step};
use crate::command::{Rejection, TaskLinks};
use crate::display_title::display_title;
use crate::entity::Task;
use crate::ids::TaskId;
use crate::paths::slug;
use crate::rows::TaskRow;
use crate::vocabulary::{TaskKind, TaskStatus};
use crate::wire::Message;

/// How many parents are followed before a chain is called endless.
const PARENTS_MAX: usize = 1_000;

impl Draft<'_> {
    pub(crate) fn find_task(&mut self, id: &TaskId) -> Step<Option<&TaskRow>> {
        if !self.tasks.contains_key(id) {
            self.tasks
                .insert(id.clone(), Held::loaded(self.rows.task(id)?));
        }
        Ok(self.tasks.get(id).and_then(|held| held.now.as_ref()))
    }

    pub(crate) fn task(&mut self, id: &TaskId) -> Step<&TaskRow> {
        self.find_task(id)?
            .ok_or_else(|| Rejection::TaskNotFound.into())
    }

    /// The task, to be changed: it will be written.
    pub(crate) fn task_mut(&mut self, id: &TaskId) -> Step<&mut TaskRow> {
        self.find_task(id)?;
        let held = self.tasks.get_mut(id).ok_or(Rejection::TaskNotFound)?;
        held.dirty = true;
        held.now
            .as_mut()
            .ok_or_else(|| Rejection::TaskNotFound.into())
    }

    pub(crate) fn put_task(&mut self, row: TaskRow) {
        let held = Held {
            before: None,
            now: Some(row.clone()),
            dirty: true,
        };
        self.tasks.insert(row.task.id, held);
    }

    /// A copy of the task as it goes over the wire.
    pub(crate) fn task_entity(&mut self, id: &TaskId) -> Step<Task> {
        Ok(self.task(id)?.task.clone())
    }

    /// Marks the task as changed now.
    pub(crate) fn touch_task(&mut self, id: &TaskId) -> Step<&mut TaskRow> {
        let now = self.now;
        let row = self.task_mut(id)?;
        row.task.updated_at = row.task.updated_at.max(now);
        row.task.last_activity_at = row.task.last_activity_at.max(now);
        Ok(row)
    }

    /// Moves the task to a status; says whether that changed anything. Announces nothing.
    pub(crate) fn set_status(&mut self, id: &TaskId, status: TaskStatus) -> Step<bool> {
        if self.task(id)?.task.status == status {
            return Ok(false);
        }
        self.touch_task(id)?.task.status = status;
        Ok(true)
    }

    /// Moves the task to a status and announces it, if that changes anything.
    pub(crate) fn move_to(&mut self, id: &TaskId, status: TaskStatus) -> Step<()> {
        if self.set_status(id, status)? {
            self.announce_task(id)?;
        }
        Ok(())
    }

    /// Announces the task as `task.updated`.
    pub(crate) fn announce_task(&mut self, id: &TaskId) -> Step<()> {
        let task = self.task_entity(id)?;
        self.announce(Message::TaskUpdated(task));
        Ok(())
    }

    /// Gives the task a new title, and what follows from it.
    pub(crate) fn set_title(&mut self, id: &TaskId, title: String) -> Step<()> {
        let row = self.touch_task(id)?;
        row.task.slug = slug(&title);
        row.task.title = title;
        refresh_display_title(row);
        Ok(())
    }

    /// Sets what `links` says of the task; what it leaves out stays.
    pub(crate) fn set_links(&mut self, id: &TaskId, links: &TaskLinks) -> Step<()> {
        if let Some(parent) = &links.parent_task_id {
            self.refuse_cycle(id, parent)?;
        }
        let row = self.touch_task(id)?;
        let task = &mut row.task;
        task.parent_task_id = links.parent_task_id.clone().or(task.parent_task_id.take());
        task.parent_session_id = links
            .parent_session_id
            .clone()
            .or(task.parent_session_id.take());
        task.background_task_id = links
            .background_task_id
            .clone()
            .or(task.background_task_id.take());
        Ok(())
    }

    /// Refuses a parent that does not exist or that would make the chain of parents a ring.
    pub(crate) fn refuse_cycle(&mut self, id: &TaskId, parent: &TaskId) -> Step<()> {
        let mut ancestor = parent.clone();
        for _ in 0..PARENTS_MAX {
            if ancestor == *id {
                return Err(invalid("parentTaskId would make the task its own ancestor"));
            }
            match &self.task(&ancestor)?.task.parent_task_id {
                Some(next) => ancestor = next.clone(),
                None => return Ok(()),
            }
        }
        Err(invalid(
            "parentTaskId is at the end of too long a chain of tasks",
        ))
    }

    /// The task and everything it delegated, parents before children.
    pub(crate) fn with_descendants(&mut self, id: &TaskId) -> Step<Vec<TaskId>> {
        let mut family = Vec::new();
        self.add_descendants(id, &mut family, &mut BTreeSet::new())?;
        Ok(family)
    }

    /// Adds the task and everything it delegated to a family, without those that are in it.
    pub(crate) fn add_descendants(
        &self,
        id: &TaskId,
        family: &mut Vec<TaskId>,
        known: &mut BTreeSet<TaskId>,
    ) -> Step<()> {
        let mut looked_at = family.len();
        if known.insert(id.clone()) {
            family.push(id.clone());
        }
        while let Some(task) = family.get(looked_at).cloned() {
            let children = self.rows.children(&task)?.into_iter();
            family.extend(children.filter(|child| known.insert(child.clone())));
            looked_at += 1;
        }
        Ok(())
    }

    pub(crate) fn finished_tasks(&mut self) -> Step<Vec<TaskId>> {
        Ok(self.rows.finished_tasks()?)
    }

    /// Removes one task (not its descendants) and announces it.
    pub(crate) fn remove_task(&mut self, id: &TaskId) -> Step<()> {
        self.remove_task_quietly(id)?;
        self.announce(Message::TaskDeleted {
            task_id: id.clone(),
        });
        Ok(())
    }

    /// Removes one task. The caller announces it.
    pub(crate) fn remove_task_quietly(&mut self, id: &TaskId) -> Step<()> {
        self.task_mut(id)?;
        if let Some(held) = self.tasks.get_mut(id) {
            held.now = None;
        }
        self.remove_bookmarks_and_evaluation(id)?;
        self.remove_usage(id)?;
        self.removed_tasks.push(id.clone());
        Ok(())
    }

    /// Whether work that the task delegated still runs.
    pub(crate) fn has_running_background(&mut self, id: &TaskId) -> Step<bool> {
        for task in self.with_descendants(id)?.iter().skip(1) {
            if self.find_task(task)?.is_some_and(runs_in_background) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn runs_in_background(row: &TaskRow) -> bool {
    row.task.status == TaskStatus::Running && row.task.task_kind == TaskKind::Background
}

/// Derives the display title again; says whether it changed.
pub(crate) fn refresh_display_title(row: &mut TaskRow) -> bool {
    let task = &mut row.task;
    let title = display_title(
        &task.title,
        task.workspace_path.as_deref(),
        &task.slug,
        &row.candidates,
    );
    let changed = title != task.display_title;
    task.display_title = title;
    changed
}

/// A rejection with its sentence.
pub(crate) fn invalid(message: impl Into<String>) -> super::Refusal {
    Rejection::Invalid(message.into()).into()
}
