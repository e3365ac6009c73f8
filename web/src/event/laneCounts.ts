import type { Event } from "../wire.gen";

/** How many of these events are in each lane. */
export function laneCounts(events: readonly Event[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { lane } of events) counts.set(lane, (counts.get(lane) ?? 0) + 1);
  return counts;
}
