import { expect, test } from "vitest";
import { aBookmark, anEvent, aTask } from "../testing/samples";
import {
  applyBookmarks,
  applyOlderTasks,
  applyOlderTimeline,
  applyTasks,
  applyTimeline,
  dropTasks,
  forgetTopic,
  keepDetails,
} from "./apply";
import { INITIAL, type MonitorState } from "./state";

function page(ids: readonly string[], before?: string) {
  const timeline = ids.map((id) => anEvent({ id }));
  const base = { task: aTask(), timeline, sessions: [], children: [] };
  return before === undefined ? base : { ...base, before };
}

const detail = (state: MonitorState) => {
  const found = state.details.get("task");
  if (found === undefined) throw new Error("the task is not held");
  return found;
};

test("a re-read that says the same changes no object that a view compares", () => {
  const first = applyTasks(INITIAL, { tasks: [aTask({ id: "a" }), aTask({ id: "b" })] });
  const again = applyTasks(first, { tasks: [aTask({ id: "a" }), aTask({ id: "b" })] });
  expect(again.tasks).toBe(first.tasks);
});

test("a changed row is new, its neighbours are as they were", () => {
  const first = applyTimeline(INITIAL, page(["a", "b"]), null);
  const changed = page(["a", "b"]);
  changed.timeline[1] = anEvent({ id: "b", metadata: { filePaths: [], toolStatus: "completed" } });
  const next = applyTimeline(first, changed, null);
  expect(detail(next).events.byId.get("a")).toBe(detail(first).events.byId.get("a"));
  expect(detail(next).events.byId.get("b")).not.toBe(detail(first).events.byId.get("b"));
  expect(detail(next).events.order).toBe(detail(first).events.order);
});

test("earlier rows that were loaded stay in front of a re-read that joins them", () => {
  const first = applyTimeline(INITIAL, page(["c", "d"], "cursor c"), null);
  const loaded = applyOlderTimeline(first, page(["a", "b"]), "cursor c");
  const next = applyTimeline(loaded, page(["d", "e"], "cursor d"), null);
  expect(detail(next).events.order).toEqual(["a", "b", "c", "d", "e"]);
  expect(detail(next).before).toBeUndefined();
});

test("rows that no longer join are dropped rather than shown with a hole", () => {
  const first = applyTimeline(INITIAL, page(["a", "b"]), null);
  const next = applyTimeline(first, page(["x", "y"], "cursor x"), null);
  expect(detail(next).events.order).toEqual(["x", "y"]);
  expect(detail(next).before).toBe("cursor x");
});

test("an earlier page is not put in front of a timeline that moved on", () => {
  const first = applyTimeline(INITIAL, page(["x"], "cursor x"), null);
  expect(applyOlderTimeline(first, page(["a"]), "cursor c")).toBe(first);
});

test("figures stay when a re-read brings none", () => {
  const figures = { taskId: "task", totalEvents: 3 } as never;
  const first = applyTimeline(INITIAL, page(["a"]), figures);
  expect(detail(applyTimeline(first, page(["a", "b"]), null)).observability).toBe(figures);
});

test("an older page of tasks repeats no row", () => {
  const first = applyTasks(INITIAL, {
    tasks: [aTask({ id: "c" }), aTask({ id: "b" })],
    before: "1",
  });
  const next = applyOlderTasks(first, { tasks: [aTask({ id: "b" }), aTask({ id: "a" })] });
  expect(next.tasks?.order).toEqual(["c", "b", "a"]);
  expect(next.tasks?.before).toBeUndefined();
});

test("waiting tasks join the page at the place of their last activity, and do not widen it", () => {
  const at = (id: string, minute: number) =>
    aTask({ id, lastActivityAt: `2026-11-23T12:0${minute}:00.000Z` });
  const page = { tasks: [at("a", 9), at("b", 8)], before: "8" };
  const first = applyTasks(INITIAL, page, [at("b", 8), at("y", 5), at("z", 2)]);
  expect(first.tasks).toMatchObject({ order: ["a", "b", "y", "z"], paged: 2, before: "8" });
  const next = applyOlderTasks(first, { tasks: [at("c", 6), at("y", 5), at("d", 4)] });
  expect(next.tasks?.order).toEqual(["a", "b", "c", "y", "d", "z"]);
  expect(applyTasks(first, page).tasks?.order).toEqual(["a", "b"]);
});

test("a deletion takes the task, its detail and its bookmarks with it", () => {
  const tasks = applyTasks(INITIAL, { tasks: [aTask(), aTask({ id: "other" })] });
  const marked = applyBookmarks(tasks, [aBookmark(), aBookmark({ id: "o", taskId: "other" })]);
  const next = dropTasks(applyTimeline(marked, page(["a"]), null), ["task"]);
  expect(next.tasks?.order).toEqual(["other"]);
  expect(next.bookmarks?.order).toEqual(["o"]);
  expect(next.details.size).toBe(0);
  expect(next.gone.has("task")).toBe(true);
});

test("details that are no longer wanted are forgotten", () => {
  let state: MonitorState = INITIAL;
  for (const id of ["a", "b", "c"]) {
    state = applyTimeline(state, { ...page(["e"]), task: aTask({ id }) }, null);
  }
  expect([...keepDetails(state, new Set(["a", "c"])).details.keys()]).toEqual(["a", "c"]);
  expect(keepDetails(state, new Set(["a", "b", "c"]))).toBe(state);
});

test("a topic of another history leaves nothing behind", () => {
  let state = applyTasks(applyTimeline(INITIAL, page(["a"]), null), { tasks: [aTask()] });
  state = applyBookmarks(state, [aBookmark({ id: "b" })]);
  for (const topic of ["overview", "bookmarks", "task:task"]) state = forgetTopic(state, topic);
  expect(state).toEqual(INITIAL);
});
