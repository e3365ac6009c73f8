import { vi } from "vitest";
import type { Timers } from "../live/timers";

/** Timers on vitest's fake clock, with jitter taken out. */
export const fakeTimers: Timers = {
  now: () => Date.now(),
  after(ms, run) {
    const id = setTimeout(run, ms);
    return () => clearTimeout(id);
  },
  random: () => 1,
};

export function useFakeClock(): void {
  vi.useFakeTimers({ now: 0 });
}
