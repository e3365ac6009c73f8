/** Where something is on the screen. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

export function isDirection(key: string): key is Direction {
  return /^Arrow(Left|Right|Up|Down)$/.test(key);
}

/** To the side counts more than ahead: the next one is the one in the same line. */
const ASIDE = 3;

/** Which of the boxes comes next from one of them in a direction; -1 where none does. */
export function nearest(boxes: readonly Box[], from: number, direction: Direction): number {
  const start = boxes[from];
  if (start === undefined) return -1;
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  boxes.forEach((box, index) => {
    const distance = index === from ? null : distanceTo(start, box, direction);
    if (distance !== null && distance < least) [best, least] = [index, distance];
  });
  return best;
}

/** Null for what does not lie in that direction. */
function distanceTo(from: Box, to: Box, direction: Direction): number | null {
  const across = direction === "ArrowLeft" || direction === "ArrowRight";
  const ahead = {
    ArrowLeft: from.left - to.right,
    ArrowRight: to.left - from.right,
    ArrowUp: from.top - to.bottom,
    ArrowDown: to.top - from.bottom,
  }[direction];
  if (ahead < 0) return null;
  const aside = across
    ? Math.abs(from.top - to.top)
    : Math.max(0, to.left - from.right, from.left - to.right);
  // Up and down stay in the column: another one is reached to the side.
  return !across && aside > 0 ? null : ahead + ASIDE * aside;
}
