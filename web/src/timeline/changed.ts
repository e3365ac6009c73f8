import { detailsOf } from "../event/details";
import type { Event, EventId } from "../wire.gen";

export interface Folded {
  /** The events that have rows of their own. */
  readonly events: readonly Event[];
  /** How many files each of them changed, where that was logged beside it. */
  readonly changed: ReadonlyMap<EventId, number>;
}

/**
 * A change of a file that was logged because of another event says nothing that its row does not
 * say: it is told there, as long as that row is among these. `shown` keeps its own row.
 */
export function foldChanges(events: readonly Event[], shown: EventId | null): Folded {
  const changed = new Map<EventId, number>();
  const held = new Set<EventId>();
  const rest: Event[] = [];
  for (const event of events) {
    const source = event.kind === "file.changed" ? detailsOf(event).sourceEventId : undefined;
    if (source !== undefined && held.has(source)) {
      changed.set(source, (changed.get(source) ?? 0) + 1);
      if (event.id !== shown) continue;
    }
    held.add(event.id);
    rest.push(event);
  }
  return { events: rest, changed };
}
