import { detailsOf } from "../event/details";
import { millis } from "../format/time";
import type { Event, EventId, Task, TaskId } from "../wire.gen";

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
  const calls = callsOf(events, children);
  for (const child of children) {
    const began = millis(child.createdAt);
    const after = calls.get(child.id) ?? events.findLast((event) => detailsOf(event).at <= began);
    // What began before the first loaded event belongs to a page that is not loaded.
    if (after === undefined && !whole) continue;
    const key = after?.id ?? "";
    placing.set(key, [...(placing.get(key) ?? []), child]);
  }
  return placing;
}

/** The call that delegated to each subagent, where one names it. */
export function callsOf(
  events: readonly Event[],
  children: readonly Task[],
): ReadonlyMap<TaskId, Event> {
  const left = children.length === 0 ? [] : events.filter(isDelegation);
  const calls = new Map<TaskId, Event>();
  for (const child of children) {
    const began = millis(child.createdAt);
    const at = left.findIndex((event) => names(event, child) && isNear(event, began));
    const [call] = at < 0 ? [] : left.splice(at, 1);
    if (call !== undefined) calls.set(child.id, call);
  }
  return calls;
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
