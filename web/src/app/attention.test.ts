import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { News } from "../attention/news";
import { fakeTimers, useFakeClock } from "../testing/fakeTimers";
import { aTask } from "../testing/samples";
import type { ActivityState, RowChange, Task } from "../wire.gen";
import { AttentionWatch } from "./attention";

const DAY_MS = 24 * 60 * 60_000;

beforeEach(useFakeClock);
afterEach(() => vi.useRealTimers());

const task = (id: string, state: ActivityState, since = Date.now()): Task => {
  const at = new Date(since).toISOString();
  return aTask({ id, status: "waiting", lastActivityAt: at, activity: { state, since: at } });
};
const change = (row: Task) => ({ kind: "task", id: row.id, seq: 1, row }) as RowChange;
const gone = (id: string) => ({ kind: "task", id, seq: 1 }) as RowChange;

function setUp(held: Task[] = []) {
  const counts: number[] = [];
  const news: string[] = [];
  const watch = new AttentionWatch({
    timers: fakeTimers,
    tasks: () => held,
    onCount: (count) => counts.push(count),
    onNews: (told: readonly News[]) => news.push(...told.map(({ id }) => id)),
  });
  watch.read(false);
  return { watch, held, news, count: () => counts.at(-1) };
}

test("who needs a person is counted from the messages, and told when it begins", () => {
  const { watch, news, count } = setUp();
  watch.told([change(task("a", "working"))]);
  expect([count(), news]).toEqual([0, []]);
  watch.told([change(task("a", "permission")), change(task("b", "failed"))]);
  expect([count(), news]).toEqual([2, ["a", "b"]]);
  watch.told([change(task("a", "permission"))]);
  watch.told([change(task("a", "working")), gone("b")]);
  expect([count(), news]).toEqual([0, ["a", "b"]]);
});

test("what was so when the page was opened is no news, and neither is telling it again", () => {
  const { watch, news, count } = setUp([task("a", "permission")]);
  expect(count()).toBe(1);
  watch.told([change(task("a", "permission", 0))]);
  expect(news).toEqual([]);
});

test("after a gap only what began lately is told, once", () => {
  const { watch, held, news } = setUp([task("a", "permission")]);
  vi.advanceTimersByTime(10 * 60_000);
  held.push(task("old", "permission", 60_000), task("new", "permission"));
  watch.read(true);
  watch.told(held.map(change));
  expect(news).toEqual(["new"]);
});

test("a failure stops counting after a day, though nothing is told", () => {
  const { watch, count } = setUp([task("a", "failed")]);
  watch.start();
  vi.advanceTimersByTime(DAY_MS - 60_000);
  expect(count()).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(count()).toBe(0);
  watch.stop();
});
