import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Health, TimelinePage } from "../api/api";
import { ApiError } from "../api/errors";
import { INITIAL, type MonitorState } from "../store/state";
import { Store } from "../store/store";
import { type Answers, fakeApi } from "../testing/fakeApi";
import { FakeSocket } from "../testing/fakeSocket";
import { fakeTimers, useFakeClock } from "../testing/fakeTimers";
import { aBookmark, anEvent, aTask, STATS } from "../testing/samples";
import type { Message } from "../wire.gen";
import { Monitor } from "./monitor";
import { Tally } from "./tally";

beforeEach(useFakeClock);
afterEach(() => vi.useRealTimers());

const SNAPSHOT: Message = { type: "snapshot", payload: { stats: STATS, tasks: [] } };

function setUp(over: Partial<Answers> = {}) {
  const api = fakeApi(over);
  const store = new Store<MonitorState>(INITIAL, (run) => run());
  const socket = new FakeSocket();
  const tally = new Tally("reread");
  const monitor = new Monitor({ api, store, timers: fakeTimers, tally, open: () => socket });
  monitor.start();
  const hear = (message: Message) => socket.hear(message);
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
  return { api, store, socket, tally, monitor, hear, settle };
}

const timelineOf = (ids: readonly string[], over: { before?: string } = {}): TimelinePage => ({
  epoch: "epoch",
  seq: 1,
  task: aTask(),
  timeline: ids.map((id) => anEvent({ id })),
  sessions: [],
  children: [],
  ...over,
});

test("starts by reading, without waiting for the socket", async () => {
  const { store, settle } = setUp({ tasks: async () => ({ tasks: [aTask()] }) });
  await settle();
  expect(store.get().tasks?.order).toEqual(["task"]);
  expect(store.get().overview?.stats).toEqual(STATS);
});

test("a slow old answer does not overwrite a newer one", async () => {
  const answers: ((page: TimelinePage) => void)[] = [];
  const timeline = () => new Promise<TimelinePage>((resolve) => answers.push(resolve));
  const { store, monitor, settle } = setUp({ timeline });
  await settle();
  monitor.select("task");
  monitor.select(null);
  monitor.select("task");
  answers[1]?.(timelineOf(["a", "b"]));
  await settle();
  answers[0]?.(timelineOf(["a"]));
  await settle();
  expect(store.get().details.get("task")?.events.order).toEqual(["a", "b"]);
});

test("an update of the selected task followed by a bookmark reads both", async () => {
  const timeline = vi.fn(async () => timelineOf(["a"]));
  const { api, monitor, hear, settle } = setUp({ timeline });
  monitor.select("task");
  await settle();
  hear({ type: "event.updated", payload: anEvent() });
  hear({ type: "bookmark.saved", payload: aBookmark() });
  await settle(500);
  expect(timeline).toHaveBeenCalledTimes(2);
  expect(api.bookmarks).toHaveBeenCalledTimes(2);
  expect(api.overview).toHaveBeenCalledTimes(1);
});

test("events of other tasks never read the selected one", async () => {
  const timeline = vi.fn(async () => timelineOf(["a"]));
  const { monitor, hear, settle } = setUp({ timeline });
  monitor.select("task");
  await settle();
  for (let count = 0; count < 50; count += 1) {
    hear({ type: "event.logged", payload: anEvent({ taskId: "other" }) });
    await settle(100);
  }
  expect(timeline).toHaveBeenCalledTimes(1);
});

test("a new connection reads everything again, whatever was missed", async () => {
  const { api, socket, hear, settle } = setUp();
  await settle();
  socket.onclose?.();
  await settle(250);
  socket.onopen?.();
  hear(SNAPSHOT);
  await settle();
  expect(api.tasks).toHaveBeenCalledTimes(2);
  expect(api.bookmarks).toHaveBeenCalledTimes(2);
});

test("a lost connection clears nothing", async () => {
  const { store, socket, settle } = setUp({ tasks: async () => ({ tasks: [aTask()] }) });
  await settle();
  socket.onclose?.();
  await settle(60_000);
  expect(store.get().tasks?.order).toEqual(["task"]);
  expect(store.get().connection.phase).not.toBe("live");
});

test("a failed part says so, keeps what was held and is read again", async () => {
  const tasks = vi
    .fn(async () => ({ tasks: [aTask()] }))
    .mockRejectedValueOnce(new ApiError("the database is busy", 503, "busy"));
  const { store, settle } = setUp({ tasks });
  await settle();
  expect(store.get().failures).toEqual({
    tasks: { message: "the database is busy", reached: true },
  });
  await settle(2_000);
  expect(store.get().failures).toEqual({});
  expect(store.get().tasks?.order).toEqual(["task"]);
});

test("a deleted task leaves at once; a task that is not there is told from one that failed", async () => {
  const timeline = vi.fn(() => Promise.reject(new ApiError("Task not found", 404, "not_found")));
  const { store, monitor, hear, settle } = setUp({
    tasks: async () => ({ tasks: [aTask()] }),
    timeline,
  });
  await settle();
  hear({ type: "task.deleted", payload: { taskId: "task" } });
  expect(store.get().tasks?.order).toEqual([]);
  monitor.select("nowhere");
  await settle();
  expect(store.get().gone.has("nowhere")).toBe(true);
  expect(store.get().failures).toEqual({});
});

test("frames that make no sense are counted and change nothing", async () => {
  const { store, socket, tally, settle } = setUp();
  await settle();
  const before = store.get();
  socket.onmessage?.({ data: "nonsense" });
  expect(store.get()).toBe(before);
  expect(tally.counts.unknownFrames).toBe(1);
});

test("earlier pages are loaded until they hold the event, and no further", async () => {
  const pages: Record<string, TimelinePage> = {
    none: { ...timelineOf(["e"]), before: "e" },
    e: { ...timelineOf(["d"]), before: "d" },
    d: { ...timelineOf(["c"]), before: "c" },
    c: timelineOf(["b"]),
  };
  const timeline = vi.fn(
    async (_id: string, _limit: number, before = "none") => pages[before] ?? timelineOf([]),
  );
  const { store, monitor, settle } = setUp({ timeline });
  monitor.select("task");
  await settle();
  expect(await monitor.loadBackTo("task", "c")).toBe(true);
  expect(store.get().details.get("task")?.events.order).toEqual(["c", "d", "e"]);
  expect(timeline).toHaveBeenLastCalledWith("task", 2_000, "d");
  expect(await monitor.loadBackTo("task", "nowhere")).toBe(false);
  expect(store.get().details.get("task")?.events.order).toEqual(["b", "c", "d", "e"]);
});

test("a full disk is noticed while nothing else happens, and so is its end", async () => {
  const health = vi.fn(async () => ({ ok: true, storage: "full" as "full" | "ok" }));
  const { store, settle, monitor } = setUp({ health });
  await settle();
  expect(store.get().diskFull).toBe(true);
  health.mockRejectedValueOnce(new Error("away"));
  await settle(15_000);
  expect(store.get().diskFull).toBe(true);
  health.mockResolvedValue({ ok: true, storage: "ok" });
  await settle(15_000);
  expect(store.get().diskFull).toBe(false);
  monitor.stop();
  await settle(60_000);
  expect(health).toHaveBeenCalledTimes(3);
});

test("a server that was updated is noticed, and one that says nothing of its page is not", async () => {
  const health = vi.fn(async (): Promise<Health> => ({ ok: true }));
  const { store, settle, monitor } = setUp({ health });
  const isOld = async (page?: string) => {
    health.mockResolvedValue(page === undefined ? { ok: true } : { ok: true, page });
    monitor.wake();
    await settle();
    return store.get().pageIsOld;
  };
  await settle();
  const pages = [undefined, "one", "one", "two", undefined, "one"];
  const told: boolean[] = [];
  for (const page of pages) told.push(await isOld(page));
  expect(told).toEqual([false, false, false, true, false, false]);
});
