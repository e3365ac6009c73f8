import { detailsOf } from "../event/details";
import { hasFailed } from "../event/failed";
import type { Event } from "../wire.gen";
import type { Sum } from "./row";

/** What these events come to; they are in order. */
export function sumOf(events: readonly Event[]): Sum {
  const begin = events[0] === undefined ? 0 : detailsOf(events[0]).at;
  let [calls, failed, end, running] = [0, 0, begin, false];
  for (const event of events) {
    const { at, toolStatus, durationMs = 0 } = detailsOf(event);
    if (toolStatus !== undefined) calls += 1;
    if (toolStatus === "running") running = true;
    if (hasFailed(event)) failed += 1;
    end = Math.max(end, at + durationMs);
  }
  return { rows: events.length, calls, failed, running, ms: end - begin };
}
