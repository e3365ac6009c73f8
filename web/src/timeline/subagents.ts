import { detailsOf } from "../event/details";
import { millis } from "../format/time";
import type { Event, EventId, Task } from "../wire.gen";

/** A subagent is told of a moment before the call that started it, or after it. */
const NEAR_MS = 2_000;

/** The subagents by the event after whose row each belongs; "" is before all. */
export type Placing = ReadonlyMap<EventId | "", readonly Task[]>;

/**
 * Where in a timeline its subagents stand: after the call that delegated to them where one names
 * them, else after the last event before they began. `whole`: nothing is missing before the first.
 */
export function placeSubagents(
  events: readonly Event[],
  children: readonly Task[],
  whole: boolean,
): Placing {
  const placing = new Map<EventId | "", Task[]>();
  const calls = children.length === 0 ? [] : events.filter(isDelegation);
  for (const child of children) {
    const began = millis(child.createdAt);
    const call = calls.find((event) => names(event, child) && isNear(event, began));
    if (call !== undefined) calls.splice(calls.indexOf(call), 1);
    const after = call ?? events.findLast((event) => detailsOf(event).at <= began);
    // What began before the first loaded event belongs to a page that is not loaded.
    if (after === undefined && !whole) continue;
    const key = after?.id ?? "";
    placing.set(key, [...(placing.get(key) ?? []), child]);
  }
  return placing;
}

function isDelegation({ metadata }: Event): boolean {
  return metadata.activityType === "delegation";
}

function isNear(event: Event, began: number): boolean {
  const { at, durationMs } = detailsOf(event);
  const end = durationMs === undefined ? Number.POSITIVE_INFINITY : at + durationMs;
  return began >= at - NEAR_MS && began <= end + NEAR_MS;
}

function names(event: Event, child: Task): boolean {
  const { agentName } = event.metadata;
  return child.title.includes(event.title) || child.title === agentName;
}
