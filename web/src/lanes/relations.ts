import { linksOf } from "../event/details";
import type { Event, EventId } from "../wire.gen";
import type { LaneItem } from "./items";

/** Two items that have to do with each other. */
export type Connector = readonly [LaneItem, LaneItem];

/** What one event has to do with those that are drawn, whichever of the two names the other. */
export function connectorsOf(items: readonly LaneItem[], id: EventId | null): Connector[] {
  if (id === null) return [];
  const own = items.find(({ event }) => event.id === id);
  if (own === undefined) return [];
  const named = namesOf(own.event);
  return items.flatMap((item) => {
    if (item === own) return [];
    const related = named.has(item.event.id) || namesOf(item.event).has(id);
    return related ? [[item, own] as const] : [];
  });
}

/** Events by id; and questions about a call, by the id that both carry. */
function namesOf(event: Event): Set<unknown> {
  return new Set(linksOf(event).map((link) => link.id));
}
