//! A page of what fits, made from all of it in order.

use agent_tracer_core::entity::Task;

use crate::model::{Cursor, FittingTasks, TaskPage};

/// Takes every task that fits, most recently active first, and keeps those of one page.
pub(crate) struct FittingPage {
    limit: usize,
    before: Option<Cursor>,
    tasks: Vec<Task>,
    total: usize,
    more: bool,
}

impl FittingPage {
    pub(crate) fn new(limit: usize, before: Option<&Cursor>) -> Self {
        Self {
            limit,
            before: before.cloned(),
            tasks: Vec::new(),
            total: 0,
            more: false,
        }
    }

    pub(crate) fn add(&mut self, task: Task) {
        self.total += 1;
        let place = place_of(&task);
        if let Some(before) = &self.before
            && (place.at, &place.row) >= (before.at, &before.row)
        {
            return;
        }
        if self.tasks.len() < self.limit {
            self.tasks.push(task);
        } else {
            self.more = true;
        }
    }

    pub(crate) fn finish(self) -> FittingTasks {
        let last = self.tasks.last().filter(|_| self.more);
        let before = last.map(place_of);
        FittingTasks {
            page: TaskPage {
                tasks: self.tasks,
                before,
            },
            total: self.total,
        }
    }
}

fn place_of(task: &Task) -> Cursor {
    Cursor {
        at: task.last_activity_at.as_millis(),
        row: task.id.to_string(),
    }
}
