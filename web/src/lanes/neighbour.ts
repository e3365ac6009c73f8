import { LANES } from "../event/lanes";
import type { LaneItem } from "./items";

/** What is nearest in time in the next lane, up (-1) or down (1), that holds anything. */
export function neighbourOf(
  items: readonly LaneItem[],
  from: LaneItem,
  by: 1 | -1,
): LaneItem | undefined {
  for (let lane = from.lane + by; lane >= 0 && lane < LANES.length; lane += by) {
    const found = nearest(
      items.filter((item) => item.lane === lane),
      from.from,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function nearest(items: readonly LaneItem[], moment: number): LaneItem | undefined {
  const distance = (item: LaneItem) => Math.abs(item.from - moment);
  return items.reduce<LaneItem | undefined>(
    (best, item) => (best === undefined || distance(item) < distance(best) ? item : best),
    undefined,
  );
}
