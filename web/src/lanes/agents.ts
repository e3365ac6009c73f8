import { laneIndex } from "../event/lanes";
import { millis } from "../format/time";
import type { Task } from "../wire.gen";
import { type Box, type LaneItem, rowFor } from "./items";

/** A subagent from its beginning to its end. */
export interface AgentSpan extends Box {
  readonly task: Task;
}

/** Subagents in the lane of coordination, below the events that are there. */
export function agentsOf(children: readonly Task[], items: readonly LaneItem[]): AgentSpan[] {
  const lane = laneIndex("coordination");
  const first = items.reduce(
    (rows, item) => (item.lane === lane ? Math.max(rows, item.row + 1) : rows),
    0,
  );
  const ends: number[] = [];
  return children
    .map((task) => ({ task, lane, from: millis(task.createdAt), to: endOf(task) }))
    .sort((a, b) => a.from - b.from)
    .map((span) => ({ ...span, row: first + rowFor(ends, span.from, span.to) }));
}

function endOf({ status, lastActivityAt }: Task): number {
  return status === "running" ? Number.POSITIVE_INFINITY : millis(lastActivityAt);
}
