import { decimal, percent } from "../format/number";

/** From where on a multiple says more than percents do. */
const MANY = 10;

/** How much more or less than before: `+12%`; null where it would say nothing. */
export function changeText(value: number, before: number): string | null {
  if (before <= 0) return null;
  const ratio = value / before;
  if (ratio >= MANY) return `×${decimal(Math.round(ratio))}`;
  const share = Math.round((ratio - 1) * 100) / 100;
  if (share === 0) return "±0%";
  return `${share > 0 ? "+" : "−"}${percent(Math.abs(share))}`;
}
