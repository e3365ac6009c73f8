import { detailsOf } from "../event/details";
import { hasFailed } from "../event/failed";
import { LANES, laneIndex } from "../event/lanes";
import type { Event } from "../wire.gen";
import { lengthOf, type Span } from "./scale";

/** How many events there are in each slice of time, by lane; a lane that nobody knows is left out. */
export interface Density {
  readonly span: Span;
  /** By lane, then by slice. */
  readonly counts: readonly (readonly number[])[];
  /** The most that one slice holds, all lanes together. */
  readonly most: number;
  /** By slice, whether anything failed in it. */
  readonly failed: readonly boolean[];
}

export function densityOf(events: readonly Event[], span: Span, slices: number): Density {
  const counts = LANES.map(() => new Array<number>(slices).fill(0));
  const sums = new Array<number>(slices).fill(0);
  const failed = new Array<boolean>(slices).fill(false);
  for (const event of events) {
    const slice = Math.floor(((detailsOf(event).at - span.from) / lengthOf(span)) * slices);
    const lane = counts[laneIndex(event.lane)];
    if (lane === undefined || slice < 0 || slice > slices) continue;
    // The last moment of all belongs to the last slice.
    const at = Math.min(slice, slices - 1);
    lane[at] = (lane[at] ?? 0) + 1;
    sums[at] = (sums[at] ?? 0) + 1;
    if (hasFailed(event)) failed[at] = true;
  }
  return { span, counts, most: Math.max(0, ...sums), failed };
}
