import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { News } from "../attention/news";
import { fakeTimers, useFakeClock } from "../testing/fakeTimers";
import { Notifier } from "./attentionNotices";

beforeEach(useFakeClock);
afterEach(() => vi.useRealTimers());

const settle = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const news = (id: string, occasion = "1"): News => ({ id, occasion, title: id, reason: "Failed" });

function setUp() {
  const shown: string[] = [];
  const world = { wanted: true, leads: true, looked: new Set<string>(), occasion: "1" };
  const notifier = new Notifier({
    timers: fakeTimers,
    isWanted: () => world.wanted,
    isLeader: () => world.leads,
    occasion: () => world.occasion,
    lookedAt: async () => world.looked,
    show: ({ title }) => shown.push(title),
  });
  return { notifier, world, shown };
}

test("what comes together is told together", async () => {
  const { notifier, shown } = setUp();
  for (let n = 0; n < 10; n += 1) notifier.hear([news(`t${n}`)]);
  expect(shown).toEqual([]);
  await settle(600);
  expect(shown).toEqual(["10 agents need you"]);
});

test("a person is called no more often than every few seconds, and nothing is lost by it", async () => {
  const { notifier, shown } = setUp();
  notifier.hear([news("a")]);
  await settle(600);
  notifier.hear([news("b")]);
  await settle(4_999);
  expect(shown).toEqual(["a"]);
  await settle(1);
  expect(shown).toEqual(["a", "b"]);
});

test("what is looked at or settled by then is not told", async () => {
  const { notifier, world, shown } = setUp();
  notifier.hear([news("a"), news("b"), news("c", "older")]);
  world.looked.add("a");
  await settle(600);
  expect(shown).toEqual(["b"]);
});

test("nobody is called who does not want to, or whom another tab calls", async () => {
  const { notifier, world, shown } = setUp();
  world.wanted = false;
  notifier.hear([news("a")]);
  world.wanted = true;
  world.leads = false;
  notifier.hear([news("b")]);
  await settle(600);
  expect(shown).toEqual([]);
});

test("a tab that comes to call for all does so with what it heard just before", async () => {
  const { notifier, world, shown } = setUp();
  world.leads = false;
  notifier.hear([news("a")]);
  world.leads = true;
  await settle(600);
  expect(shown).toEqual(["a"]);
});
