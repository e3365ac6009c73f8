import { day } from "../format/time";
import type { Event, EventId, Lane } from "../wire.gen";

/** A row of the timeline: every row has the same height. */
export type TimelineRow =
  | { readonly kind: "earlier"; readonly key: "earlier" }
  | { readonly kind: "day"; readonly key: string; readonly label: string }
  | { readonly kind: "event"; readonly key: EventId; readonly event: Event };

/** The events of the chosen lanes (no choice is all), with a line where a new day begins. */
export function timelineRows(events: readonly Event[], only: ReadonlySet<Lane>): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let last: string | null = null;
  for (const event of events) {
    if (only.size > 0 && !only.has(event.lane)) continue;
    const label = day(event.createdAt);
    // The first day is already told by the header's start time.
    if (last !== null && label !== last) rows.push({ kind: "day", key: `day ${label}`, label });
    last = label;
    rows.push({ kind: "event", key: event.id, event });
  }
  return rows;
}

export function laneCounts(events: readonly Event[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { lane } of events) counts.set(lane, (counts.get(lane) ?? 0) + 1);
  return counts;
}
