import type { EventId } from "../wire.gen";
import { without } from "./identity";
import type { TaskDetail } from "./state";

/** A timeline that only grows is cut back to its newest rows: what is before them can be read again. */
export interface Bounds {
  /** With more rows than this it is cut … */
  readonly most: number;
  /** … back to this many. */
  readonly kept: number;
}

/** While the end is followed nobody looks at what is far back. */
export const FOLLOWED: Bounds = { most: 700, kept: 500 };

/** While somebody reads further back, rows are let go of only before there are too many to handle. */
export const READ: Bounds = { most: 20_000, kept: 16_000 };

/** The detail with its newest rows, and the rows that it lost; null where there are not too many. */
export function trimmed(
  detail: TaskDetail,
  { most, kept }: Bounds,
): { detail: TaskDetail; dropped: readonly EventId[] } | null {
  const { order } = detail.events;
  if (order.length <= most) return null;
  const dropped = order.slice(0, order.length - kept);
  const events = without(detail.events, new Set(dropped));
  return { detail: { ...detail, events, before: `event:${events.order[0]}` }, dropped };
}
