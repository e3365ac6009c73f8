import { expect, test } from "vitest";
import { aTask } from "../testing/samples";
import type { Activity, Task } from "../wire.gen";
import { type News, newsOf, noticesOf, occasionOf } from "./news";

const NOW = Date.parse("2026-11-24T12:00:00.000Z");
const before = (ms: number) => new Date(NOW - ms).toISOString();

const asks = (over: Partial<Activity> = {}): Task =>
  aTask({
    id: "a",
    status: "waiting",
    activity: {
      state: "permission",
      since: before(1_000),
      detail: "Permission to run: cargo publish",
      ...over,
    },
  });

test("who comes to need a person is news, with the reason", () => {
  expect(newsOf(asks(), undefined, NOW)).toMatchObject({
    id: "a",
    title: "Fix the greeting",
    reason: "Needs permission: cargo publish",
  });
});

test("the same occasion is told once, another question again", () => {
  const first = newsOf(asks(), undefined, NOW);
  expect(newsOf(asks(), first?.occasion, NOW)).toBeNull();
  expect(newsOf(asks({ since: before(10) }), first?.occasion, NOW)).not.toBeNull();
});

test("what is old, guessed or needs nobody is no news", () => {
  expect(newsOf(asks({ since: before(90_001) }), undefined, NOW)).toBeNull();
  expect(newsOf(asks({ since: before(90_000) }), undefined, NOW)).not.toBeNull();
  expect(newsOf(asks({ guess: true }), undefined, NOW)).toBeNull();
  for (const state of ["working", "background", "silent", "done"] as const) {
    expect(newsOf(asks({ state }), undefined, NOW)).toBeNull();
    expect(occasionOf(asks({ state }), NOW)).toBeNull();
  }
  expect(newsOf(asks({ state: "interrupted" }), undefined, NOW)).toBeNull();
  // The sender's clock may run ahead of ours.
  expect(newsOf(asks({ since: before(-5_000) }), undefined, NOW)).not.toBeNull();
});

test("an agent that was only just started waits for nothing new", () => {
  const at = before(2_000);
  const started = { ...asks({ state: "person", since: at }), lastSessionStartedAt: at };
  expect(newsOf(started, undefined, NOW)).toBeNull();
  expect(
    newsOf({ ...started, lastSessionStartedAt: before(3_000) }, undefined, NOW),
  ).not.toBeNull();
});

const news = (count: number): News[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `t${n}`,
    occasion: "",
    title: `Task ${n}`,
    reason: "Failed",
  }));

test("two are told apart, more as one", () => {
  expect(noticesOf(news(2)).map(({ title, taskId }) => [title, taskId])).toEqual([
    ["Task 0", "t0"],
    ["Task 1", "t1"],
  ]);
  expect(noticesOf(news(10))).toEqual([
    {
      title: "10 agents need you",
      body: "Task 0\nTask 1\nTask 2\nTask 3\nand 6 more",
      tag: "agent-tracer",
      taskId: null,
    },
  ]);
  expect(noticesOf(news(4))[0]?.body).not.toContain("more");
  expect(noticesOf([])).toEqual([]);
});
