import { detailsOf } from "../event/details";
import type { Event } from "../wire.gen";
import { lengthOf, type Span } from "./scale";

/** An arrow key moves by this part of the whole. */
const KEY_SHARE = 0.01;

/** Which moment a key leads to, null being now; undefined where it leads nowhere. */
export function scrubbed(
  key: string,
  at: number | null,
  whole: Span,
  events: readonly Event[],
): number | null | undefined {
  const from = at ?? whole.to;
  const step = lengthOf(whole) * KEY_SHARE;
  if (key === "ArrowLeft" || key === "ArrowDown") return Math.max(whole.from, from - step);
  if (key === "ArrowRight" || key === "ArrowUp")
    return from + step >= whole.to ? null : from + step;
  if (key === "Home") return whole.from;
  if (key === "End") return null;
  const moments = events.map((event) => detailsOf(event).at);
  if (key === ",") return moments.findLast((moment) => moment < from) ?? whole.from;
  if (key === ".") return moments.find((moment) => moment > from) ?? null;
  return undefined;
}
