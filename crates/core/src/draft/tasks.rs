//! Access to tasks.

use super::{Draft, Held, Step};
use crate::command::{Rejection, TaskLinks};
use crate::display_title::display_title;
use crate::entity::Task;
use crate::family::Family;
use crate::finished::finished_families;
use crate::ids::TaskId;
use crate::paths::slug;
use crate::rows::TaskRow;
use crate::time::Timestamp;
use crate::vocabulary::{TaskKind, TaskStatus};
use crate::wire::Message;

/// How many parents are followed before a chain is called endless.
const PARENTS_MAX: usize = 1_000;

impl Draft<'_> {
    pub(crate) fn find_task(&mut self, id: &TaskId) -> Step<Option<&TaskRow>> {
        self.load_task(id)?;
        if !self.is_visible(id) {
            return Ok(None);
        }
        Ok(self.tasks.get(id).and_then(|held| held.now.as_ref()))
    }

    fn load_task(&mut self, id: &TaskId) -> Step<()> {
        if !self.tasks.contains_key(id) {
            let row = match self.rows.task(id)? {
                None => self.load_trashed(id)?,
                row => row,
            };
            self.tasks.insert(id.clone(), Held::loaded(row));
        }
        Ok(())
    }

    /// The task as it is to be written, wherever it is.
    pub(super) fn stored_task_mut(&mut self, id: &TaskId) -> Step<Option<&mut TaskRow>> {
        self.load_task(id)?;
        let held = self.tasks.get_mut(id);
        Ok(held.and_then(|held| {
            held.dirty |= held.now.is_some();
            held.now.as_mut()
        }))
    }

    pub(crate) fn task(&mut self, id: &TaskId) -> Step<&TaskRow> {
        self.find_task(id)?
            .ok_or_else(|| Rejection::TaskNotFound.into())
    }

    /// The task, to be changed: it will be written.
    pub(crate) fn task_mut(&mut self, id: &TaskId) -> Step<&mut TaskRow> {
        self.task(id)?;
        let held = self.tasks.get_mut(id).ok_or(Rejection::TaskNotFound)?;
        held.dirty = true;
        held.now
            .as_mut()
            .ok_or_else(|| Rejection::TaskNotFound.into())
    }

    /// Whether this command makes the task: then what is stored under its id is not its own.
    pub(super) fn is_new(&self, id: &TaskId) -> bool {
        let held = self.tasks.get(id);
        held.is_some_and(|held| held.before.is_none() && held.now.is_some())
    }

    pub(crate) fn put_task(&mut self, row: TaskRow) {
        self.note_new(&row);
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
        let mut family = Family::default();
        // What a task in the trash delegated is in the trash too.
        if self.is_trashed(id) {
            family.add(id.clone(), |task| self.rows.trashed_children(task))?;
        } else {
            family.add(id.clone(), |task| self.rows.children(task))?;
        }
        Ok(family.into_tasks())
    }

    /// The finished tasks and everything they delegated, parents before children.
    pub(crate) fn finished_families(&mut self, before: Option<Timestamp>) -> Step<Vec<TaskId>> {
        Ok(finished_families(self.rows, before)?.into_tasks())
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
