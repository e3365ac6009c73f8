import { expect, test } from "vitest";
import { anEvent, aTask } from "../testing/samples";
import { agentsAsOf, asOf, covers } from "./moment";

const T0 = Date.UTC(2026, 10, 23, 12);
const at = (seconds: number) => new Date(T0 + seconds * 1_000).toISOString();
const call = (id: string, seconds: number, metadata: Record<string, unknown>) =>
  anEvent({ id, createdAt: at(seconds), metadata });

test("what came later is not there, and what was under way still runs", () => {
  const ended = call("a", 0, { toolStatus: "failed", durationMs: 5_000, error: "no", exitCode: 1 });
  const events = [
    ended,
    call("b", 2, { toolStatus: "completed", durationMs: 500 }),
    call("c", 9, {}),
  ];
  const then = asOf(events, T0 + 3_000);
  expect(then.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(then[0]?.metadata).toEqual({ toolStatus: "running" });
  expect(then[1]).toBe(events[1]);
  expect(asOf(events, T0 + 3_100)[0]).toBe(then[0]);
  expect(asOf(events, T0 + 6_000)[0]).toBe(ended);
});

test("a moment before the loaded rows is not covered by them", () => {
  const events = [call("a", 10, {})];
  expect(covers(events, true, T0)).toBe(false);
  expect(covers(events, true, T0 + 10_000)).toBe(true);
  expect(covers(events, false, T0)).toBe(true);
  expect(covers([], true, T0)).toBe(false);
});

test("subagents of the past are those that had begun, and what ended later still runs", () => {
  const agent = (id: string, from: number, to: number) =>
    aTask({
      id,
      status: "completed",
      createdAt: new Date(from).toISOString(),
      lastActivityAt: new Date(to).toISOString(),
      activity: { state: "done", since: new Date(to).toISOString() },
    });
  const then = agentsAsOf([agent("a", 100, 300), agent("b", 200, 900), agent("c", 700, 800)], 500);
  expect(then.map(({ id, status, activity }) => [id, status, activity?.state])).toEqual([
    ["a", "completed", "done"],
    ["b", "running", undefined],
  ]);
});
