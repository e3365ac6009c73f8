import type { Period, Slot, Span } from "./span";

const DAY = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
});
const WEEKDAY = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const DATE = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const TIME = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

export const PERIOD_NAMES: Readonly<Record<Period, string>> = {
  today: "Today",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
};

/** What a period is held against, inside a sentence. */
export const BEFORE: Readonly<Record<Period, string>> = {
  today: "yesterday up to this time",
  "7d": "the 7 days before",
  "30d": "the 30 days before",
};

/** A slot by name: `Tue, 24 Nov`, or `14:00 to 15:00`. */
export function slotName({ from, to }: Slot, { period }: Span): string {
  return period === "today" ? `${TIME.format(from)} to ${TIME.format(to)}` : DAY.format(from);
}

/** The days of a span: `19 Nov to 25 Nov`. */
export function daysOf({ slots, period }: Span): string {
  const [first, last] = [slots[0], slots.at(-1)];
  if (first === undefined || last === undefined) return "";
  if (period === "today") return DAY.format(first.from);
  return `${DATE.format(first.from)} to ${DATE.format(last.from)}`;
}

/** What stands below some of the slots, short enough for a narrow page; the last day always has it. */
export function tickOf({ slots, period }: Span, index: number): string | null {
  const at = slots[index]?.from;
  if (at === undefined) return null;
  if (period === "today") return index % 6 === 0 ? TIME.format(at) : null;
  if (period === "7d") return WEEKDAY.format(at);
  return (slots.length - 1 - index) % 7 === 0 ? DATE.format(at) : null;
}
