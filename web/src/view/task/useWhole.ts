import { useMemo } from "react";
import { useClock } from "../../app/ticker";
import { millis } from "../../format/time";
import type { Span } from "../../lanes/scale";
import type { Task } from "../../wire.gen";

/** While a task runs its end moves on by steps: each of them draws everything again. */
const STEP_MS = 5_000;

/** A task from its first moment to its last, or to now while it runs. */
export function useWhole(task: Task): Span {
  const last = millis(task.lastActivityAt);
  const runs = task.status === "running";
  const now = useClock((at) => (runs ? Math.ceil(at / STEP_MS) * STEP_MS : 0));
  const from = millis(task.createdAt);
  const to = Math.max(runs ? Math.max(now, last) : last, from + 1);
  return useMemo(() => ({ from, to }), [from, to]);
}
