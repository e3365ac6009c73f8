import { duration } from "../format/duration";
import { whole } from "../format/number";
import { dollars, tokens } from "../format/usage";
import { changeText } from "./change";
import { costDetails, costText, tokensText } from "./cost";
import type { Figures } from "./figures";
import { roundDuration, roundDurationText, roundTop } from "./scale";
import { estimatedIn, type Sums } from "./sums";

/** A part of a column. */
export interface Part {
  readonly label: string;
  readonly explains?: string;
  /** Which of the chart's colours it has. */
  readonly ink: "main" | "soft" | "deep" | "bad";
  readonly value: (sums: Sums) => number;
}

/** One of the charts below each other, of columns from the same time. */
export interface Panel {
  readonly key: string;
  readonly title: string;
  readonly explains: string;
  /** From the ground up; together they are the column. */
  readonly parts: readonly Part[];
  readonly format: (value: number) => string;
  /** The whole of a column in words. */
  readonly text: (sums: Sums) => string;
  readonly details?: (sums: Sums) => string;
  readonly top: (highest: number) => number;
  /** The top in words, where it is shorter than other values. */
  readonly topText?: (top: number) => string;
}

const COUNTED = { format: whole, top: roundTop };

export const PANELS: readonly Panel[] = [
  {
    ...COUNTED,
    key: "tasks",
    title: "Tasks started",
    explains: "Tasks by when they began, those of subagents too.",
    parts: [{ label: "started", ink: "main", value: ({ tasks }) => tasks }],
    text: ({ tasks }) => whole(tasks),
  },
  {
    key: "active",
    title: "Active time",
    explains: "Time in which agents were at work, added up over all tasks; pauses are not counted.",
    parts: [{ label: "at work", ink: "main", value: ({ activeMs }) => activeMs }],
    format: duration,
    text: ({ activeMs }) => duration(activeMs),
    top: roundDuration,
    topText: roundDurationText,
  },
  {
    ...COUNTED,
    key: "calls",
    title: "Tool calls",
    explains: "Calls of tools and terminal commands.",
    parts: [
      { label: "failed", ink: "bad", value: ({ failures }) => failures },
      {
        label: "others",
        ink: "main",
        value: ({ calls, failures }) => Math.max(0, calls - failures),
      },
    ],
    text: ({ calls }) => whole(calls),
  },
  {
    key: "tokens",
    title: "Tokens",
    explains: "What was sent to models and came back, as far as agents report it.",
    parts: [
      { label: "output", ink: "deep", value: ({ output }) => output },
      { label: "input", ink: "main", value: ({ input }) => input },
      {
        label: "cache",
        explains: "Read from a cache or written to one.",
        ink: "soft",
        value: ({ cache }) => cache,
      },
    ],
    format: tokens,
    text: tokensText,
    top: roundTop,
  },
  {
    key: "cost",
    title: "Cost",
    explains: "What was reported, and what we estimate by list prices.",
    parts: [
      { label: "reported", ink: "deep", value: ({ reportedMicros }) => reportedMicros },
      { label: "estimate", ink: "main", value: estimatedIn },
    ],
    format: dollars,
    text: costText,
    details: costDetails,
    top: roundTop,
  },
];

/** What a chart draws: heights of parts, each on top of those before it; null where time is to come. */
export interface Columns {
  readonly heights: readonly (readonly (number | null)[])[];
  readonly top: number;
}

export function columnsOf({ parts, top }: Panel, { slots }: Figures): Columns {
  const heights = parts.map((_, index) => slots.map((sums) => sums && stacked(parts, index, sums)));
  const highest = Math.max(0, ...(heights.at(-1) ?? []).map((height) => height ?? 0));
  return { heights, top: top(highest) };
}

function stacked(parts: readonly Part[], last: number, sums: Sums): number {
  return parts.slice(0, last + 1).reduce((height, part) => height + part.value(sums), 0);
}

/** How the whole differs from the time before; null where it cannot be said. */
export function panelChange({ key, parts }: Panel, { total, before }: Figures): string | null {
  // Of two sums that are too small by who knows how much, neither is the greater one.
  if (key === "cost" && total.unpriced + before.unpriced > 0) return null;
  return changeText(
    stacked(parts, parts.length - 1, total),
    stacked(parts, parts.length - 1, before),
  );
}

/** A column in words, for who does not see it. */
export function spoken(sums: Sums): string {
  return PANELS.map(({ title, text }) => `${title} ${text(sums)}`).join(", ");
}
