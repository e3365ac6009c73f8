import { expect, test } from "vitest";
import { aTask } from "../testing/samples";
import { held } from "./hold";
import type { ListRow, Section } from "./sections";

const row = (id: string, over: Partial<ListRow> = {}): ListRow => ({
  task: aTask({ id }),
  depth: 0,
  attention: "working",
  asking: 0,
  ...over,
});
const section = (key: string, ...rows: readonly ListRow[]): Section => ({
  key,
  title: key,
  rows,
  count: rows.length,
});
const shape = (sections: readonly Section[]) =>
  sections.map(({ key, rows, count }) => [
    key,
    count,
    rows.map(({ task, leaving }) => (leaving ? `(${task.id})` : task.id)).join(" "),
  ]);

test("what changed its place stays where it was, and says what it is now", () => {
  const shown = [section("working", row("a"), row("b"))];
  const now = [section("person", row("b", { attention: "person" })), section("working", row("a"))];
  const next = held(shown, now);
  expect(shape(next)).toEqual([["working", 1, "a b"]]);
  expect(next[0]?.rows[1]?.attention).toBe("person");
});

test("what is new joins the end of its section, or brings its section along", () => {
  const shown = [section("working", row("a")), section("done", row("d"))];
  const now = [
    section("permission", row("p")),
    section("working", row("n"), row("a")),
    section("silent", row("s")),
    section("done", row("d")),
  ];
  expect(shape(held(shown, now))).toEqual([
    ["permission", 1, "p"],
    ["working", 2, "a n"],
    ["silent", 1, "s"],
    ["done", 1, "d"],
  ]);
});

test("what is gone stays for as long as it lasts, marked, and is not counted", () => {
  const shown = [section("working", row("a"), row("b"))];
  const once = held(shown, [section("working", row("b"))]);
  expect(shape(once)).toEqual([["working", 1, "(a) b"]]);
  expect(shape(held(once, []))).toEqual([["working", 0, "(a) (b)"]]);
  expect(shape(held(once, shown))).toEqual([["working", 2, "a b"]]);
});
