import { expect, test } from "vitest";
import { NO_FILTER } from "../store/filter";
import { EMPTY_TABLE, toTable } from "../store/identity";
import { INITIAL, type MonitorState } from "../store/state";
import { aTask, OBSERVABILITY, STATS } from "../testing/samples";
import type { Task } from "../wire.gen";
import { listingOf, sectionsOf } from "./listing";

const NOW = Date.parse("2026-11-24T12:00:00.000Z");
const recent = "2026-11-24T11:50:00.000Z";
const task = (id: string, over: Partial<Task> = {}) =>
  aTask({ id, title: id, lastActivityAt: recent, ...over });
const done = (id: string, over: Partial<Task> = {}) => task(id, { status: "completed", ...over });

const table = (...tasks: Task[]) => ({ ...toTable(EMPTY_TABLE, tasks), paged: tasks.length });
const ids = (tasks: readonly Task[]) => tasks.map(({ id }) => id).join(" ");

const state: MonitorState = {
  ...INITIAL,
  tasks: { ...table(task("run"), task("wait", { status: "waiting" }), done("new")), before: "x" },
  overview: {
    stats: { ...STATS, runningTasks: 1, waitingTasks: 1, completedTasks: 40, erroredTasks: 0 },
    observability: OBSERVABILITY,
  },
};

test("without a filter all is shown, and counted as the server does", () => {
  const listing = listingOf(state, NO_FILTER, 500, NOW);
  expect(listing.counts).toMatchObject({ working: 1, person: 1, done: 40 });
  expect(listing.hasOlder).toBe(true);
  const sections = sectionsOf(listing, "attention", state);
  expect(sections.map(({ key, rows, count }) => [key, rows.length, count])).toEqual([
    ["person", 1, 1],
    ["working", 1, 1],
    ["done", 1, 40],
  ]);
});

test("with one, what is held fits at once, and the server adds what is older", () => {
  const filter = { ...NO_FILTER, text: "n" };
  const before = listingOf(state, filter, 500, NOW);
  expect([ids(before.groups.working), ids(before.groups.done)]).toEqual(["run", "new"]);
  const list = { ...table(done("now-old"), done("new")), filter, start: null, total: 9 };
  const after = listingOf({ ...state, filtered: list }, filter, 500, NOW);
  expect(ids(after.groups.done)).toBe("now-old new");
  expect(after.counts).toMatchObject({ working: 1, done: 8, person: 0 });
  expect(after.all.person).toBe(1);
  expect(after.hasOlder).toBe(false);
});

test("what falls out of the time is neither shown nor counted", () => {
  const filter = { ...NO_FILTER, since: "hour" as const };
  const rows = table(done("new"), done("late", { lastActivityAt: "2026-11-24T11:10:00.000Z" }));
  const filtered = { ...rows, filter, start: null, total: 2 };
  const at = (now: number) =>
    listingOf({ ...state, tasks: table(), filtered }, filter, 500, now).counts.done;
  expect(at(NOW)).toBe(2);
  expect(at(NOW + 11 * 60_000)).toBe(1);
});

test("by project, a section for each", () => {
  const tasks = table(task("a", { workspacePath: "/w/app" }), task("b"));
  const held = { ...state, tasks: { ...tasks, before: "x" } };
  const sections = sectionsOf(listingOf(held, NO_FILTER, 500, NOW), "project", held);
  expect(sections.map(({ title, partial }) => [title, partial])).toEqual([
    ["app", true],
    ["No folder", true],
  ]);
});
