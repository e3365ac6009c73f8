import { edgesOf, LEAST_PX, type Sight } from "./hit";
import { type LaneItem, ROWS_MAX } from "./items";

/** What is drawn as one: an item with its edges, or a crowd of them that began with it. */
export interface Drawn {
  readonly item: LaneItem;
  readonly left: number;
  right: number;
  /** How many items: those that cannot be told apart are drawn as one. */
  count: number;
}

/** So near each other, two items of the least width are one to the eye. */
const APART_PX = 1;

/**
 * What has to be drawn of items in the order of time: what is in view, and what cannot be told
 * apart as one. What must never be missed is always drawn, and comes last, on top.
 */
export function drawnOf(
  items: readonly LaneItem[],
  sight: Sight,
  matters: (item: LaneItem) => boolean,
): Drawn[] {
  const last: (Drawn | undefined)[] = [];
  const plain: Drawn[] = [];
  const loud: Drawn[] = [];
  for (const item of items) {
    if (item.from > sight.span.to) break;
    const [left, right] = edgesOf(item, sight);
    if (right < 0) continue;
    const drawn = { item, left, right, count: 1 };
    if (matters(item)) loud.push(drawn);
    else {
      const place = item.lane * ROWS_MAX + item.row;
      const before = last[place];
      if (before !== undefined && isOne(before, drawn)) {
        before.right = right;
        before.count += 1;
      } else {
        plain.push(drawn);
        last[place] = drawn;
      }
    }
  }
  return [...plain, ...loud];
}

function isOne(before: Drawn, next: Drawn): boolean {
  const both = isLeast(next) && (before.count > 1 || isLeast(before));
  return both && next.left <= before.right + APART_PX;
}

function isLeast({ left, right }: Drawn): boolean {
  return right - left <= LEAST_PX;
}
