import { expect, test } from "vitest";
import { isOwnKey, isTyping, KeyReader } from "./command";

const press = (key: string, over = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...over,
});

test("single keys", () => {
  const reader = new KeyReader();
  const read = (key: string) => reader.read(press(key), 0);
  expect(["j", "ArrowUp", "]", "/", "s", "Escape", "?", "i", "x"].map(read)).toEqual([
    "next-event",
    "previous-event",
    "next-task",
    "search",
    "bookmark",
    "close",
    "help",
    "facts",
    null,
  ]);
});

test("g and then o goes to the overview, within a second", () => {
  const reader = new KeyReader();
  expect([reader.read(press("g"), 0), reader.read(press("o"), 900)]).toEqual([null, "overview"]);
  expect([reader.read(press("g"), 2_000), reader.read(press("o"), 3_100)]).toEqual([null, null]);
});

test("b after g goes to the bookmarks, and after that it is itself again", () => {
  const reader = new KeyReader();
  reader.read(press("g"), 0);
  expect([reader.read(press("b"), 10), reader.read(press("b"), 20)]).toEqual([
    "bookmarks",
    "task-pane",
  ]);
});

test("k after g is the board, and not the event before", () => {
  const reader = new KeyReader();
  reader.read(press("g"), 0);
  expect([reader.read(press("k"), 10), reader.read(press("k"), 20)]).toEqual([
    "board",
    "previous-event",
  ]);
});

test("keys with a modifier belong to the browser", () => {
  const reader = new KeyReader();
  expect(reader.read(press("b", { ctrlKey: true }), 0)).toBeNull();
  expect(reader.read(press("/", { metaKey: true }), 0)).toBeNull();
  expect(reader.read(press("j", { altKey: true }), 0)).toBeNull();
});

test("typing is told from commanding", () => {
  expect(isTyping(document.createElement("input"))).toBe(true);
  expect(isTyping(document.createElement("button"))).toBe(false);
  expect(isTyping(null)).toBe(false);
});

test("a text that scrolls by itself has the arrows to itself, and no other key", () => {
  const target = document.createElement("div");
  expect(isOwnKey({ key: "ArrowDown", target })).toBe(false);
  target.dataset.scrolls = "";
  expect(["ArrowDown", "End", "j", "Escape"].map((key) => isOwnKey({ key, target }))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
