import { afterEach, expect, test } from "vitest";
import { isByTheHour, isUtc, PERIODS, type Period, readPeriod, spanOf, utcDays } from "./span";

const ZONE = process.env.TZ;
afterEach(() => {
  if (ZONE === undefined) delete process.env.TZ;
  else process.env.TZ = ZONE;
});

const at = (zone: string, now: string, period: Period) => {
  process.env.TZ = zone;
  return spanOf(period, Date.parse(now));
};
const iso = (ms: number) => new Date(ms).toISOString();
const HOUR_MS = 3_600_000;

test("days are those of the reader, the last of them today", () => {
  const span = at("America/New_York", "2026-11-25T03:00:00Z", "7d");
  expect(span.slots.map(({ from }) => iso(from))).toEqual(
    [18, 19, 20, 21, 22, 23, 24].map((day) => `2026-11-${day}T05:00:00.000Z`),
  );
  expect(iso(span.slots.at(-1)?.to ?? 0)).toBe("2026-11-25T05:00:00.000Z");
});

test("hours of today that have not begun are told apart", () => {
  const { slots } = at("UTC", "2026-11-25T08:20:00Z", "today");
  expect(slots).toHaveLength(24);
  expect(slots.filter(({ isFuture }) => !isFuture)).toHaveLength(9);
});

test.each([
  ["2026-03-29T12:00:00Z", 23],
  ["2026-10-25T12:00:00Z", 25],
  ["2026-11-25T12:00:00Z", 24],
])("the day of %s has %i hours in Berlin", (now, hours) => {
  expect(at("Europe/Berlin", now, "today").slots).toHaveLength(hours);
});

test("a day on which clocks change is still one of the days", () => {
  const { slots } = at("Europe/Berlin", "2026-10-27T12:00:00Z", "7d");
  expect(slots).toHaveLength(7);
  expect(slots.map(({ from, to }) => (to - from) / HOUR_MS)).toEqual([24, 24, 24, 24, 25, 24, 24]);
});

test("late on a long day yesterday is yesterday", () => {
  const { slots } = at("Europe/Berlin", "2026-10-25T22:30:00Z", "7d");
  expect(slots.map(({ from, to }) => (to - from) / HOUR_MS)).toEqual([24, 24, 24, 24, 24, 24, 25]);
});

test("what it is held against is as long, and ends at the same time of day", () => {
  const { before } = at("UTC", "2026-11-25T08:20:00Z", "7d");
  expect([iso(before.from), iso(before.to)]).toEqual([
    "2026-11-12T00:00:00.000Z",
    "2026-11-18T08:20:00.000Z",
  ]);
  const today = at("UTC", "2026-11-25T08:20:00Z", "today").before;
  expect([iso(today.from), iso(today.to)]).toEqual([
    "2026-11-24T00:00:00.000Z",
    "2026-11-24T08:20:00.000Z",
  ]);
});

test("hours of UTC do not fit every zone, and that shows", () => {
  const span = at("Asia/Kolkata", "2026-11-25T08:20:00Z", "today");
  expect(iso(span.slots[0]?.from ?? 0)).toBe("2026-11-24T19:00:00.000Z");
  expect(span.slots).toHaveLength(24);
  expect(isByTheHour(span)).toBe(false);
  expect(isByTheHour(at("Europe/Berlin", "2026-11-25T08:20:00Z", "today"))).toBe(true);
});

test.each([
  ["UTC", "2026-11-25T08:00:00Z", ["2026-11-25", "2026-11-25"]],
  ["Europe/Berlin", "2026-11-25T08:00:00Z", ["2026-11-25", "2026-11-25"]],
  ["America/Los_Angeles", "2026-11-26T04:00:00Z", ["2026-11-25", "2026-11-26"]],
])("in %s the days of UTC nearest to today are found", (zone, now, days) => {
  const span = at(zone, now, "today");
  expect(utcDays(span)).toEqual(days);
  expect(isUtc(span)).toBe(zone === "UTC");
});

test("a period that the address does not know is the usual one", () => {
  expect(PERIODS.map(readPeriod)).toEqual(PERIODS);
  expect(readPeriod("decade")).toBe("7d");
  expect(readPeriod(null)).toBe("7d");
});
