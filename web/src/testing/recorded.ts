import type { Event, EventKind, Lane } from "../wire.gen";
import recorded from "./recordedEvents.json";
import { anEvent } from "./samples";

/**
 * Events as the server made them of recorded sessions of the five agents, and of a few calls after
 * Claude Code's own schema (searches, the web, MCP, questions).
 */
export const RECORDED: ReadonlyMap<string, Event> = new Map(
  Object.entries(recorded).map(([name, { kind, lane, ...rest }]) => [
    name,
    anEvent({ id: name, kind: kind as EventKind, lane: lane as Lane, ...rest }),
  ]),
);

export function recordedEvent(name: string): Event {
  const event = RECORDED.get(name);
  if (event === undefined) throw new Error(`nothing recorded is named "${name}"`);
  return event;
}
