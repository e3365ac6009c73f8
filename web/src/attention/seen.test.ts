import { expect, test } from "vitest";
import { aTask } from "../testing/samples";
import {
  isUnread,
  mergedSeen,
  SEEN_MAX,
  type Seen,
  seenFromText,
  seenToText,
  withSeen,
} from "./seen";

const at = (ms: number, id = "a") => aTask({ id, lastActivityAt: new Date(ms).toISOString() });
const NEW: Seen = { from: 1_000, tasks: new Map() };

test("what happened before the first visit is no news", () => {
  expect(isUnread(NEW, at(1_000))).toBe(false);
  expect(isUnread(NEW, at(1_001))).toBe(true);
});

test("a task is read once it was looked at, until something happens in it", () => {
  const seen = withSeen(NEW, at(2_000));
  expect(isUnread(seen, at(2_000))).toBe(false);
  expect(isUnread(seen, at(2_001))).toBe(true);
  expect(withSeen(seen, at(2_000))).toBe(seen);
});

test("what is let go of does not turn unread", () => {
  let seen = NEW;
  for (let n = 0; n <= SEEN_MAX; n += 1) seen = withSeen(seen, at(5_000 + n, `t${n}`));
  expect(seen.tasks.size).toBe(SEEN_MAX);
  expect(seen.tasks.has("t0")).toBe(false);
  expect(isUnread(seen, at(5_000, "t0"))).toBe(false);
});

test("two tabs see together", () => {
  const a = withSeen(withSeen(NEW, at(2_000)), at(9_000, "b"));
  const b = withSeen({ ...NEW, from: 1_500 }, at(3_000));
  const both = mergedSeen(a, b);
  expect(both.from).toBe(1_500);
  expect([...both.tasks]).toEqual([
    ["a", 3_000],
    ["b", 9_000],
  ]);
  let full = NEW;
  for (let n = 0; n < SEEN_MAX; n += 1) full = withSeen(full, at(5_000 + n, `t${n}`));
  expect(mergedSeen(full, a).tasks.size).toBe(SEEN_MAX);
});

test("it is stored as text, and other text is none", () => {
  const seen = withSeen(NEW, at(2_000));
  expect(seenFromText(seenToText(seen))).toEqual(seen);
  expect(seenFromText('{"from":1,"tasks":[["a",2],["b"],3]}')?.tasks).toEqual(new Map([["a", 2]]));
  for (const text of [null, "", "{}", "[]", "null", '{"from":"x","tasks":[]}']) {
    expect(seenFromText(text)).toBeNull();
  }
});
