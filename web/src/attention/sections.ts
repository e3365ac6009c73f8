import { groupBy, type Nested, nest } from "../store/family";
import { byActivity, byId, type Compare } from "../store/order";
import type { Home } from "../store/workspace";
import type { Task, TaskId } from "../wire.gen";
import { ATTENTIONS, type Attention, attentionOf, needsPerson, stateSince } from "./attention";

/** A row of the list, with what its subagents ask for. */
export interface ListRow extends Nested {
  readonly attention: Attention;
  /** How many of its subagents wait for a permission. */
  readonly asking: number;
  /** It no longer belongs here, and stays for as long as somebody points at the list. */
  readonly leaving?: boolean;
}

export interface Section {
  readonly key: string;
  readonly title: string;
  /** Behind the title, quieter: the worktree. */
  readonly subtitle?: string;
  readonly rows: readonly ListRow[];
  /** How many there are, whether they are loaded or not. */
  readonly count: number;
  /** The count is of what is loaded, and there is more. */
  readonly partial?: boolean;
  /** How many of them need a person, where the title does not say it. */
  readonly needing?: number;
}

export const TITLES: Readonly<Record<Attention, string>> = {
  permission: "Needs permission",
  person: "Waits for you",
  failed: "Failed",
  working: "Working",
  silent: "Silent",
  done: "Done",
};

const bySince: Compare<Task> = (a, b) => {
  const [first, second] = [stateSince(a), stateSince(b)];
  if (first === second) return byId(a, b);
  return first < second ? -1 : 1;
};

/**
 * Who asks for permission stands still in the middle of its work: first come, first served, and a
 * new one joins at the end. Elsewhere what is new comes first: a session that was left waiting days
 * ago is rarely the one that is looked for. Every key is a time that stands still while the task is
 * in its state, so that a row moves only when its state changes; only what is done is ordered as
 * the server pages it.
 */
const ORDERS: Readonly<Record<Attention, Compare<Task>>> = {
  permission: bySince,
  person: (a, b) => bySince(b, a),
  failed: (a, b) => bySince(b, a),
  working: (a, b) => bySince(b, a),
  silent: (a, b) => bySince(b, a),
  done: byActivity,
};

export type Groups = Readonly<Record<Attention, readonly Task[]>>;

/** The tasks by what they ask for, each group in its order. */
export function groupsOf(tasks: Iterable<Task>, now: number): Groups {
  const groups: Record<Attention, Task[]> = {
    permission: [],
    person: [],
    failed: [],
    working: [],
    silent: [],
    done: [],
  };
  for (const task of tasks) groups[attentionOf(task, now)].push(task);
  for (const attention of ATTENTIONS) groups[attention].sort(ORDERS[attention]);
  return groups;
}

/** Rows of a group: a subagent stands under its parent where both are in it, else by itself. */
export function rowsIn(
  attention: Attention,
  tasks: readonly Task[],
  asking: ReadonlyMap<TaskId, number>,
): ListRow[] {
  return nest(tasks).map(({ task, depth }) => ({
    task,
    depth,
    attention,
    asking: asking.get(task.id) ?? 0,
  }));
}

/** How many subagents of each task wait for a permission, at any depth. */
export function askingOf(
  permission: readonly Task[],
  parentOf: (id: TaskId) => TaskId | undefined,
): ReadonlyMap<TaskId, number> {
  const asking = new Map<TaskId, number>();
  for (const task of permission) {
    const above = new Set<TaskId>();
    for (let id = task.parentTaskId; id !== undefined && !above.has(id); id = parentOf(id)) {
      above.add(id);
      asking.set(id, (asking.get(id) ?? 0) + 1);
    }
  }
  return asking;
}

export function sectionsByAttention(
  groups: Groups,
  asking: ReadonlyMap<TaskId, number>,
  counts: Readonly<Record<Attention, number>>,
): Section[] {
  return ATTENTIONS.filter((attention) => groups[attention].length > 0).map((attention) => ({
    key: attention,
    title: TITLES[attention],
    rows: rowsIn(attention, groups[attention], asking),
    count: counts[attention],
  }));
}

/**
 * One section for each project and each of its worktrees, by name: an order that stands still. Who
 * needs a person comes first inside of it.
 */
export function sectionsByProject(
  groups: Groups,
  asking: ReadonlyMap<TaskId, number>,
  homeOf: (task: Task) => Home,
  partial: boolean,
): Section[] {
  const homes = new Map<string, { home: Home; rows: ListRow[] }>();
  for (const attention of ATTENTIONS) {
    for (const [key, tasks] of groupBy(groups[attention], (task) => homeOf(task).key)) {
      const home = homes.get(key) ?? { home: homeOf(tasks[0] as Task), rows: [] };
      home.rows.push(...rowsIn(attention, tasks, asking));
      homes.set(key, home);
    }
  }
  return [...homes.values()].sort((a, b) => byName(a.home, b.home)).map(toSection);

  function toSection({ home, rows }: { home: Home; rows: ListRow[] }): Section {
    return { ...sectionOf(home, rows), partial };
  }
}

function sectionOf(home: Home, rows: readonly ListRow[]): Section {
  return {
    key: home.key,
    title: home.name,
    ...(home.worktree !== undefined && { subtitle: home.worktree }),
    rows,
    count: rows.length,
    needing: rows.filter(({ attention }) => needsPerson(attention)).length,
  };
}

function byName(a: Home, b: Home): number {
  return (
    a.name.localeCompare(b.name) ||
    (a.worktree ?? "").localeCompare(b.worktree ?? "") ||
    a.key.localeCompare(b.key)
  );
}
