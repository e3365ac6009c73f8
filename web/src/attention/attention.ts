import { stateOf } from "../event/status";
import { millis } from "../format/time";
import type { ActivityState, Task, Timestamp } from "../wire.gen";

/** What a task asks of a person, from what is most urgent to what can wait. */
export type Attention = "permission" | "person" | "failed" | "working" | "silent" | "done";

export const ATTENTIONS: readonly Attention[] = [
  "permission",
  "person",
  "failed",
  "working",
  "silent",
  "done",
];

const DAY_MS = 24 * 60 * 60_000;

/** Those that go on only after a person did something. */
const NEEDING: ReadonlySet<Attention> = new Set(["permission", "person", "failed"]);

export const needsPerson = (attention: Attention): boolean => NEEDING.has(attention);

type Standing = Pick<
  Task,
  "status" | "activity" | "lastActivityAt" | "lastSessionStartedAt" | "createdAt" | "parentTaskId"
>;

/** Since when a task is in its state, as far as that was told. */
export function stateSince(task: Standing): Timestamp {
  if (task.activity !== undefined) return task.activity.since;
  if (task.status !== "running") return task.lastActivityAt;
  return task.lastSessionStartedAt ?? task.createdAt;
}

const OF_STATE: Readonly<Record<ActivityState, Attention>> = {
  permission: "permission",
  person: "person",
  interrupted: "person",
  failed: "failed",
  working: "working",
  background: "working",
  silent: "silent",
  done: "done",
};

export function attentionOf(task: Standing, now: number): Attention {
  // A state of a newer server, which this page does not know, says no more than the status does.
  const told = OF_STATE[stateOf(task)] ?? OF_STATE[stateOf({ status: task.status })];
  if (task.status === "errored" || told === "failed")
    return failedStill(task, now) ? "failed" : "done";
  return task.status === "completed" ? "done" : told;
}

/** A failure is news for a day. What becomes of a failed subagent is its parent's concern. */
function failedStill(task: Standing, now: number): boolean {
  return task.parentTaskId === undefined && now - millis(stateSince(task)) < DAY_MS;
}
