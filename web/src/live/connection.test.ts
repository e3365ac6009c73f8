import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeSocket } from "../testing/fakeSocket";
import { fakeTimers, useFakeClock } from "../testing/fakeTimers";
import { backoffMs } from "./backoff";
import { Connection, type ConnectionState, type Socket } from "./connection";

beforeEach(useFakeClock);
afterEach(() => vi.useRealTimers());

function setUp() {
  const sockets: Socket[] = [];
  const states: ConnectionState[] = [];
  const frames: unknown[] = [];
  const connection = new Connection({
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    timers: fakeTimers,
    onState: (state) => states.push(state),
    onFrame: (frame) => frames.push(frame),
  });
  const last = () => sockets.at(-1) as Socket;
  return { connection, sockets, states, frames, last };
}

test("goes from connecting to live and hands on frames", () => {
  const { connection, states, frames, last } = setUp();
  connection.start();
  last().onopen?.();
  last().onmessage?.({ data: "x" });
  expect(states.map(({ phase }) => phase)).toEqual(["connecting", "live"]);
  expect(frames).toEqual(["x"]);
});

test("tries again with doubling pauses, and says offline after four tries", async () => {
  const { connection, sockets, states, last } = setUp();
  connection.start();
  for (const pause of [250, 500, 1_000, 2_000]) {
    last().onclose?.();
    const tries = sockets.length;
    await vi.advanceTimersByTimeAsync(pause - 1);
    expect(sockets).toHaveLength(tries);
    await vi.advanceTimersByTimeAsync(1);
    expect(sockets).toHaveLength(tries + 1);
  }
  expect(states.map(({ phase }) => phase)).toEqual(["connecting", "reconnecting", "offline"]);
});

test("the time of the loss stays while tries fail", async () => {
  const { connection, states, last } = setUp();
  connection.start();
  last().onopen?.();
  await vi.advanceTimersByTimeAsync(60_000);
  for (let tries = 0; tries < 5; tries += 1) {
    last().onclose?.();
    await vi.advanceTimersByTimeAsync(10_000);
  }
  expect(states.at(-1)).toEqual({ phase: "offline", since: 60_000 });
});

test("pauses start over only after a socket that stayed open", async () => {
  const { connection, sockets, last } = setUp();
  connection.start();
  last().onclose?.();
  await vi.advanceTimersByTimeAsync(250);
  last().onopen?.();
  last().onclose?.();
  await vi.advanceTimersByTimeAsync(499);
  expect(sockets).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  last().onopen?.();
  await vi.advanceTimersByTimeAsync(5_000);
  last().onclose?.();
  await vi.advanceTimersByTimeAsync(250);
  expect(sockets).toHaveLength(4);
});

test("wake tries at once, and only while a pause is being waited out", () => {
  const { connection, sockets, last } = setUp();
  connection.start();
  connection.wake();
  expect(sockets).toHaveLength(1);
  last().onclose?.();
  connection.wake();
  connection.wake();
  expect(sockets).toHaveLength(2);
});

test("a socket that never opens is given up after ten seconds", async () => {
  const { connection, sockets, last } = setUp();
  connection.start();
  const first = last();
  await vi.advanceTimersByTimeAsync(10_250);
  expect(first.close).toHaveBeenCalled();
  expect(first.onclose).toBeNull();
  expect(sockets).toHaveLength(2);
});

test("after stop no socket is opened", async () => {
  const { connection, sockets, last } = setUp();
  connection.start();
  last().onclose?.();
  connection.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sockets).toHaveLength(1);
});

test("backoff doubles from 250 ms to 10 s, its upper half at random", () => {
  expect([0, 1, 2, 5, 6, 99].map((attempt) => backoffMs(attempt, 1))).toEqual([
    250, 500, 1_000, 8_000, 10_000, 10_000,
  ]);
  expect(backoffMs(0, 0)).toBe(125);
});
