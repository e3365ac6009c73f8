import { clock, dayAndMonth } from "../format/time";
import { lengthOf, type Span, ticksOf } from "./scale";

export interface Tick {
  readonly moment: number;
  readonly label: string;
  /** The first of another day. */
  readonly newDay: boolean;
}

const DAY_MS = 86_400_000;

/** The times to write over a stretch, at most so many; where days change, the day. */
export function labelledTicks(span: Span, most: number): Tick[] {
  const { moments, stepMs } = ticksOf(span, most);
  let last = dayOf(span.from);
  return moments.map((moment) => {
    const day = dayOf(moment);
    const newDay = day !== last;
    last = day;
    const label = newDay || stepMs >= DAY_MS ? day : timeOf(moment, stepMs);
    return { moment, label, newDay: newDay && lengthOf(span) < 40 * DAY_MS };
  });
}

const dayOf = (moment: number) => dayAndMonth(new Date(moment).toISOString());

/** As fine as the ticks are. */
function timeOf(moment: number, stepMs: number): string {
  const iso = new Date(moment).toISOString();
  if (stepMs < 1_000) return `${clock(iso)}${iso.slice(19, 23)}`;
  return stepMs < 60_000 ? clock(iso) : clock(iso).slice(0, 5);
}
