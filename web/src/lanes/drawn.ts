import { edgesOf, LEAST_PX, type Sight } from "./hit";
import { type LaneItem, ROWS_MAX } from "./items";

/** An item with its edges on the canvas. */
export interface Drawn {
  readonly item: LaneItem;
  readonly left: number;
  readonly right: number;
}

/**
 * What has to be drawn of items in the order of time: what is in view, and of those closer than a
 * pixel the first alone. What must never be missed is always drawn, and comes last, on top.
 */
export function drawnOf(
  items: readonly LaneItem[],
  sight: Sight,
  matters: (item: LaneItem) => boolean,
): Drawn[] {
  const pixels: number[] = [];
  const plain: Drawn[] = [];
  const loud: Drawn[] = [];
  for (const item of items) {
    if (item.from > sight.span.to) break;
    const [left, right] = edgesOf(item, sight);
    if (right < 0) continue;
    if (matters(item)) loud.push({ item, left, right });
    else {
      const place = item.lane * ROWS_MAX + item.row;
      const pixel = Math.floor(left);
      const hidden = pixels[place] === pixel && right - left <= LEAST_PX;
      if (!hidden) plain.push({ item, left, right });
      pixels[place] = pixel;
    }
  }
  return [...plain, ...loud];
}
