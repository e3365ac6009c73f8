import type { Box } from "./items";
import { type Span, xOf } from "./scale";
import { ROW_PX, type Tracks, topOf } from "./tracks";

/** Narrower than this nothing could be pointed at. */
export const LEAST_PX = 5;

/** Where time is on the canvas. */
export interface Sight {
  readonly span: Span;
  readonly width: number;
  /** Where what still runs ends. */
  readonly now: number;
}

/** What is drawn of a box, from its left to its right edge. */
export function edgesOf(box: Box, { span, width, now }: Sight): [number, number] {
  const from = xOf(box.from, span, width);
  const to = xOf(Math.min(box.to, now), span, width);
  return [from, Math.max(to, from + LEAST_PX)];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The box under a point; of several, the one that came last and so lies on top. */
export function boxAt<T extends Box>(
  boxes: readonly T[],
  { x, y }: Point,
  sight: Sight & { readonly tracks: Tracks },
): T | null {
  const found = boxes.findLast((box) => {
    const top = topOf(sight.tracks, box);
    if (y < top || y > top + ROW_PX) return false;
    const [from, to] = edgesOf(box, sight);
    return x >= from - 2 && x <= to + 2;
  });
  return found ?? null;
}
