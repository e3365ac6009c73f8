import type { Task, TaskId } from "../wire.gen";
import type { MonitorState } from "./state";

const NOBODY: ReadonlySet<TaskId> = new Set();

/** A task with all its descendants, as far as they are loaded. */
export function familyOf(state: MonitorState, id: TaskId | null): ReadonlySet<TaskId> {
  if (id === null) return NOBODY;
  const known = [...(state.tasks?.byId.values() ?? []), ...(state.details.get(id)?.children ?? [])];
  const childrenOf = groupBy(known, (task) => task.parentTaskId ?? "");
  const family = new Set([id]);
  // A set visits what is added while it is walked, and holds each id once: a cycle ends.
  for (const member of family) {
    for (const child of childrenOf.get(member) ?? []) family.add(child.id);
  }
  return family;
}

/** A row of the task list: a task and how deep it is nested. */
export interface Nested {
  readonly task: Task;
  readonly depth: number;
}

/**
 * The tasks with each child under its parent. Roots and siblings keep their given order; a child
 * whose parent is not among them stands as a root.
 */
export function nest(tasks: readonly Task[]): Nested[] {
  // Most tasks are nobody's child, and a long list of them costs no more than going through it.
  if (!tasks.some(({ parentTaskId }) => parentTaskId !== undefined)) {
    return tasks.map((task) => ({ task, depth: 0 }));
  }
  const ids = new Set(tasks.map((task) => task.id));
  const parentOf = (task: Task) =>
    task.parentTaskId !== undefined && ids.has(task.parentTaskId) ? task.parentTaskId : "";
  const childrenOf = groupBy(tasks, parentOf);
  const rows: Nested[] = [];
  const visit = (parent: string, depth: number) => {
    for (const task of childrenOf.get(parent) ?? []) {
      rows.push({ task, depth });
      visit(task.id, depth + 1);
    }
  };
  visit("", 0);
  return rows;
}

export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}
