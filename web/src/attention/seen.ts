import { millis } from "../format/time";
import type { Task, TaskId } from "../wire.gen";

/** What of each task was looked at, in milliseconds since 1970. */
export interface Seen {
  /** All that happened before counts as seen: nobody wants to catch up on a year of tasks. */
  readonly from: number;
  /** Up to when single tasks were looked at, the one that was looked at last at the end. */
  readonly tasks: ReadonlyMap<TaskId, number>;
}

export const SEEN_MAX = 1_000;

type Active = Pick<Task, "id" | "lastActivityAt">;

export function isUnread({ from, tasks }: Seen, { id, lastActivityAt }: Active): boolean {
  return millis(lastActivityAt) > Math.max(from, tasks.get(id) ?? 0);
}

/** A task was looked at as it is. */
export function withSeen(seen: Seen, { id, lastActivityAt }: Active): Seen {
  const at = millis(lastActivityAt);
  if (Number.isNaN(at) || seen.tasks.get(id) === at) return seen;
  const tasks = new Map(seen.tasks);
  tasks.delete(id);
  tasks.set(id, at);
  return bounded({ from: seen.from, tasks });
}

/** Of what is let go of it is known no longer, so it must not turn unread again. */
function bounded({ from, tasks }: Seen): Seen {
  if (tasks.size <= SEEN_MAX) return { from, tasks };
  const [first, ...rest] = tasks;
  return { from: Math.max(from, first?.[1] ?? 0), tasks: new Map(rest) };
}

/** What two tabs saw. */
export function mergedSeen(a: Seen, b: Seen): Seen {
  const tasks = new Map(a.tasks);
  for (const [id, at] of b.tasks) tasks.set(id, Math.max(at, tasks.get(id) ?? 0));
  let both: Seen = { from: Math.max(a.from, b.from), tasks };
  while (both.tasks.size > SEEN_MAX) both = bounded(both);
  return both;
}

export function seenToText({ from, tasks }: Seen): string {
  return JSON.stringify({ from, tasks: [...tasks] });
}

/** What was stored; null where it is nothing that we stored. */
export function seenFromText(text: string | null): Seen | null {
  try {
    const { from, tasks } = JSON.parse(text ?? "") as { from: unknown; tasks: unknown };
    if (typeof from !== "number" || !Array.isArray(tasks)) return null;
    return { from, tasks: new Map(tasks.filter(isPair).slice(-SEEN_MAX)) };
  } catch {
    return null;
  }
}

function isPair(value: unknown): value is [TaskId, number] {
  return Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "number";
}
