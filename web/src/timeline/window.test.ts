import { expect, test } from "vitest";
import { windowOf } from "./window";

const VIEW = { count: 1_000, rowPx: 10, height: 100, top: null };

test("at the end the last rows exist, and no more than fill the view", () => {
  expect(windowOf(VIEW)).toEqual({ first: 987, end: 1_000, slots: 31 });
  expect(windowOf({ ...VIEW, count: 3 })).toMatchObject({ first: 0, end: 3 });
});

test("elsewhere the rows in view exist, and some on both sides", () => {
  expect(windowOf({ ...VIEW, top: 5_004 })).toMatchObject({ first: 490, end: 521 });
  expect(windowOf({ ...VIEW, top: 0 })).toMatchObject({ first: 0, end: 21 });
});

test("a view that was scrolled further than there are rows shows the last ones", () => {
  expect(windowOf({ ...VIEW, count: 50, top: 9_000 })).toMatchObject({ first: 30, end: 50 });
});

test("never more rows exist than there are slots", () => {
  for (const top of [null, 0, 3, 4_999, 9_900]) {
    const { first, end, slots } = windowOf({ ...VIEW, top });
    expect(end - first).toBeLessThanOrEqual(slots);
  }
});
