import { useMemo } from "react";
import { useClock } from "../../app/ticker";
import { millis } from "../../format/time";
import { type Span, steppedEnd } from "../../lanes/scale";
import type { Task } from "../../wire.gen";

/** A task from its first moment to its last, or to now while it runs. */
export function useWhole(task: Task): Span {
  const last = millis(task.lastActivityAt);
  const runs = task.status === "running";
  const from = millis(task.createdAt);
  const now = useClock((at) => (runs ? steppedEnd(from, at) : 0));
  const to = Math.max(runs ? Math.max(now, last) : last, from + 1);
  return useMemo(() => ({ from, to }), [from, to]);
}
