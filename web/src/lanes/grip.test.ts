import { expect, test } from "vitest";
import { dragged, gripAt } from "./grip";

const WHOLE = { from: 0, to: 1_000 };
const WINDOW = { from: 200, to: 400 };
const drag = (grip: Parameters<typeof dragged>[0]["grip"], start: number, to: number) =>
  dragged({ grip, window: WINDOW, start }, to, WHOLE);

test("what is taken hold of depends on the place", () => {
  const at = (x: number) => gripAt(x, WINDOW, WHOLE, 1_000);
  expect([at(100), at(203), at(300), at(397), at(600)]).toEqual([
    "new",
    "from",
    "move",
    "to",
    "new",
  ]);
  expect(gripAt(500, WHOLE, WHOLE, 1_000)).toBe("new");
});

test("a window is moved, and stays within the whole", () => {
  expect(drag("move", 300, 350)).toEqual({ from: 250, to: 450 });
  expect(drag("move", 300, 5_000)).toEqual({ from: 800, to: 1_000 });
});

test("its ends are drawn out, also past each other", () => {
  expect(drag("from", 200, -50)).toEqual({ from: 0, to: 400 });
  expect(drag("to", 400, 100)).toEqual({ from: 100, to: 200 });
});

test("another one is drawn in either direction; a click draws none", () => {
  expect(drag("new", 900, 600)).toEqual({ from: 600, to: 900 });
  expect(drag("new", 900, 901)).toBeNull();
});
