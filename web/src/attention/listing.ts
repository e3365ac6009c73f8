import { fits, isFiltering, startOf, type TaskFilter } from "../store/filter";
import { rowsOf } from "../store/identity";
import type { MonitorState } from "../store/state";
import { homeOf } from "../store/workspace";
import type { Task, TaskId } from "../wire.gen";
import { type Counts, countsOf, countsWithin } from "./counts";
import {
  askingOf,
  type Groups,
  groupsOf,
  type Section,
  sectionsByAttention,
  sectionsByProject,
} from "./sections";

type Held = Pick<MonitorState, "tasks" | "filtered" | "workspaces" | "overview">;

/** The tasks that a person wants to see, by what they ask for. */
export interface Listing {
  readonly groups: Groups;
  readonly counts: Counts;
  /** The same without the filter: what the title and the chips say. */
  readonly all: Counts;
  /** How many subagents of each task wait for a permission. */
  readonly asking: ReadonlyMap<TaskId, number>;
  readonly hasOlder: boolean;
}

/**
 * What is shown of what is held. All open tasks are held whatever the filter is, so with it they
 * are shown at once, and the server's answer adds what is older.
 */
export function listingOf(held: Held, filter: TaskFilter, openRead: number, now: number): Listing {
  // In their order already: sorting again what is done costs little then.
  const tasks = held.tasks === null ? [] : rowsOf(held.tasks);
  const groups = groupsOf(tasks, now);
  const parentOf = (id: TaskId) =>
    (held.tasks?.byId.get(id) ?? held.filtered?.byId.get(id))?.parentTaskId;
  const asking = askingOf(groups.permission, parentOf);
  const all = countsOf(groups, held.overview?.stats, openRead);
  if (!isFiltering(filter)) {
    return { groups, counts: all, all, asking, hasOlder: held.tasks?.before !== undefined };
  }
  const { known, lost } = fitting(held, tasks, filter, now);
  const within = groupsOf(known, now);
  const total = held.filtered?.total;
  const counts = countsWithin(within, total === undefined ? undefined : total - lost);
  const hasOlder = held.filtered?.before !== undefined;
  return { groups: within, counts, all, asking, hasOlder };
}

/** What fits of both lists, and how many that were counted as fitting do no longer: time goes on. */
function fitting(held: Held, tasks: readonly Task[], filter: TaskFilter, now: number) {
  const scope = { workspaces: held.workspaces, start: startOf(filter, now) };
  const listed = [...(held.filtered?.byId.values() ?? [])];
  const known = new Map(
    [...tasks, ...listed]
      .filter((task) => fits(task, filter, scope))
      .map((task) => [task.id, task] as const),
  );
  const lost = listed.filter(({ id }) => !known.has(id)).length;
  return { known: known.values(), lost };
}

export type GroupBy = "attention" | "project";

export function sectionsOf(
  { groups, counts, asking, hasOlder }: Listing,
  by: GroupBy,
  { workspaces }: Held,
): readonly Section[] {
  if (by === "attention") return sectionsByAttention(groups, asking, counts);
  return sectionsByProject(groups, asking, (task) => homeOf(task, workspaces), hasOlder);
}
