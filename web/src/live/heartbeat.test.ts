import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeTimers, useFakeClock } from "../testing/fakeTimers";
import { Heartbeat } from "./heartbeat";

beforeEach(useFakeClock);
afterEach(() => vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTime(ms);

function setUp() {
  const [ping, giveUp] = [vi.fn(), vi.fn()];
  const heartbeat = new Heartbeat({ timers: fakeTimers, ping, giveUp });
  heartbeat.start();
  return { heartbeat, ping, giveUp };
}

test("asks after twenty seconds of silence, and gives up ten seconds later", () => {
  const { ping, giveUp } = setUp();
  pass(19_999);
  expect(ping).not.toHaveBeenCalled();
  pass(1);
  expect(ping).toHaveBeenCalledTimes(1);
  pass(9_999);
  expect(giveUp).not.toHaveBeenCalled();
  pass(1);
  expect(giveUp).toHaveBeenCalledTimes(1);
});

test("any frame is a sign of life", () => {
  const { heartbeat, ping, giveUp } = setUp();
  pass(15_000);
  heartbeat.heard();
  pass(19_999);
  expect(ping).not.toHaveBeenCalled();
  pass(1);
  heartbeat.heard();
  pass(60_000);
  expect(ping).toHaveBeenCalledTimes(2);
  expect(giveUp).toHaveBeenCalledTimes(1);
});

test("a page that comes back asks at once, and never after it was stopped", () => {
  const { heartbeat, ping, giveUp } = setUp();
  heartbeat.probe();
  expect(ping).toHaveBeenCalledTimes(1);
  pass(10_000);
  expect(giveUp).toHaveBeenCalledTimes(1);
  heartbeat.start();
  heartbeat.stop();
  heartbeat.probe();
  pass(60_000);
  expect(ping).toHaveBeenCalledTimes(1);
});
