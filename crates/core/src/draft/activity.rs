//! What a task is doing, and whether that is announced.

use std::collections::BTreeSet;

use super::{Draft, Step};
use crate::entity::{Activity, Task};
use crate::ids::TaskId;
use crate::wire::Message;

/// How many parents are followed at most.
const ANCESTORS_MAX: usize = 64;

impl Draft<'_> {
    /// Says what a task is doing. It is announced with the task, or by itself if nothing else
    /// announces the task.
    pub(crate) fn set_activity(&mut self, id: &TaskId, activity: Activity) -> Step<()> {
        if self.task(id)?.task.activity.as_ref() != Some(&activity) {
            self.task_mut(id)?.task.activity = Some(activity);
        }
        Ok(())
    }

    /// Whether the task is new, or in another state than before. One that comes back from the
    /// trash does what it did.
    pub(crate) fn has_moved(&self, id: &TaskId) -> bool {
        let Some(held) = self.tasks.get(id).filter(|held| held.dirty) else {
            return false;
        };
        if self.restored_tasks.contains(id) {
            return false;
        }
        let status = |row: &crate::rows::TaskRow| row.task.status;
        held.before.as_ref().map(status) != held.now.as_ref().map(status)
    }

    /// The tasks of which [`Self::has_moved`] holds.
    pub(crate) fn moved_tasks(&self) -> Vec<TaskId> {
        let there = self.tasks.iter().filter(|(_, held)| held.now.is_some());
        let moved = there.filter(|(id, _)| self.has_moved(id));
        moved.map(|(id, _)| id.clone()).collect()
    }

    /// The tasks that delegated this one, the nearest first.
    pub(crate) fn ancestors(&mut self, id: &TaskId) -> Step<Vec<TaskId>> {
        let mut found: Vec<TaskId> = Vec::new();
        let mut of = id.clone();
        while found.len() < ANCESTORS_MAX {
            let row = self.find_task(&of)?;
            let Some(parent) = row.and_then(|row| row.task.parent_task_id.clone()) else {
                break;
            };
            if self.find_task(&parent)?.is_none() {
                break;
            }
            found.push(parent.clone());
            of = parent;
        }
        Ok(found)
    }

    /// Every message that tells a task tells what it is doing at the end of the decision; where
    /// that changed and no message does, one is added.
    pub(super) fn announce_activities(&mut self) {
        let mut told = BTreeSet::new();
        for task in self.messages.iter_mut().filter_map(told_task) {
            if let Some(row) = self.tasks.get(&task.id).and_then(|held| held.now.as_ref()) {
                task.activity.clone_from(&row.task.activity);
            }
            told.insert(task.id.clone());
        }
        for (id, held) in self.tasks.iter().filter(|(_, held)| held.dirty) {
            let Some(now) = &held.now else { continue };
            let before = held
                .before
                .as_ref()
                .and_then(|row| row.task.activity.as_ref());
            if before != now.task.activity.as_ref() && !told.contains(id) {
                self.messages.push(Message::TaskUpdated(now.task.clone()));
            }
        }
    }
}

fn told_task(message: &mut Message) -> Option<&mut Task> {
    match message {
        Message::TaskStarted(task) | Message::TaskCompleted(task) | Message::TaskUpdated(task) => {
            Some(task)
        }
        _ => None,
    }
}
