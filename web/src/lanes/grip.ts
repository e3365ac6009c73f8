import { lengthOf, moved, type Span, xOf } from "./scale";

/** What of a window is taken hold of; "new" draws another one. */
export type Grip = "from" | "to" | "move" | "new";

/** So near an edge, the edge is meant. */
const EDGE_PX = 6;
/** A window drawn shorter than this part of the whole was a click beside it. */
const LEAST_SHARE = 0.002;

/** Which part of the window is at a place of the bar that shows the whole. */
export function gripAt(x: number, window: Span, whole: Span, width: number): Grip {
  const [left, right] = [xOf(window.from, whole, width), xOf(window.to, whole, width)];
  const [toLeft, toRight] = [Math.abs(x - left), Math.abs(x - right)];
  if (Math.min(toLeft, toRight) <= EDGE_PX) return toLeft < toRight ? "from" : "to";
  // There is nowhere to move all of it to, so that dragging draws a part of it.
  const isAll = lengthOf(window) >= lengthOf(whole) * 0.995;
  return x > left && x < right && !isAll ? "move" : "new";
}

interface Drag {
  readonly grip: Grip;
  /** The window when it was taken hold of, and the moment at which. */
  readonly window: Span;
  readonly start: number;
}

/** The window after a drag to a moment; null where none came of it. */
export function dragged({ grip, window, start }: Drag, moment: number, whole: Span): Span | null {
  const at = Math.min(Math.max(moment, whole.from), whole.to);
  const span = {
    move: () => moved(window, moment - start, whole),
    from: () => ordered(at, window.to),
    to: () => ordered(window.from, at),
    new: () => ordered(Math.max(start, whole.from), at),
  }[grip]();
  return lengthOf(span) < lengthOf(whole) * LEAST_SHARE ? null : span;
}

function ordered(a: number, b: number): Span {
  return { from: Math.min(a, b), to: Math.max(a, b) };
}
