import { expect, test } from "vitest";
import { type Box, type Direction, isDirection, nearest } from "./nearest";

const box = (left: number, top: number): Box => ({ left, top, right: left + 90, bottom: top + 40 });

// Two columns of cards, and one that stands lower.
const BOXES = [box(0, 0), box(0, 50), box(0, 100), box(100, 0), box(100, 100)];

test.each<[number, Direction, number]>([
  [0, "ArrowDown", 1],
  [1, "ArrowUp", 0],
  [0, "ArrowUp", -1],
  [2, "ArrowDown", -1],
  [0, "ArrowRight", 3],
  [2, "ArrowRight", 4],
  [4, "ArrowLeft", 2],
  [3, "ArrowDown", 4],
  [3, "ArrowRight", -1],
  [9, "ArrowLeft", -1],
])("from %i %s is %i", (from, direction, wanted) => {
  expect(nearest(BOXES, from, direction)).toBe(wanted);
});

test("arrows are told from other keys", () => {
  expect(["ArrowUp", "Enter", "ArrowLeftish"].map(isDirection)).toEqual([true, false, false]);
});
