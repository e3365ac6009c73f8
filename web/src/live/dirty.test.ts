import { describe, expect, test } from "vitest";
import { anEvent, aTask } from "../testing/samples";
import type { Bookmark, Message, OverviewStats, Session } from "../wire.gen";
import { CLEAN, EVERYTHING, type Marks, marksOf, mergeMarks } from "./dirty";

const followed = new Set(["own", "child"]);
const OVERVIEW: Marks = { ...CLEAN, overview: true };
const TASK: Marks = { ...CLEAN, task: true };
const BOTH: Marks = { ...CLEAN, overview: true, task: true };

const session = (taskId: string) => ({ id: "s", taskId }) as Session;
const cases: [string, Message, Marks][] = [
  [
    "snapshot",
    { type: "snapshot", payload: { stats: {} as OverviewStats, tasks: [] } },
    EVERYTHING,
  ],
  ["own event", { type: "event.logged", payload: anEvent({ taskId: "own" }) }, BOTH],
  ["child's event", { type: "event.logged", payload: anEvent({ taskId: "child" }) }, BOTH],
  ["other event", { type: "event.logged", payload: anEvent({ taskId: "other" }) }, OVERVIEW],
  ["own change", { type: "event.updated", payload: anEvent({ taskId: "own" }) }, TASK],
  ["other change", { type: "event.updated", payload: anEvent({ taskId: "other" }) }, CLEAN],
  ["own task", { type: "task.updated", payload: aTask({ id: "own" }) }, BOTH],
  ["new child", { type: "task.started", payload: aTask({ id: "n", parentTaskId: "own" }) }, BOTH],
  ["other task", { type: "task.completed", payload: aTask({ id: "other" }) }, OVERVIEW],
  ["own session", { type: "session.ended", payload: session("own") }, BOTH],
  ["other session", { type: "session.started", payload: session("other") }, OVERVIEW],
  ["deleted", { type: "task.deleted", payload: { taskId: "own" } }, OVERVIEW],
  ["purged", { type: "tasks.purged", payload: { count: 1, taskIds: ["own"] } }, OVERVIEW],
  [
    "bookmark saved",
    { type: "bookmark.saved", payload: { id: "b" } as Bookmark },
    { ...CLEAN, bookmarks: true },
  ],
  [
    "bookmark deleted",
    { type: "bookmark.deleted", payload: { bookmarkId: "b" } },
    { ...CLEAN, bookmarks: true },
  ],
];

describe("marksOf", () => {
  test.each(cases)("%s", (_, message, marks) => {
    expect(marksOf(message, followed)).toEqual(marks);
  });
});

test("merging keeps the marks of both", () => {
  expect(mergeMarks(OVERVIEW, TASK)).toEqual(BOTH);
  expect(mergeMarks(CLEAN, CLEAN)).toEqual(CLEAN);
});
