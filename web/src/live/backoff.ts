const FIRST_MS = 250;
const LAST_MS = 10_000;

/**
 * How long to wait before try number `attempt` (0 is the first retry).
 *
 * Doubles from 250 ms up to 10 s. The upper half is random, so that many pages of one server do
 * not come back in the same instant, and no wait is ever shorter than half its step.
 */
export function backoffMs(attempt: number, random: number): number {
  const step = Math.min(LAST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.round(step / 2 + (step / 2) * random);
}
