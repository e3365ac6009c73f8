import { expect, test } from "vitest";
import { fitOf, fitting } from "./match";

test("all words must occur, in any order and case", () => {
  expect(fitOf("Go to the overview", "OVER go")).toBeGreaterThan(0);
  expect(fitOf("Go to the overview", "over gone")).toBe(0);
  expect(fitOf("anything", "")).toBeGreaterThan(0);
});

test("a word that begins a word comes before one inside", () => {
  const fit = fitting(["Unset the mark", "Set status", "A set"], "set", (text) => text);
  expect(fit).toEqual(["Set status", "A set", "Unset the mark"]);
});
