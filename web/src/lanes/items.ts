import { detailsOf, isGap } from "../event/details";
import { laneIndex } from "../event/lanes";
import { hasFailed } from "../timeline/sum";
import type { Event } from "../wire.gen";

/** An event as it is drawn: a call from its start to its end, anything else at its moment. */
export interface LaneItem {
  readonly event: Event;
  readonly lane: number;
  readonly from: number;
  /** For a call that still runs, infinity. */
  readonly to: number;
  /** Which of the rows of its lane: what overlaps stands below. */
  readonly row: number;
  readonly look: "call" | "point" | "prompt" | "gap";
  readonly failed: boolean;
}

/** What overlaps beyond this many rows is drawn over the last one. */
export const ROWS_MAX = 3;
/** So short a call is drawn as if it were as long as this, for rows alone. */
const LEAST_MS = 1;

/** The events in the order of time, each in its lane and row. Those in no lane are left out. */
export function itemsOf(events: readonly Event[]): LaneItem[] {
  const ends: number[][] = [];
  return events.flatMap((event) => {
    const lane = laneIndex(event.lane);
    if (lane < 0) return [];
    const { at, toolStatus, durationMs } = detailsOf(event);
    const running = toolStatus === "running";
    const to = running ? Number.POSITIVE_INFINITY : at + (durationMs ?? 0);
    ends[lane] ??= [];
    const row = rowFor(ends[lane], at, Math.max(to, at + LEAST_MS));
    const look = lookOf(event, toolStatus !== undefined);
    return [{ event, lane, from: at, to, row, look, failed: hasFailed(event) }];
  });
}

function lookOf(event: Event, isCall: boolean): LaneItem["look"] {
  if (isGap(event)) return "gap";
  if (isCall) return "call";
  return event.kind === "user.message" ? "prompt" : "point";
}

/** The first row that is free by then; `ends` says until when each is taken. */
function rowFor(ends: number[], from: number, to: number): number {
  const free = ends.findIndex((end) => end <= from);
  const row = free < 0 ? Math.min(ends.length, ROWS_MAX - 1) : free;
  ends[row] = Math.max(to, ends[row] ?? 0);
  return row;
}
