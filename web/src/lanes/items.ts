import { detailsOf, isGap } from "../event/details";
import { hasFailed } from "../event/failed";
import { LANES, laneIndex } from "../event/lanes";
import type { Event } from "../wire.gen";

/** Something that takes up time in a lane. */
export interface Box {
  readonly lane: number;
  readonly from: number;
  /** For what still runs, infinity. */
  readonly to: number;
  /** Which of the rows of its lane: what overlaps stands below. */
  readonly row: number;
}

/** An event as it is drawn: a call from its start to its end, anything else at its moment. */
export interface LaneItem extends Box {
  readonly event: Event;
  readonly look: "call" | "point" | "prompt" | "gap";
  readonly failed: boolean;
  /** A call whose end nobody told, or that was stopped. */
  readonly loose: boolean;
}

/** What overlaps beyond this many rows is drawn over the last one. */
export const ROWS_MAX = 3;
/** So short a call is drawn as if it were as long as this, for rows alone. */
const LEAST_MS = 1;

/** Rows are never changed in place: what did not change is not made again when others are added. */
const known = new WeakMap<Event, LaneItem>();

/** The events in the order of time, each in its lane and row. Those in no lane are left out. */
export function itemsOf(events: readonly Event[]): LaneItem[] {
  const ends: number[][] = LANES.map(() => []);
  const items: LaneItem[] = [];
  for (const event of events) {
    const item = known.get(event) ?? itemOf(event);
    const taken = ends[item.lane];
    if (taken === undefined) continue;
    const row = rowFor(taken, item.from, Math.max(item.to, item.from + LEAST_MS));
    const placed = item.row === row ? item : { ...item, row };
    known.set(event, placed);
    items.push(placed);
  }
  return items;
}

function itemOf(event: Event): LaneItem {
  const { at, toolStatus, durationMs } = detailsOf(event);
  const to = toolStatus === "running" ? Number.POSITIVE_INFINITY : at + (durationMs ?? 0);
  return {
    event,
    lane: laneIndex(event.lane),
    from: at,
    to,
    row: 0,
    look: lookOf(event, toolStatus !== undefined),
    failed: hasFailed(event),
    loose: toolStatus === "interrupted" || toolStatus === "unfinished",
  };
}

function lookOf(event: Event, isCall: boolean): LaneItem["look"] {
  if (isGap(event)) return "gap";
  if (isCall) return "call";
  return event.kind === "user.message" ? "prompt" : "point";
}

/** The first row that is free by then; `ends` says until when each is taken. */
export function rowFor(ends: number[], from: number, to: number): number {
  const free = ends.findIndex((end) => end <= from);
  const row = free < 0 ? Math.min(ends.length, ROWS_MAX - 1) : free;
  ends[row] = Math.max(to, ends[row] ?? 0);
  return row;
}
