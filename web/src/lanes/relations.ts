import { linksOf } from "../event/details";
import { relationsOf } from "../event/relations";
import { callsOf } from "../timeline/subagents";
import type { Event, EventId } from "../wire.gen";
import type { AgentSpan } from "./agents";
import type { Box, LaneItem } from "./items";

/** Two boxes that have to do with each other. */
export type Connector = readonly [Box, Box];

/** What one event has to do with what else is drawn, whichever of the two names the other. */
export function connectorsOf(
  items: readonly LaneItem[],
  agents: readonly AgentSpan[],
  id: EventId | null,
): Connector[] {
  const own = id === null ? undefined : items.find(({ event }) => event.id === id);
  if (own === undefined) return [];
  const events = items.map(({ event }) => event);
  const named = new Set(relationsOf(own.event, events).map((relation) => relation.id));
  const related = items.filter(
    ({ event }) => event !== own.event && (named.has(event.id) || namesIt(event, own.event.id)),
  );
  const calls =
    agents.length === 0
      ? null
      : callsOf(
          events,
          agents.map(({ task }) => task),
        );
  const delegated = agents.filter(({ task }) => calls?.get(task.id) === own.event);
  return [...related, ...delegated].map((box) => [box, own] as const);
}

function namesIt(event: Event, id: EventId): boolean {
  return linksOf(event).some((link) => link.id === id);
}
