import { expect, test } from "vitest";
import { aBookmark, anEvent, aTask, OBSERVABILITY, STATS } from "../testing/samples";
import type { ActivityState, Event, RowChange, Task, Topic } from "../wire.gen";
import { applyBookmarks, applyFiltered, applyTask, applyTasks } from "./apply";
import { NO_FILTER } from "./filter";
import { patchState } from "./patch";
import { INITIAL, type MonitorState } from "./state";

const at = (minute: number) => `2026-11-23T12:${String(minute).padStart(2, "0")}:00.000Z`;
const task = (id: string, minute: number, over: Partial<Task> = {}) =>
  aTask({ id, lastActivityAt: at(minute), ...over });
const event = (id: string, minute: number, over: Partial<Event> = {}) =>
  anEvent({ id, createdAt: at(minute), ...over });
const change = (kind: RowChange["kind"], row: { id: string }) =>
  ({ kind, id: row.id, seq: 9, row }) as unknown as RowChange;
const gone = (kind: RowChange["kind"], id: string) => ({ kind, id, seq: 9 }) as RowChange;

function patch(state: MonitorState, topic: Topic, ...rows: RowChange[]): MonitorState {
  return patchState(state, new Map([[topic, { rows, figures: null }]]), 7);
}

const listed = applyTasks(INITIAL, { tasks: [task("c", 9), task("b", 8)], before: "b" });

function timelineOf(events: Event[], before?: string): MonitorState {
  const page = { task: aTask(), timeline: events, sessions: [], children: [] };
  return applyTask(INITIAL, before === undefined ? page : { ...page, before }, null);
}

const eventsIn = (state: MonitorState) => state.details.get("task")?.events;

test("a changed task goes to its new place, and its neighbours are as they were", () => {
  const next = patch(listed, "overview", change("task", task("b", 10)));
  expect(next.tasks?.order).toEqual(["b", "c"]);
  expect(next.tasks?.byId.get("c")).toBe(listed.tasks?.byId.get("c"));
  expect(next.readAt).toBe(7);
});

test("tasks of one moment are ordered by their ids, as the server does", () => {
  const next = patch(
    listed,
    "overview",
    change("task", task("a", 9)),
    change("task", task("d", 9)),
  );
  expect(next.tasks?.order).toEqual(["d", "c", "a", "b"]);
});

test("a task beyond the loaded ones is left to its page, unless it is open or failed", () => {
  const old = change("task", task("x", 1, { status: "completed" }));
  expect(patch(listed, "overview", old).tasks).toBe(listed.tasks);
  for (const status of ["waiting", "running", "errored"] as const) {
    const shown = change("task", task("x", 1, { status }));
    expect(patch(listed, "overview", shown).tasks?.order).toEqual(["c", "b", "x"]);
  }
  const whole = applyTasks(INITIAL, { tasks: [task("c", 9)] });
  expect(patch(whole, "overview", old).tasks?.order).toEqual(["c", "x"]);
});

test("a row that changed more than once is as it is in the end", () => {
  const next = patch(listed, "overview", change("task", task("n", 11)), gone("task", "n"));
  expect(next.tasks).toBe(listed.tasks);
});

test("figures replace the ones before, and equal ones change nothing", () => {
  const figures = { stats: STATS, observability: OBSERVABILITY };
  const batch = () => new Map([["overview", { rows: [], figures: structuredClone(figures) }]]);
  const next = patchState(listed, batch(), 7);
  expect(next.overview).toEqual(figures);
  expect(patchState(next, batch(), 8).overview).toBe(next.overview);
});

test("a new event is the last one, and no row before it changes", () => {
  const state = timelineOf([event("a", 1), event("b", 2)]);
  const next = patch(state, "task:task", change("event", event("c", 2)));
  expect(eventsIn(next)?.order).toEqual(["a", "b", "c"]);
  expect(eventsIn(next)?.byId.get("a")).toBe(eventsIn(state)?.byId.get("a"));
  const late = patch(next, "task:task", change("event", event("d", 1)));
  expect(eventsIn(late)?.order).toEqual(["a", "d", "b", "c"]);
});

test("an event that changed stays where it is; one that says the same changes nothing", () => {
  const state = timelineOf([event("a", 1), event("b", 2)]);
  const next = patch(state, "task:task", change("event", event("a", 1, { title: "Other" })));
  expect(eventsIn(next)?.order).toBe(eventsIn(state)?.order);
  expect(eventsIn(next)?.byId.get("a")?.title).toBe("Other");
  const same = patch(next, "task:task", change("event", event("b", 2)));
  expect(same.details).toBe(next.details);
});

test("an event from before the loaded part is left to the page that will hold it", () => {
  const state = timelineOf([event("m", 5)], "cursor");
  expect(eventsIn(patch(state, "task:task", change("event", event("a", 1))))?.order).toEqual(["m"]);
});

test("a subagent is shown with the task that delegated it, and leaves with its row", () => {
  const state = timelineOf([]);
  const child = aTask({ id: "child", parentTaskId: "task" });
  const next = patch(state, "overview", change("task", child));
  expect(next.details.get("task")?.children).toEqual([child]);
  const after = patch(next, "overview", gone("task", "child"));
  expect(after.details.get("task")?.children).toEqual([]);
});

test("bookmarks and ratings come and go by their own rows", () => {
  const state = applyBookmarks(INITIAL, [aBookmark({ id: "a", createdAt: at(1) })]);
  const rated = { taskId: "task", rating: "good" };
  const rating = { kind: "evaluation", id: "task", seq: 9, row: rated } as unknown as RowChange;
  const newer = change("bookmark", aBookmark({ id: "b", createdAt: at(2) }));
  const next = patch(state, "bookmarks", newer, rating);
  expect(next.bookmarks?.order).toEqual(["b", "a"]);
  expect(next.evaluations.get("task")?.rating).toBe("good");
  const after = patch(next, "bookmarks", gone("bookmark", "b"), gone("evaluation", "task"));
  expect(after.bookmarks?.order).toEqual(["a"]);
  expect(after.evaluations.size).toBe(0);
});

test("a filtered list takes what comes to fit, and lets go of what does not", () => {
  const filter = { ...NO_FILTER, states: new Set<ActivityState>(["done"]) };
  const done = (id: string, at: number) => task(id, at, { status: "completed" });
  const page = { tasks: [done("c", 9), done("b", 5)], before: "5/b", total: 9 };
  const state = applyFiltered(listed, page, filter, null);
  const list = (...rows: RowChange[]) => {
    const { order, total } = patch(state, "overview", ...rows).filtered ?? { order: [] };
    return [order.join(""), total];
  };
  expect(list(change("task", done("d", 10)))).toEqual(["dcb", 10]);
  expect(list(change("task", task("c", 10)))).toEqual(["b", 8]);
  expect(list(gone("task", "b"))).toEqual(["c", 8]);
  expect(list(change("task", done("c", 9)))).toEqual(["cb", 9]);
  // Below the last loaded one it belongs to a page that is not read yet.
  expect(list(change("task", done("a", 1)))).toEqual(["cb", 9]);
});
