import { expect, test } from "vitest";
import { FIRST, lineCount, type Part, partAt, withNext } from "./parts";

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i}`).join("\n");

function all(text: string): readonly Part[] {
  let parts: readonly Part[] = [];
  for (let before = -1; parts.length !== before; parts = withNext(text, parts)) {
    before = parts.length;
  }
  return parts;
}

test("a short text is one part", () => {
  expect(withNext("one\ntwo\n", [])).toEqual([{ text: "one\ntwo", firstLine: 0, end: 8 }]);
  expect(withNext("", [])).toEqual([{ text: "", firstLine: 0, end: 0 }]);
});

test("a long text comes in whole lines, numbered on, with nothing lost", () => {
  const text = numbered(20_000);
  const parts = all(text);
  expect(parts.map(({ text }) => text).join("\n")).toBe(text);
  expect(lineCount(parts[0]?.text ?? "")).toBe(FIRST.lines);
  for (const { text, firstLine } of parts)
    expect(text.startsWith(`line ${firstLine}\n`)).toBe(true);
  expect(parts.length).toBeLessThan(20);
});

test("one endless line is cut, but never inside a character", () => {
  const text = `x${"🙂".repeat(100_000)}`;
  const parts = all(text);
  expect(parts.map(({ text }) => text).join("")).toBe(text);
  for (const part of parts) expect(part.text).not.toMatch(/^[\udc00-\udfff]/);
});

test("a limit of characters holds where lines are long", () => {
  const text = `${"x".repeat(90)}\n`.repeat(10);
  expect(partAt(text, 0, 0, { lines: 100, characters: 200 }).end).toBe(182);
});

test("nothing is added behind the end", () => {
  const parts = withNext("a", []);
  expect(withNext("a", parts)).toBe(parts);
});
