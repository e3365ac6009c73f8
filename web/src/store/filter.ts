import type { Task, TaskId, TaskStatus } from "../wire.gen";
import { type Nested, nest } from "./family";

export interface TaskFilter {
  readonly text: string;
  /** No status is every status. */
  readonly statuses: ReadonlySet<TaskStatus>;
}

export const NO_FILTER: TaskFilter = { text: "", statuses: new Set() };

export function isFiltering(filter: TaskFilter): boolean {
  return filter.text.trim() !== "" || filter.statuses.size > 0;
}

/**
 * The rows of the task list. A task is shown when it fits, or when one of its descendants does: a
 * child without its parent would hang in the air.
 */
export function taskRows(tasks: readonly Task[], filter: TaskFilter): Nested[] {
  if (!isFiltering(filter)) return nest(tasks);
  const shown = withAncestors(
    tasks,
    tasks.filter((task) => fits(task, filter)),
  );
  return nest(tasks.filter((task) => shown.has(task.id)));
}

function fits(task: Task, { text, statuses }: TaskFilter): boolean {
  if (statuses.size > 0 && !statuses.has(task.status)) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const told = [task.displayTitle, task.title, task.runtimeSource, task.workspacePath]
    .join("\n")
    .toLowerCase();
  return words.every((word) => told.includes(word));
}

function withAncestors(tasks: readonly Task[], fitting: readonly Task[]): ReadonlySet<TaskId> {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const shown = new Set<TaskId>();
  for (const task of fitting) {
    let at: Task | undefined = task;
    while (at !== undefined && !shown.has(at.id)) {
      shown.add(at.id);
      at = at.parentTaskId === undefined ? undefined : byId.get(at.parentTaskId);
    }
  }
  return shown;
}
