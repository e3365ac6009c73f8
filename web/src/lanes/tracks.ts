import { LANES } from "../event/lanes";
import type { Box } from "./items";

export const ROW_PX = 18;
const GAP_PX = 3;
const PADDING_PX = 8;
/** Where the times are written. */
export const AXIS_PX = 24;

/** How high each lane is, and where it begins. */
export interface Tracks {
  readonly tops: readonly number[];
  readonly heights: readonly number[];
  readonly height: number;
}

/** A lane is as high as its rows need; one with nothing in it still has its place. */
export function tracksOf(boxes: readonly Box[]): Tracks {
  const rows = LANES.map(() => 1);
  for (const { lane, row } of boxes) rows[lane] = Math.max(rows[lane] ?? 1, row + 1);
  const heights = rows.map((count) => count * (ROW_PX + GAP_PX) - GAP_PX + 2 * PADDING_PX);
  const tops: number[] = [];
  let top = AXIS_PX;
  for (const height of heights) {
    tops.push(top);
    top += height;
  }
  return { tops, heights, height: top };
}

export function topOf({ tops }: Tracks, { lane, row }: Pick<Box, "lane" | "row">): number {
  return (tops[lane] ?? 0) + PADDING_PX + row * (ROW_PX + GAP_PX);
}
