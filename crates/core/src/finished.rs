//! What a clean-up of finished tasks takes along.

use crate::entity::{FinishedPreview, FinishedTask};
use crate::family::Family;
use crate::rows::{RowResult, Rows, TaskRow};
use crate::time::Timestamp;

/// How many tasks a preview names.
pub const PREVIEW_TASKS_MAX: usize = 100;

/// What deleting finished tasks would delete: found by the same steps, so that it is true.
///
/// # Errors
/// When the rows cannot be read.
pub fn preview_finished(rows: &dyn Rows, before: Option<Timestamp>) -> RowResult<FinishedPreview> {
    let family = finished_families(rows, before)?;
    let mut preview = FinishedPreview::default();
    for id in family.tasks() {
        if let Some(row) = rows.task(id)? {
            preview.total += 1;
            preview.events += row.figures.events;
            preview.tasks.push(finished(row, &family));
        }
    }
    let newest_first =
        |task: &FinishedTask| std::cmp::Reverse((task.last_activity_at, task.id.clone()));
    preview.tasks.sort_by_cached_key(newest_first);
    preview.tasks.truncate(PREVIEW_TASKS_MAX);
    Ok(preview)
}

/// The tasks that go: the finished ones, and all they delegated.
pub(crate) fn finished_families(rows: &dyn Rows, before: Option<Timestamp>) -> RowResult<Family> {
    let mut family = Family::default();
    for task in rows.finished_tasks(before)? {
        family.add(task, |task| rows.children(task))?;
    }
    Ok(family)
}

fn finished(row: TaskRow, family: &Family) -> FinishedTask {
    let task = row.task;
    let parent = task.parent_task_id.filter(|parent| family.contains(parent));
    FinishedTask {
        id: task.id,
        display_title: task.display_title,
        status: task.status,
        last_activity_at: task.last_activity_at,
        runtime_source: task.runtime_source,
        workspace_path: task.workspace_path,
        goes_with: parent,
    }
}
