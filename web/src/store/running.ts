import type { Task, Timestamp } from "../wire.gen";

/** Since when a running task runs: a resumed one from its newest session, not from its first. */
export function runningSince(task: Task): Timestamp {
  return task.lastSessionStartedAt ?? task.createdAt;
}
