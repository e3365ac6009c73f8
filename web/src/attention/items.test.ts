import { expect, test } from "vitest";
import { aTask } from "../testing/samples";
import type { Attention } from "./attention";
import { headOver, itemsOf, topOf } from "./items";

const activity = { state: "permission", since: "", detail: "ls" } as const;

const section = (key: string, attention: Attention, ...ids: string[]) => ({
  key,
  title: key,
  count: ids.length,
  rows: ids.map((id) => ({ task: aTask({ id, activity }), depth: 0, attention, asking: 0 })),
});

const sections = [section("asks", "permission", "a"), section("done", "done", "b", "c")];

test("a shut section is its head alone", () => {
  const keys = itemsOf(sections, new Set(["asks"])).map(({ key }) => key);
  expect(keys).toEqual(["head asks", "head done", "b", "c"]);
});

test("lines stand below each other, each under its head", () => {
  const items = itemsOf(sections, new Set());
  expect(["head asks", "a", "head done", "c", "x"].map((key) => topOf(items, key))).toEqual([
    0,
    28,
    96,
    174,
    null,
  ]);
  expect([0, 1, 2, 4, 9].map((index) => headOver(items, index))).toEqual([0, 0, 2, 2, 2]);
  expect(headOver([], 3)).toBe(0);
});
