import type { Timestamp } from "../wire.gen";

/** One answer of a model, with when it came. */
export interface Answer {
  readonly at: Timestamp;
  readonly model?: string;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheCreationTokens: number;
  readonly outputTokens: number;
  readonly costMicros?: number;
  readonly subagent?: unknown;
}

/** A sum that grows, as points within 0..1: `x` by time, `y` by its share of the whole. */
export interface Curve {
  readonly points: readonly Point[];
  readonly total: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly at: Timestamp;
  readonly sum: number;
}

export const tokensOf = (answer: Answer) => sentTokens(answer) + answer.outputTokens;
export const costOf = ({ costMicros = 0 }: Answer) => costMicros;

/** What was sent: what the model had before it when it answered. */
export const sentTokens = (answer: Answer) =>
  answer.inputTokens + answer.cacheReadTokens + answer.cacheCreationTokens;

/** Null where there is nothing to draw: fewer than two answers, or a sum of nothing. */
export function curveOf(
  answers: readonly Answer[],
  measure: (answer: Answer) => number,
): Curve | null {
  const timed = answers.filter(({ at }) => !Number.isNaN(Date.parse(at)));
  const total = timed.reduce((sum, answer) => sum + measure(answer), 0);
  const first = Date.parse(timed[0]?.at ?? "");
  const span = Date.parse(timed.at(-1)?.at ?? "") - first;
  if (timed.length < 2 || total <= 0) return null;
  let sum = 0;
  const points = timed.map((answer, index) => {
    sum += measure(answer);
    const x = span > 0 ? (Date.parse(answer.at) - first) / span : index / (timed.length - 1);
    return { x, y: sum / total, at: answer.at, sum };
  });
  return { points, total };
}

/** The steps of a curve as an SVG path in a box; closed down to the ground for its area. */
export function stepPath(
  { points }: Curve,
  width: number,
  height: number,
  closed: boolean,
): string {
  const at = (value: number) => Math.round(value * 10) / 10;
  const path = points.map(({ x, y }, index) => {
    const [px, py] = [at(x * width), at(height - y * height)];
    return index === 0 ? `M0 ${height}V${py}` : `H${px}V${py}`;
  });
  return path.join("") + (closed ? `V${height}Z` : "");
}
