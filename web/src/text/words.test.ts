import { expect, test } from "vitest";
import { splitByWords } from "./words";

const brief = (line: string, words: readonly string[], anyCase = false) =>
  splitByWords(line, words, anyCase)
    .map(({ text, marked }) => (marked ? `[${text}]` : text))
    .join("");

test("words are marked wherever they are, the first of them first", () => {
  expect(brief("Hello, hello", ["Hello"])).toBe("[Hello], hello");
  expect(brief("Hello, hello", ["hello"], true)).toBe("[Hello], [hello]");
  expect(brief("a.b(c", [".b(", "a"])).toBe("[a][.b(]c");
  expect(brief("nothing", ["x"])).toBe("nothing");
  expect(brief("", ["x"])).toBe("");
});

test("a letter that grows when folded moves no mark", () => {
  expect(brief("İx hello", ["hello"], true)).toBe("İx hello");
});
