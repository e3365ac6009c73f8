import { expect, test } from "vitest";
import { plain, plainLine } from "./plain";

test.each([
  ["colours go", "\u001b[1;31mred\u001b[0m", "red"],
  ["cursor moves go", "a\u001b[2K\u001b[1Gb", "ab"],
  ["a window title goes", "\u001b]0;evil\u0007ok", "ok"],
  ["a link keeps its text", "\u001b]8;;http://x\u001b\\here\u001b]8;;\u001b\\", "here"],
  ["a lone escape shows", "a\u001b", "a⟨U+001B⟩"],
  ["other controls show", "a\u0007\u0000\u009bb", "a⟨U+0007⟩⟨U+0000⟩⟨U+009B⟩b"],
  ["direction controls show", "\u202egnp.exe\u2066", "⟨U+202E⟩gnp.exe⟨U+2066⟩"],
  ["invisible characters show", "a\u200bb\ufeff\u{e0041}", "a⟨U+200B⟩b⟨U+FEFF⟩⟨U+E0041⟩"],
  ["line breaks become one kind", "a\r\nb\rc\u2028d", "a\nb\nc\nd"],
  ["tabs and markup stay text", "\t<b>&amp;</b>", "\t<b>&amp;</b>"],
  ["joined emoji stay", "👩‍💻", "👩‍💻"],
])("%s", (_, text, shown) => {
  expect(plain(text)).toBe(shown);
});

test("a line is one line, and not longer than asked", () => {
  expect(plainLine("  two\n\n lines\tof text ")).toBe("two lines of text");
  expect(plainLine("x".repeat(1_000_000), 10)).toBe(`${"x".repeat(10)}…`);
});
