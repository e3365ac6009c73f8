import { expect, test } from "vitest";
import { aTask } from "../testing/samples";
import type { ActivityState, Task, TaskStatus } from "../wire.gen";
import { type Attention, attentionOf, needsPerson, stateSince } from "./attention";

const NOW = Date.parse("2026-11-24T12:00:00.000Z");
const RECENT = "2026-11-24T11:00:00.000Z";

const told = (status: TaskStatus, state: ActivityState, over: Partial<Task> = {}) =>
  aTask({ status, activity: { state, since: RECENT }, ...over });

test.each<[TaskStatus, ActivityState, Attention]>([
  ["waiting", "permission", "permission"],
  ["waiting", "person", "person"],
  ["waiting", "interrupted", "person"],
  ["waiting", "failed", "failed"],
  ["errored", "failed", "failed"],
  ["running", "working", "working"],
  ["waiting", "background", "working"],
  ["running", "silent", "silent"],
  ["waiting", "silent", "silent"],
  ["completed", "done", "done"],
  // A session that ended asks for nothing, whatever was open when it did.
  ["completed", "interrupted", "done"],
  ["completed", "permission", "done"],
])("%s and %s is %s", (status, state, wanted) => {
  expect(attentionOf(told(status, state), NOW)).toBe(wanted);
});

test.each<[TaskStatus, Attention]>([
  ["running", "working"],
  ["waiting", "person"],
  ["completed", "done"],
  ["errored", "failed"],
])("a task that is only %s is %s", (status, wanted) => {
  expect(attentionOf(aTask({ status, lastActivityAt: RECENT }), NOW)).toBe(wanted);
});

test("a state that this page does not know says no more than the status", () => {
  expect(attentionOf(told("waiting", "dreaming" as ActivityState), NOW)).toBe("person");
});

test("a failure is news for a day, to the millisecond", () => {
  const at = (ms: number) => ({ state: "failed" as const, since: new Date(ms).toISOString() });
  const failed = (ms: number) => attentionOf(aTask({ status: "errored", activity: at(ms) }), NOW);
  expect(failed(NOW - 86_400_000 + 1)).toBe("failed");
  expect(failed(NOW - 86_400_000)).toBe("done");
});

test("a subagent that failed is its parent's concern, one that asks is a person's", () => {
  const child = { parentTaskId: "p" };
  expect(attentionOf(told("errored", "failed", child), NOW)).toBe("done");
  expect(attentionOf(told("waiting", "permission", child), NOW)).toBe("permission");
});

test("three of them need a person", () => {
  expect(["permission", "person", "failed"].every((one) => needsPerson(one as Attention))).toBe(
    true,
  );
  expect(["working", "silent", "done"].some((one) => needsPerson(one as Attention))).toBe(false);
});

test("since when: as told, else when the session began or something last happened", () => {
  expect(stateSince(told("waiting", "person"))).toBe(RECENT);
  const plain = { createdAt: "2026-11-20T00:00:00.000Z", lastActivityAt: RECENT };
  expect(stateSince(aTask(plain))).toBe(plain.createdAt);
  const resumed = "2026-11-22T00:00:00.000Z";
  expect(stateSince(aTask({ ...plain, lastSessionStartedAt: resumed }))).toBe(resumed);
  expect(stateSince(aTask({ ...plain, status: "waiting" }))).toBe(RECENT);
});
