import type { LaneItem } from "./items";
import type { Span } from "./scale";
import { xOf } from "./scale";
import { ROW_PX, type Tracks, topOf } from "./tracks";

/** Narrower than this nothing could be pointed at. */
export const LEAST_PX = 5;

/** What is drawn of an item, from its left to its right edge. */
export function edgesOf(item: LaneItem, span: Span, width: number, now: number): [number, number] {
  const from = xOf(item.from, span, width);
  const to = xOf(Math.min(item.to, now), span, width);
  return [from, Math.max(to, from + LEAST_PX)];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The item under a point; of several, the one that came last and so lies on top. */
export function itemAt(
  items: readonly LaneItem[],
  { x, y }: Point,
  view: { span: Span; width: number; now: number; tracks: Tracks },
): LaneItem | null {
  const found = items.findLast((item) => {
    const top = topOf(view.tracks, item);
    if (y < top || y > top + ROW_PX) return false;
    const [from, to] = edgesOf(item, view.span, view.width, view.now);
    return x >= from - 2 && x <= to + 2;
  });
  return found ?? null;
}
