/** A stretch of time, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A stretch is never shorter than this: there is nothing to see inside a millisecond. */
const SHORTEST_MS = 20;

export const lengthOf = ({ from, to }: Span): number => Math.max(to - from, 1);

/** The same with a little room on both sides, so that what is at an end can be seen. */
export function padded(span: Span): Span {
  const room = lengthOf(span) * 0.02;
  return { from: span.from - room, to: span.to + room };
}

/** Where a moment is in a width. */
export function xOf(moment: number, span: Span, width: number): number {
  return ((moment - span.from) / lengthOf(span)) * width;
}

/** Which moment is at a place. */
export function momentAt(x: number, span: Span, width: number): number {
  return span.from + (x / Math.max(width, 1)) * lengthOf(span);
}

/** Longer or shorter by a factor, with a moment staying where it is; never beyond the whole. */
export function zoomed(span: Span, factor: number, around: number, whole: Span): Span {
  const length = Math.min(Math.max(lengthOf(span) * factor, SHORTEST_MS), lengthOf(whole));
  const share = (around - span.from) / lengthOf(span);
  return inside({ from: around - share * length, to: around + (1 - share) * length }, whole);
}

/** Earlier or later by so much, and never beyond the whole. */
export function moved(span: Span, ms: number, whole: Span): Span {
  return inside({ from: span.from + ms, to: span.to + ms }, whole);
}

function inside(span: Span, whole: Span): Span {
  const length = Math.min(lengthOf(span), lengthOf(whole));
  const from = Math.min(Math.max(span.from, whole.from), whole.to - length);
  return { from, to: from + length };
}

const STEPS_S = [
  ...[0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5],
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200],
];
const DAY_S = 86_400;

/** Round moments of the reader's day, at most so many, and how far they are apart. */
export function ticksOf(span: Span, most: number): { moments: number[]; stepMs: number } {
  const wanted = lengthOf(span) / Math.max(most, 1) / 1_000;
  const step = STEPS_S.find((seconds) => seconds >= wanted) ?? Math.ceil(wanted / DAY_S) * DAY_S;
  const stepMs = step * 1_000;
  // Hours and days are round in the reader's zone, not in UTC.
  const zoneMs = new Date(span.from).getTimezoneOffset() * 60_000;
  const first = Math.ceil((span.from - zoneMs) / stepMs) * stepMs + zoneMs;
  const moments: number[] = [];
  for (let at = first; at <= span.to; at += stepMs) moments.push(at);
  return { moments, stepMs };
}

/**
 * The end of what goes on, moved by steps of about a thousandth of it: each step draws everything
 * again. Steps are powers of two seconds, so that the end never goes back when they grow.
 */
export function steppedEnd(from: number, now: number): number {
  const seconds = Math.max(now - from, 1) / 1_000_000;
  const stepMs = 1_000 * 2 ** Math.max(0, Math.ceil(Math.log2(seconds)));
  return Math.ceil(now / stepMs) * stepMs;
}
