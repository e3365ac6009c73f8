import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isUnread } from "../attention/seen";
import { fakeTimers, useFakeClock } from "../testing/fakeTimers";
import { aTask } from "../testing/samples";
import { SeenTasks } from "./seen";

beforeEach(() => {
  useFakeClock();
  localStorage.clear();
});
afterEach(() => vi.useRealTimers());

const at = (ms: number, id = "a") => aTask({ id, lastActivityAt: new Date(ms).toISOString() });
const unread = (seen: SeenTasks, ms: number, id?: string) => isUnread(seen.state.get(), at(ms, id));

test("what was seen is remembered by the next page", () => {
  const first = new SeenTasks(fakeTimers);
  expect(unread(first, 500)).toBe(true);
  first.mark(at(500));
  vi.advanceTimersByTime(2_000);
  const next = new SeenTasks(fakeTimers);
  expect([unread(next, 500), unread(next, 501)]).toEqual([false, true]);
  // The first visit stays the first one: what happened since then was not seen.
  expect(unread(next, 1_000, "other")).toBe(true);
});

test("a busy task is written down now and then, and with what another tab saw", () => {
  const [mine, other] = [new SeenTasks(fakeTimers), new SeenTasks(fakeTimers)];
  const written = () => localStorage.getItem("agent-tracer.seen");
  const before = written();
  for (let ms = 1; ms <= 100; ms += 1) mine.mark(at(ms));
  other.mark(at(900, "b"));
  vi.advanceTimersByTime(1_999);
  expect(written()).toBe(before);
  vi.advanceTimersByTime(1);
  const next = new SeenTasks(fakeTimers);
  expect([unread(next, 100), unread(next, 900, "b")]).toEqual([false, false]);
});

test("a tab hears what another one saw", () => {
  const seen = new SeenTasks(fakeTimers);
  seen.heard("agent-tracer.seen", '{"from":0,"tasks":[["a",700]]}');
  seen.heard("agent-tracer.theme", "dark");
  seen.heard("agent-tracer.seen", "broken");
  expect([unread(seen, 700), unread(seen, 701)]).toEqual([false, true]);
});
