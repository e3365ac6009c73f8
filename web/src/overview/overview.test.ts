import { expect, test } from "vitest";
import { EMPTY_TABLE, toTable } from "../store/identity";
import type { TaskList } from "../store/state";
import { aTask } from "../testing/samples";
import { changeText } from "./change";
import { doneToday } from "./doneToday";
import { roundDuration, roundDurationText, roundTop } from "./scale";
import { moved } from "./scrub";
import { type Column, sorted, turned } from "./sorting";

test.each([
  [112, 100, "+12%"],
  [50, 100, "−50%"],
  [100, 100, "±0%"],
  [0, 100, "−100%"],
  [1_234, 100, "×12"],
  [5, 0, null],
])("%i after %i is %s", (now, before, text) => {
  expect(changeText(now, before)).toBe(text);
});

test.each([
  [0, 1],
  [1, 1],
  [7, 8],
  [466, 500],
  [1_000, 1_000],
  [1_001, 2_000],
])("a chart up to %i has its top at %i", (highest, top) => {
  expect(roundTop(highest)).toBe(top);
});

test.each([
  [0, "1 min"],
  [25 * 60_000, "30 min"],
  [5.5 * 3_600_000, "6 h"],
  [25 * 3_600_000, "30 h"],
])("a chart of times up to %i ms has its top at %s", (highest, text) => {
  expect(roundDurationText(roundDuration(highest))).toBe(text);
});

test("keys move the cursor from the newest column, and never out of what has been", () => {
  expect(moved(null, "ArrowLeft", 6)).toBe(5);
  expect(moved(6, "ArrowRight", 6)).toBe(6);
  expect(moved(0, "ArrowLeft", 6)).toBe(0);
  expect(moved(3, "PageDown", 29)).toBe(0);
  expect([moved(3, "Home", 6), moved(3, "End", 6)]).toEqual([0, 6]);
  expect(moved(3, "Escape", 6)).toBeNull();
  expect(moved(null, "Escape", 6)).toBeUndefined();
  expect(moved(3, "j", 6)).toBeUndefined();
});

test("rows are in the order of a column, and by name where they are equal", () => {
  const row = (name: string, calls: number) => ({ key: name, name, calls });
  const rows = [row("b", 1), row("c", 2), row("a", 1)];
  const calls: Column<(typeof rows)[0]> = {
    key: "calls",
    title: "Calls",
    value: ({ calls }) => calls,
    text: ({ calls }) => `${calls}`,
  };
  const names = (by: string, isUp: boolean) =>
    sorted(rows, [calls], { by, isUp }).map(({ name }) => name);
  expect(names("calls", false)).toEqual(["c", "a", "b"]);
  expect(names("calls", true)).toEqual(["a", "b", "c"]);
  expect(names("name", false)).toEqual(["c", "b", "a"]);
  expect(turned({ by: "calls", isUp: false }, "calls")).toEqual({ by: "calls", isUp: true });
  expect(turned({ by: "calls", isUp: false }, "name")).toEqual({ by: "name", isUp: true });
});

test("what is done today is counted, and a list that ends within today says more or less", () => {
  const noon = new Date(2026, 10, 25, 12).getTime();
  const hoursAgo = (hours: number) => new Date(noon - hours * 3_600_000).toISOString();
  const ended = (id: string, hours: number) =>
    aTask({ id, status: "completed", lastActivityAt: hoursAgo(hours) });
  const rows = [aTask({ id: "works", lastActivityAt: hoursAgo(0) }), ended("a", 1), ended("b", 13)];
  const list = (more: Partial<TaskList>): TaskList => ({
    ...toTable(EMPTY_TABLE, rows),
    paged: 3,
    ...more,
  });
  expect(doneToday(list({}), noon)).toEqual({ count: 1, partial: false });
  const edge = (hours: number) => ({ id: "b", lastActivityAt: hoursAgo(hours) });
  expect(doneToday(list({ before: "x", edge: edge(13) }), noon).partial).toBe(false);
  expect(doneToday(list({ before: "x", edge: edge(2) }), noon).partial).toBe(true);
});
