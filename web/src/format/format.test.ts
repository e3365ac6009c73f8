import { expect, test } from "vitest";
import { age, ago, duration, elapsed } from "./duration";
import { counted, percent } from "./number";
import { insideOf, lastSegment } from "./path";
import { clock, fullTime } from "./time";

test.each([
  [0, "0 ms"],
  [8.4, "8 ms"],
  [1_349, "1.3 s"],
  [9_999, "9.9 s"],
  [42_900, "42 s"],
  [252_000, "4m 12s"],
  [3_600_000, "1h 00m"],
  [273_600_000, "3d 4h"],
  [-1, "–"],
  [Number.NaN, "–"],
])("a duration of %d ms is %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test("what still counts shows no parts of a second and never a negative time", () => {
  expect([elapsed(1_900), elapsed(-500), elapsed(61_000)]).toEqual(["1 s", "0 s", "1m 01s"]);
});

test("an age has one unit, and a moment in the future is now", () => {
  expect([-5_000, 1_000, 42_000, 200_000, 7_200_000, 200_000_000].map(age)).toEqual([
    "now",
    "now",
    "42 s",
    "3 min",
    "2 h",
    "2 d",
  ]);
  expect([ago(0), ago(3_000)]).toEqual(["just now", "3 s ago"]);
});

test("numbers agree with their noun", () => {
  expect([counted(1, "session"), counted(0, "session"), counted(1200, "task")]).toEqual([
    "1 session",
    "0 sessions",
    `${(1200).toLocaleString()} tasks`,
  ]);
  expect(percent(0.384)).toBe("38%");
});

test("a path is told inside its workspace only when it is inside it", () => {
  expect(insideOf("/w/src/a.ts", "/w")).toBe("src/a.ts");
  expect(insideOf("/wide/a.ts", "/w")).toBe("/wide/a.ts");
  expect(insideOf("/a.ts", undefined)).toBe("/a.ts");
  expect([lastSegment("/home/dev/project/"), lastSegment("/")]).toEqual(["project", "/"]);
});

test("what is no time is shown as it came", () => {
  expect([clock("soon"), fullTime("soon")]).toEqual(["soon", "soon"]);
  expect(fullTime("2026-11-23T12:00:00.123Z")).toMatch(/\.123$/);
});
