use std::collections::BTreeSet;

use crate::ids::TaskId;
use crate::rows::RowResult;

/// Tasks and what they delegated, parents before children, each once.
#[derive(Debug, Default)]
pub(crate) struct Family {
    tasks: Vec<TaskId>,
    known: BTreeSet<TaskId>,
}

impl Family {
    /// Adds a task and everything it delegated, by what `children` gives of each.
    pub(crate) fn add(
        &mut self,
        task: TaskId,
        children: impl Fn(&TaskId) -> RowResult<Vec<TaskId>>,
    ) -> RowResult<()> {
        let mut looked_at = self.tasks.len();
        self.tasks
            .extend(Some(task).filter(|task| self.known.insert(task.clone())));
        while let Some(task) = self.tasks.get(looked_at) {
            let children = children(task)?.into_iter();
            self.tasks
                .extend(children.filter(|child| self.known.insert(child.clone())));
            looked_at += 1;
        }
        Ok(())
    }

    pub(crate) fn contains(&self, task: &TaskId) -> bool {
        self.known.contains(task)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    pub(crate) fn tasks(&self) -> &[TaskId] {
        &self.tasks
    }

    pub(crate) fn into_tasks(self) -> Vec<TaskId> {
        self.tasks
    }
}
