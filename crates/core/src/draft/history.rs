//! What a decision adds to the history of what agents did.

use super::Draft;
use crate::figures::{ActivityHour, ActivitySums, History, ToolDay, ToolSums, has_failed};
use crate::rows::EventRow;
use crate::vocabulary::EventKind;

impl Draft<'_> {
    /// What tasks and calls did more than before. A task that is gone or in the trash adds nothing
    /// and takes nothing away; one that came back was counted when it did it.
    pub(super) fn history(&self) -> History {
        let mut history = History::default();
        for (id, held) in self.tasks.iter().filter(|(_, held)| held.dirty) {
            let Some(now) = &held.now else { continue };
            if self.trash.contains_key(id) || self.restored_tasks.contains(id) {
                continue;
            }
            let sums = ActivitySums::of_task(held.before.as_ref(), now);
            history.add_hour(ActivityHour::of(now, self.now), sums);
        }
        for held in self.events.values().filter(|held| held.dirty) {
            if let Some(now) = &held.now {
                self.add_call(&mut history, held.before.as_ref(), now);
            }
        }
        history
    }

    fn add_call(&self, history: &mut History, before: Option<&EventRow>, now: &EventRow) {
        let event = &now.event;
        let task = self
            .tasks
            .get(&event.task_id)
            .and_then(|held| held.now.as_ref());
        let Some(task) = task.filter(|row| !self.trash.contains_key(&row.task.id)) else {
            return;
        };
        let failed = |row: &EventRow| i64::from(has_failed(&row.event.metadata));
        let failures = failed(now) - before.map_or(0, failed);
        let sums = ActivitySums {
            failures,
            ..ActivitySums::default()
        };
        history.add_hour(ActivityHour::of(task, self.now), sums);
        let tool = event
            .metadata
            .get("toolName")
            .and_then(|name| name.as_str());
        // A question about a tool is not the tool's call.
        if let Some(tool) = tool.filter(|_| event.kind != EventKind::QuestionLogged) {
            let calls = i64::from(before.is_none());
            let day = ToolDay::of(task, tool, self.now);
            history.add_tool(day, ToolSums { calls, failures });
        }
    }
}
