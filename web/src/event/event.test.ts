import { expect, test } from "vitest";
import { anEvent } from "../testing/samples";
import type { ActivityState, EventKind, Lane } from "../wire.gen";
import { detailsOf, isGap, titleOf } from "./details";
import { kindWord } from "./kinds";
import { laneCounts } from "./laneCounts";
import { laneIndex, laneLabel } from "./lanes";
import { taskState, taskStatus } from "./status";
import { summaryOf } from "./summary";

const withMetadata = (metadata: Record<string, unknown>, title = "Run the linter") =>
  anEvent({ title, metadata: { filePaths: [], ...metadata } });

test("a field of another type is not believed", () => {
  const details = detailsOf(
    withMetadata({ toolStatus: "exploded", durationMs: "9", command: 5, filePaths: ["a", 1] }),
  );
  expect(details).toEqual({
    at: expect.any(Number),
    exitCodeUnknown: false,
    filePaths: ["a"],
    cut: false,
  });
});

test("a row is summed up by command, path, error or text, in that order, and never by its title", () => {
  const command = withMetadata({ command: "ruff\ncheck .", filePaths: ["/w/a.py"] });
  expect(summaryOf(command, "/w")).toEqual({ text: "ruff check .", code: true });
  const paths = withMetadata({ filePaths: ["/w/a.py", "/w/b.py"] });
  expect(summaryOf(paths, "/w")).toEqual({ text: "a.py +1", code: true });
  const failed = withMetadata({ filePaths: ["/w/a.py"], error: "no such file" }, "Read a.py");
  expect(summaryOf(failed, "/w")).toEqual({ text: "no such file", code: false });
  expect(summaryOf(anEvent({ title: "Hello", body: "Hello" }), "/w")).toBeNull();
});

test("lost hook calls are a gap, whatever else is said", () => {
  expect(isGap(withMetadata({ gap: { count: 2, reason: "full" } }))).toBe(true);
  expect(kindWord(withMetadata({ gap: {} }))).toBe("gap");
  for (const gap of [undefined, null, "full", 2]) expect(isGap(withMetadata({ gap }))).toBe(false);
});

test("a name given by a person stands for the title", () => {
  expect(titleOf(withMetadata({ displayTitle: "The failing one" }))).toBe("The failing one");
  expect(titleOf(withMetadata({ displayTitle: "" }))).toBe("Run the linter");
});

test("what this page does not know is shown raw", () => {
  expect(laneLabel("dreams")).toBe("dreams");
  expect(laneIndex("dreams")).toBe(-1);
  expect(taskStatus("paused").label).toBe("paused");
  const strange = anEvent({ kind: "dream.dreamt" as EventKind, lane: "dreams" as Lane });
  expect(kindWord(strange)).toBe("dream.dreamt");
});

test("lanes are counted", () => {
  const events = [
    anEvent({ id: "a", createdAt: "2026-11-20T12:00:00.000Z" }),
    anEvent({ id: "b", createdAt: "2026-11-22T12:00:00.000Z", lane: "user" }),
  ];
  expect(laneCounts(events)).toEqual(
    new Map([
      ["exploration", 1],
      ["user", 1],
    ]),
  );
});

test("a task says why it waits, and marks a guess", () => {
  const since = "2026-01-01T00:00:00.000Z";
  expect(taskState({ status: "waiting" }).label).toBe("Waits for you");
  const asks = { state: "permission", since, detail: "Permission to run: ls" } as const;
  const asked = taskState({ status: "waiting", activity: asks });
  expect(asked.label).toBe("Needs permission");
  expect(asked.explains).toContain("Permission to run: ls");
  const broken = { state: "interrupted", since, guess: true } as const;
  const guessed = taskState({ status: "completed", activity: broken });
  expect(guessed.label).toBe("Interrupted?");
  expect(guessed.explains).toContain("guess");
  expect(taskState({ status: "completed", activity: { state: "done", since } }).label).toBe("Done");
  const strange = { state: "dreaming" as ActivityState, since };
  expect(taskState({ status: "running", activity: strange }).label).toBe("Running");
});
