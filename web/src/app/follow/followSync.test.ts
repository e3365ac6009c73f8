// spec: F7, F11, L8

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../../api/errors";
import { INITIAL, type MonitorState } from "../../store/state";
import { Store } from "../../store/store";
import { type Answers, fakeApi } from "../../testing/fakeApi";
import { FakeSocket } from "../../testing/fakeSocket";
import { fakeTimers, useFakeClock } from "../../testing/fakeTimers";
import { aBookmark, anEvent, aTask, OBSERVABILITY, STATS } from "../../testing/samples";
import type { FollowFrame, RowChange, Topic } from "../../wire.gen";
import { Monitor } from "../monitor";
import { Tally } from "../tally";

beforeEach(useFakeClock);
afterEach(() => vi.useRealTimers());

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const TASK = aTask({ id: "a" });

const READS: Partial<Answers> = {
  tasks: async () => ({ tasks: [TASK] }),
  timeline: async (id) => ({
    task: aTask({ id }),
    timeline: [anEvent({ id: "e1", taskId: id })],
    sessions: [],
    children: [],
  }),
};

function setUp(over: Partial<Answers> = {}) {
  const api = fakeApi({ ...READS, ...over });
  const frames: (() => void)[] = [];
  const store = new Store<MonitorState>(INITIAL, (run) => frames.push(run));
  const sockets: FakeSocket[] = [];
  const tally = new Tally("patch");
  const open = (query: string) => {
    sockets.push(new FakeSocket(query));
    return sockets.at(-1) as FakeSocket;
  };
  const monitor = new Monitor({ api, store, timers: fakeTimers, tally, open });
  monitor.start();
  const socket = () => sockets.at(-1) as FakeSocket;
  return { api, store, sockets, tally, monitor, socket, frames };
}

const subscribed = (topic: Topic, seq = 1, epoch = "epoch"): FollowFrame => ({
  type: "subscribed",
  topic,
  seq,
  prev: seq,
  payload: { epoch, recovered: true },
});

const changes = (topic: Topic, seq: number, ...rows: Omit<RowChange, "seq">[]): FollowFrame => ({
  type: "changes",
  topic,
  seq,
  prev: seq - 1,
  payload: { rows: rows.map((row) => ({ ...row, seq }) as RowChange) },
});

const titled = (displayTitle: string) => ({
  kind: "task" as const,
  id: "a",
  row: aTask({ id: "a", displayTitle }),
});

async function live(over: Partial<Answers> = {}) {
  const stage = setUp(over);
  stage.socket().onopen?.();
  stage.socket().hear(subscribed("overview"));
  stage.socket().hear(subscribed("bookmarks"));
  await settle();
  return stage;
}

test("asks for its topics in the address of the socket, and reads each once", async () => {
  const { api, sockets, tally } = await live();
  expect(sockets[0]?.query).toBe("v=2&topic=overview&topic=bookmarks");
  expect(sockets[0]?.commands).toEqual([]);
  expect(api.tasks).toHaveBeenCalledTimes(1);
  expect(tally.read()).toMatchObject({
    epoch: "epoch",
    topics: [
      { topic: "overview", phase: "live", cursor: 1 },
      { topic: "bookmarks", phase: "live", cursor: 1 },
    ],
    counts: { rereads: 0 },
  });
});

test("a thousand frames are one change of the store and one notification", async () => {
  const { store, socket, frames } = await live();
  for (const run of frames.splice(0)) run();
  const listener = vi.fn();
  store.subscribe(listener);
  for (let seq = 2; seq <= 1_001; seq += 1) {
    socket().hear(changes("overview", seq, titled(`Title ${seq}`)));
  }
  expect(frames).toHaveLength(1);
  frames[0]?.();
  expect(listener).toHaveBeenCalledTimes(1);
  expect(store.get().tasks?.byId.get("a")?.displayTitle).toBe("Title 1001");
});

test("a task that is opened is read and followed, and coming back to it costs nothing", async () => {
  const { api, monitor, socket } = await live();
  monitor.select("a");
  await settle();
  monitor.select("b");
  await settle();
  monitor.select("a");
  await settle();
  expect(api.timeline).toHaveBeenCalledTimes(2);
  expect(socket().commands).toEqual([
    { type: "subscribe", payload: { topic: "task:a" } },
    { type: "subscribe", payload: { topic: "task:b" } },
  ]);
});

test("the last eight tasks stay followed", async () => {
  const { store, monitor, socket, tally } = await live();
  for (let at = 0; at < 9; at += 1) {
    monitor.select(`t${at}`);
    await settle();
  }
  expect(socket().commands.at(-2)).toEqual({
    type: "unsubscribe",
    payload: { topic: "task:t0" },
  });
  expect(store.get().details.has("t0")).toBe(false);
  expect(store.get().details.size).toBe(8);
  expect(tally.read().topics).toHaveLength(10);
});

test("after a lost connection it goes on from its cursors, and reads nothing again", async () => {
  const { api, store, socket, sockets, tally } = await live();
  socket().hear(changes("overview", 5, titled("Before")));
  socket().hear({ type: "progress", topic: "overview", seq: 9, prev: 5, payload: {} });
  socket().onclose?.();
  await settle(250);
  expect(sockets).toHaveLength(2);
  expect(socket().query).toBe("v=2&epoch=epoch&topic=overview&after=1&topic=bookmarks&after=1");
  socket().onopen?.();
  socket().hear({ ...changes("overview", 9, titled("Missed")), prev: 1 } as FollowFrame);
  socket().hear(subscribed("overview", 9));
  socket().hear(subscribed("bookmarks"));
  await settle(60_000);
  expect(store.get().tasks?.byId.get("a")?.displayTitle).toBe("Missed");
  expect(api.tasks).toHaveBeenCalledTimes(1);
  expect(tally.counts.rereads).toBe(0);
});

test("another history makes everything be read anew, and says so", async () => {
  const { api, store, socket, tally } = await live();
  socket().onclose?.();
  await settle(250);
  socket().onopen?.();
  const other = { epoch: "other", seq: 1 };
  vi.mocked(api.tasks).mockResolvedValue({ ...other, tasks: [aTask({ id: "z" })] });
  vi.mocked(api.tasksIn).mockResolvedValue({ ...other, tasks: [] });
  vi.mocked(api.failedSince).mockResolvedValue({ ...other, tasks: [] });
  vi.mocked(api.overview).mockResolvedValue({
    ...other,
    stats: STATS,
    observability: OBSERVABILITY,
  });
  const payload = { reason: "epoch", epoch: "other", href: "/api/tasks" } as const;
  socket().hear({ type: "resync", topic: "overview", seq: 1, payload });
  await settle();
  expect(store.get().tasks?.order).toEqual(["z"]);
  expect(tally.read()).toMatchObject({ epoch: "other", resyncs: { epoch: 1 } });
  expect(tally.counts.rereads).toBe(1);
  expect(socket().commands.at(-1)).toEqual({
    type: "subscribe",
    payload: { topic: "overview", epoch: "other", after: 1 },
  });
});

test("a server that always wants a resync is read from ever more seldom", async () => {
  const { api, socket } = await live();
  const payload = { reason: "window", epoch: "epoch", href: "/api/tasks" } as const;
  for (let tick = 0; tick < 600; tick += 1) {
    socket().hear({ type: "resync", topic: "bookmarks", seq: 9, payload });
    await settle(100);
  }
  expect(vi.mocked(api.bookmarks).mock.calls.length).toBeLessThan(20);
});

test("a task that was deleted leaves the page; one that is made again comes back", async () => {
  const { store, monitor, socket } = await live();
  monitor.select("a");
  socket().hear(subscribed("task:a"));
  await settle();
  socket().hear({ type: "removed", topic: "task:a", seq: 5, prev: 1, payload: {} });
  socket().hear({ ...changes("overview", 5, { kind: "task", id: "a" }), prev: 1 } as FollowFrame);
  expect(store.get().gone.has("a")).toBe(true);
  expect(store.get().tasks?.order).toEqual([]);
  socket().hear(changes("overview", 6, titled("Again")));
  await settle();
  expect(store.get().gone.has("a")).toBe(false);
  expect(store.get().details.has("a")).toBe(true);
});

test("a read that fails is tried again, and a task that is not there is told apart", async () => {
  const timeline = vi.fn(() => Promise.reject(new ApiError("Task not found", 404, "not_found")));
  const { api, store, monitor } = await live({ timeline });
  monitor.select("nowhere");
  await settle();
  expect(store.get().gone.has("nowhere")).toBe(true);
  vi.mocked(api.timeline).mockRejectedValueOnce(new ApiError("busy", 503, "busy"));
  timeline.mockResolvedValue({ ...(await READS.timeline?.("b", 1)) } as never);
  monitor.select("b");
  await settle();
  expect(store.get().failures.task?.message).toBe("busy");
  await settle(1_000);
  expect(store.get().failures).toEqual({});
  expect(store.get().details.has("b")).toBe(true);
});

test("an older page that a change overtook is mended with it", async () => {
  const first = aBookmark();
  const { api, store, socket, monitor } = await live({
    tasks: async () => ({ tasks: [aTask({ id: "b" })], before: "b" }),
    bookmarks: async () => ({ bookmarks: [first] }),
  });
  const old = aTask({ id: "a", lastActivityAt: "2026-11-20T12:00:00.000Z" });
  let answer: (page: never) => void = () => {};
  vi.mocked(api.tasks).mockReturnValue(new Promise((resolve) => (answer = resolve)));
  const loading = monitor.loadOlderTasks();
  const row = { ...old, displayTitle: "Renamed" };
  socket().hear(changes("overview", 2, { kind: "task", id: "a", row } as never));
  answer({ epoch: "epoch", seq: 1, tasks: [old] } as never);
  await loading;
  expect(store.get().tasks?.byId.get("a")?.displayTitle).toBe("Renamed");
});

test("frames that make no sense are counted, and rows of them too", async () => {
  const { socket, tally } = await live();
  socket().onmessage?.({ data: "nonsense" });
  socket().hear(changes("overview", 2, { kind: "other" as never, id: "x" }));
  expect(tally.counts.unknownFrames).toBe(2);
  expect(tally.read().topics[0]).toMatchObject({ cursor: 2 });
});

test("a socket that falls silent is asked, and given up when it does not answer", async () => {
  const { socket, sockets } = await live();
  await settle(20_000);
  expect(socket().commands.at(-1)).toEqual({ type: "ping", payload: {} });
  socket().hear({ type: "pong", payload: {} });
  await settle(10_000);
  expect(sockets).toHaveLength(1);
  await settle(30_500);
  expect(sockets).toHaveLength(2);
});

function pour(socket: FakeSocket, from: number, count: number): void {
  for (let seq = from; seq < from + count; seq += 1) {
    const row = anEvent({ id: `n${seq}`, taskId: "a" });
    socket.hear(changes("task:a", seq, { kind: "event", id: row.id, row }));
  }
}

test("of a task that goes on and on the newest rows are held, and the rest can be read", async () => {
  const { api, store, monitor, socket } = await live();
  monitor.select("a");
  await settle();
  socket().hear(subscribed("task:a"));
  pour(socket(), 2, 3_500);
  const held = store.get().details.get("a");
  expect(held?.events.order).toHaveLength(500);
  expect(held?.before).toBe("event:n3002");
  await monitor.loadEarlier("a");
  expect(api.timeline).toHaveBeenLastCalledWith("a", expect.any(Number), "event:n3002");
});

test("where somebody reads further back, what they read stays", async () => {
  const { store, monitor, socket } = await live();
  monitor.select("a");
  await settle();
  socket().hear(subscribed("task:a"));
  monitor.hold("a", true);
  pour(socket(), 2, 3_500);
  expect(store.get().details.get("a")?.events.byId.has("e1")).toBe(true);
});

test("a task that is shown inside another one is followed beside it for as long as it is", async () => {
  const { store, monitor } = await live();
  monitor.select("a");
  const leave = monitor.include("child");
  for (let at = 0; at < 9; at += 1) {
    monitor.select(`t${at}`);
    await settle();
  }
  expect(store.get().details.has("child")).toBe(true);
  leave();
  for (let at = 9; at < 18; at += 1) {
    monitor.select(`t${at}`);
    await settle();
  }
  expect(store.get().details.has("child")).toBe(false);
});
