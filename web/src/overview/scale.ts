import { whole } from "../format/number";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const DURATIONS = [1, 5, 15, 30].map((minutes) => minutes * MINUTE_MS);
const HOURS = [1, 2, 3, 4, 6, 8, 12, 18, 24].map((hours) => hours * HOUR_MS);

const STEPS = [1, 2, 3, 4, 5, 6, 8, 10];

/** The round number at the top of a chart: at least as high as its highest column. */
export function roundTop(highest: number): number {
  if (highest <= 0) return 1;
  const ten = 10 ** Math.floor(Math.log10(highest));
  return STEPS.map((step) => step * ten).find((top) => top >= highest) ?? 10 * ten;
}

/** The same for a length of time. */
export function roundDuration(highest: number): number {
  const top = [...DURATIONS, ...HOURS].find((ms) => ms >= highest);
  return top ?? roundTop(highest / HOUR_MS) * HOUR_MS;
}

/** Such a round length of time: `30 min`, `8 h`. */
export function roundDurationText(ms: number): string {
  return ms < HOUR_MS ? `${ms / MINUTE_MS} min` : `${whole(ms / HOUR_MS)} h`;
}
