import { expect, test } from "vitest";
import { anEvent } from "../testing/samples";
import { hasFailed } from "./failed";

const call = (toolStatus: string) => anEvent({ metadata: { toolStatus } });

test("a call that failed or was refused went wrong, one that was stopped did not", () => {
  expect(["failed", "refused"].map(call).every(hasFailed)).toBe(true);
  expect(["running", "completed", "interrupted", "unfinished"].map(call).some(hasFailed)).toBe(
    false,
  );
  expect(hasFailed(anEvent({ kind: "task.error" }))).toBe(true);
});
