import { expect, test } from "vitest";
import { anEvent } from "../testing/samples";
import { findIn, nextHit } from "./find";

const EVENTS = [
  anEvent({ id: "a", title: "Run the tests", metadata: { command: "npm test", output: "Cookie" } }),
  anEvent({ id: "b", title: "Read a file", metadata: { filePaths: ["src/cookie.ts"] } }),
  anEvent({ id: "c", title: "Edit", body: "No match" }),
];

test("what is shown of an event is looked through, in any case", () => {
  expect(findIn(EVENTS, " COOKIE ")).toEqual(["a", "b"]);
  expect(findIn(EVENTS, "npm")).toEqual(["a"]);
  expect(findIn(EVENTS, " ")).toEqual([]);
});

test("hits are gone through in a ring, beginning at the newest", () => {
  expect(nextHit(["a", "b"], null, 1)).toBe("b");
  expect(nextHit(["a", "b"], "b", 1)).toBe("a");
  expect(nextHit(["a", "b"], "a", -1)).toBe("b");
  expect(nextHit([], null, 1)).toBeNull();
});
