import { expect, test } from "vitest";
import { clock, dayAndMonth } from "../format/time";
import { steppedEnd } from "./scale";
import { labelledTicks } from "./ticks";

const at = (local: string) => new Date(local).getTime();

test("times are written as fine as they are apart", () => {
  const from = at("2026-11-25T10:00:00");
  const labels = (ms: number) =>
    labelledTicks({ from, to: from + ms }, 4).map(({ label }) => label);
  expect(labels(240_000).at(1)).toBe("10:01");
  expect(labels(20_000).at(1)).toBe("10:00:05");
  expect(labels(1_000).at(1)).toBe(`${clock(new Date(from).toISOString())}.500`);
});

test("where the day changes it is told, once", () => {
  const ticks = labelledTicks({ from: at("2026-11-24T20:00"), to: at("2026-11-25T06:00") }, 6);
  const changed = ticks.filter(({ newDay }) => newDay);
  const midnight = new Date(2026, 10, 25).toISOString();
  expect(changed.map(({ label }) => label)).toEqual([dayAndMonth(midnight)]);
  expect(ticks.at(-1)?.label).toMatch(/^\d\d:00$/);
});

test("five days are told by their days alone", () => {
  const from = at("2026-11-20T08:00");
  const ticks = labelledTicks({ from, to: from + 5 * 86_400_000 }, 5);
  expect(ticks.length).toBeGreaterThan(2);
  expect(ticks.every(({ label }) => !label.includes(":"))).toBe(true);
});

test("an end that moves on never goes back, and not by less than a thousandth", () => {
  const ends = Array.from({ length: 4_000 }, (_, second) => steppedEnd(0, second * 1_000 + 1));
  for (const [second, end] of ends.entries()) {
    expect(end).toBeGreaterThanOrEqual(ends[second - 1] ?? 0);
    // What happened last is always before it.
    expect(end).toBeGreaterThan(second * 1_000);
    expect(end - second * 1_000).toBeLessThanOrEqual(4_000);
  }
  expect(new Set(ends.slice(2_048)).size).toBeLessThan(600);
});
