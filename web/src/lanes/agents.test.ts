import { expect, test } from "vitest";
import { anEvent, aTask } from "../testing/samples";
import { agentsOf } from "./agents";
import { itemsOf } from "./items";
import { neighbourOf } from "./neighbour";
import { connectorsOf } from "./relations";
import { scrubbed } from "./scrub";

const iso = (ms: number) => new Date(ms).toISOString();
const agent = (id: string, from: number, to: number, running = false) =>
  aTask({
    id,
    title: `Explore: ${id}`,
    status: running ? "running" : "completed",
    createdAt: iso(from),
    lastActivityAt: iso(to),
  });

test("subagents stand below the events of their lane, each from its beginning to its end", () => {
  const items = itemsOf([anEvent({ lane: "coordination", createdAt: iso(0) })]);
  const spans = agentsOf(
    [agent("b", 200, 900), agent("a", 100, 300), agent("c", 950, 960, true)],
    items,
  );
  expect(spans.map(({ task, from, to, row }) => [task.id, from, to, row])).toEqual([
    ["a", 100, 300, 1],
    ["b", 200, 900, 2],
    ["c", 950, Number.POSITIVE_INFINITY, 1],
  ]);
});

test("a call is connected with the subagent that it names, and not with another", () => {
  const call = anEvent({
    id: "call",
    lane: "coordination",
    title: "find it",
    createdAt: iso(90),
    metadata: { activityType: "delegation", agentName: "Explore: a", toolStatus: "running" },
  });
  const items = itemsOf([call]);
  const agents = agentsOf([agent("a", 100, 300), agent("b", 100, 300)], items);
  expect(connectorsOf(items, agents, "call")).toEqual([[agents[0], items[0]]]);
});

test("from lane to lane one comes to what is nearest in time, over empty lanes", () => {
  const items = itemsOf([
    anEvent({ id: "early", lane: "user", createdAt: iso(0) }),
    anEvent({ id: "late", lane: "user", createdAt: iso(900) }),
    anEvent({ id: "plan", lane: "planning", createdAt: iso(1_000) }),
  ]);
  const plan = items.find(({ event }) => event.id === "plan");
  if (plan === undefined) throw new Error("there is a plan");
  expect(neighbourOf(items, plan, -1)?.event.id).toBe("late");
  expect(neighbourOf(items, plan, 1)).toBeUndefined();
});

test("keys go through the moments of a task, and at its end back to now", () => {
  const events = [anEvent({ createdAt: iso(100) }), anEvent({ id: "b", createdAt: iso(700) })];
  const whole = { from: 0, to: 1_000 };
  const key = (name: string, at: number | null) => scrubbed(name, at, whole, events);
  expect([key(",", null), key(",", 700), key(",", 100)]).toEqual([700, 100, 0]);
  expect([key(".", 100), key(".", 700)]).toEqual([700, null]);
  expect([key("ArrowLeft", null), key("ArrowRight", 995)]).toEqual([990, null]);
  expect([key("Home", 500), key("End", 500), key("x", 500)]).toEqual([0, null, undefined]);
});
