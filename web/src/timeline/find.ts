import { detailsOf, titleOf } from "../event/details";
import type { Event, EventId } from "../wire.gen";

const texts = new WeakMap<Event, string>();

/** Everything of an event that a row or its inspector shows, in lower case. */
function textOf(event: Event): string {
  const known = texts.get(event);
  if (known !== undefined) return known;
  const { command, output, error, diff, toolName, filePaths } = detailsOf(event);
  const parts = [titleOf(event), event.title, event.body, toolName, command, output, error, diff];
  const text = [...parts, ...filePaths].filter(Boolean).join("\n").toLowerCase();
  texts.set(event, text);
  return text;
}

/** The events that hold a text, in their order; no text finds nothing. */
export function findIn(events: readonly Event[], query: string): EventId[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return [];
  return events.filter((event) => textOf(event).includes(wanted)).map(({ id }) => id);
}

/** The hit after, or before, the one that is looked at; from none, the last one. It goes round. */
export function nextHit(hits: readonly EventId[], at: EventId | null, by: 1 | -1): EventId | null {
  const index = at === null ? -1 : hits.indexOf(at);
  if (index < 0) return hits.at(-1) ?? null;
  return hits[(index + by + hits.length) % hits.length] ?? null;
}
