/** How much time the overview shows. */
export type Period = "today" | "7d" | "30d";

export const PERIODS: readonly Period[] = ["today", "7d", "30d"];

const DEFAULT: Period = "7d";
const DAYS: Readonly<Record<Period, number>> = { today: 1, "7d": 7, "30d": 30 };

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** The period that an address names. */
export function readPeriod(text: string | null): Period {
  return PERIODS.find((period) => period === text) ?? DEFAULT;
}

/** As an address names it: nothing for what is shown anyway. */
export const periodParam = (period: Period): string | null => (period === DEFAULT ? null : period);

/** A column of the charts, from its first millisecond up to that of the next. */
export interface Slot {
  readonly from: number;
  readonly to: number;
  /** It has not begun yet: nothing can be said of it. */
  readonly isFuture: boolean;
}

/** A period with its columns, and the time before it that it is held against. */
export interface Span {
  readonly period: Period;
  readonly slots: readonly Slot[];
  readonly before: { readonly from: number; readonly to: number };
  readonly now: number;
}

/**
 * The hours of today or the last days in the reader's zone. What came before ends at the same time
 * of day, since a day that has only begun cannot be compared with a whole one.
 */
export function spanOf(period: Period, now: number): Span {
  const days = DAYS[period];
  const edges = period === "today" ? hourEdges(now) : dayEdges(now, days);
  const slots = edges.slice(0, -1).map((from, index) => ({
    from,
    to: edges[index + 1] as number,
    isFuture: from > now,
  }));
  const before = { from: dayEdge(now, 1 - 2 * days), to: daysAway(now, -days).getTime() };
  return { period, slots, before, now };
}

function hourEdges(now: number): number[] {
  const edges: number[] = [];
  for (let at = dayEdge(now, 0); at <= dayEdge(now, 1); at += HOUR_MS) edges.push(at);
  return edges;
}

function dayEdges(now: number, days: number): number[] {
  return Array.from({ length: days + 1 }, (_, index) => dayEdge(now, index + 1 - days));
}

/**
 * Where a day of the reader's begins, as nearly as hours of UTC can tell: in a zone that is half an
 * hour off them, half an hour late.
 */
function dayEdge(now: number, away: number): number {
  const day = daysAway(now, away);
  day.setHours(0, 0, 0, 0);
  return Math.ceil(day.getTime() / HOUR_MS) * HOUR_MS;
}

/** By the calendar: a day on which clocks change is one day too. */
function daysAway(now: number, away: number): Date {
  const date = new Date(now);
  date.setDate(date.getDate() + away);
  return date;
}

/** Whether days begin with an hour of UTC here; elsewhere they are cut up to 45 minutes late. */
export function isByTheHour({ slots }: Span): boolean {
  const first = new Date(slots[0]?.from ?? 0);
  return first.getMinutes() === 0;
}

/**
 * The days of UTC that come nearest to those of the span, as `2026-11-25`: from the day of the same
 * date as the reader's first one up to the one that it is now, so that nothing new is left out.
 */
export function utcDays({ slots, now }: Span): readonly [string, string] {
  const first = new Date(slots[0]?.from ?? now);
  const [year, month, day] = [first.getFullYear(), first.getMonth(), first.getDate()];
  return [utcDay(Date.UTC(year, month, day)), utcDay(now)];
}

const utcDay = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Whether days of UTC are those of the reader. */
export function isUtc({ slots }: Span): boolean {
  return (slots[0]?.from ?? 0) % DAY_MS === 0;
}
