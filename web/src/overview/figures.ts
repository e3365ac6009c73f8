import { millis } from "../format/time";
import type { History } from "./history";
import type { Span } from "./span";
import { addActivity, addUsage, type Counting, counting, type Sums } from "./sums";

/** What a span is drawn of. */
export interface Figures {
  /** For each slot; null where it has not begun. */
  readonly slots: readonly (Sums | null)[];
  readonly total: Sums;
  /** Over the time before. */
  readonly before: Sums;
}

type Row = { readonly hour: string };
type Add<T> = (sums: Counting, row: T) => void;

export function figuresOf({ hours, usage }: History, span: Span): Figures {
  const sums = span.slots.map(counting);
  const [total, before] = [counting(), counting()];
  const slotOf = slotFinder(span);
  const add = <T extends Row>(rows: readonly T[], put: Add<T>) => {
    for (const row of rows) {
      const at = millis(row.hour);
      const index = slotOf(at);
      if (index !== undefined) {
        put(sums[index] as Counting, row);
        put(total, row);
      } else if (at >= span.before.from && at < span.before.to) put(before, row);
    }
  };
  add(hours, addActivity);
  add(usage, addUsage);
  const slots = span.slots.map(({ isFuture }, index) => (isFuture ? null : (sums[index] as Sums)));
  return { slots, total, before };
}

/** Finds the slot that an hour of UTC is in. */
export function slotFinder({ slots, now }: Span): (at: number) => number | undefined {
  const starts = slots.map(({ from }) => from);
  return (at) => {
    // What claims to be of a time that has not come cannot be drawn anywhere.
    if (Number.isNaN(at) || at < (starts[0] ?? 0) || at > now) return undefined;
    return starts.findLastIndex((start) => start <= at);
  };
}
