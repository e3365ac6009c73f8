import { expect, test } from "vitest";
import { momentAt, moved, ticksOf, xOf, zoomed } from "./scale";

const WHOLE = { from: 0, to: 1_000_000 };

test("a moment and its place are each other's", () => {
  const span = { from: 1_000, to: 3_000 };
  expect(xOf(1_500, span, 400)).toBe(100);
  expect(momentAt(100, span, 400)).toBe(1_500);
});

test("zooming leaves the moment under the pointer where it is", () => {
  const span = zoomed(WHOLE, 0.5, 250_000, WHOLE);
  expect(span).toEqual({ from: 125_000, to: 625_000 });
  expect(xOf(250_000, span, 400)).toBe(100);
});

test("neither zooming nor moving leaves the whole", () => {
  expect(zoomed({ from: 0, to: 500_000 }, 4, 100_000, WHOLE)).toEqual(WHOLE);
  expect(moved({ from: 0, to: 100 }, -5_000, WHOLE)).toEqual({ from: 0, to: 100 });
  expect(moved({ from: 0, to: 100 }, 5_000_000, WHOLE)).toEqual({ from: 999_900, to: 1_000_000 });
});

test("ticks are round and not too many", () => {
  const { moments, stepMs } = ticksOf({ from: 1_000, to: 61_000 }, 6);
  expect(stepMs).toBe(10_000);
  expect(moments).toEqual([10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
  expect(ticksOf({ from: 0, to: 5 * 86_400_000 }, 4).moments.length).toBeLessThanOrEqual(4);
  expect(ticksOf({ from: 0, to: 100 }, 6).moments.length).toBeLessThanOrEqual(6);
});
