import { expect, test } from "vitest";
import { lookOf } from "./look";
import { readScreen } from "./parse";
import { PLAIN, restyled } from "./style";

const texts = (text: string) =>
  readScreen(text).lines.map((line) => line.map((span) => span.text).join(""));
const spans = (text: string) =>
  readScreen(text).lines.map((line) => line.map(({ text, style }) => [text, style]));

test("colours and weights become spans", () => {
  expect(spans("ok \u001b[1;31mred\u001b[0m\u001b[4mline\u001b[24m.")).toEqual([
    [
      ["ok ", {}],
      ["red", { bold: true, fg: 1 }],
      ["line", { underline: true }],
      [".", {}],
    ],
  ]);
});

test.each([
  ["38;5;9", { fg: 9 }],
  ["38;5;196", { fg: "#ff0000" }],
  ["48;5;232", { bg: "#080808" }],
  ["38;2;1;2;255", { fg: "#0102ff" }],
  ["38:2::1:2:3", { fg: "#010203" }],
  ["38:5:208;1", { fg: "#ff8700", bold: true }],
  ["97;104", { fg: 15, bg: 12 }],
  ["38;2;1;2;3;4", { fg: "#010203", underline: true }],
  ["38;5", {}],
  ["38;2;900;0;0", {}],
  ["5;8;99", {}],
])("SGR %s", (params, style) => {
  expect(restyled(PLAIN, params)).toEqual(style);
});

test("an end takes back what it ends, and nothing resets everything", () => {
  const all = restyled(PLAIN, "1;2;3;7;9;31;42");
  expect(restyled(all, "22;27;39")).toEqual({ italic: true, strike: true, bg: 2 });
  expect(restyled(all, "")).toEqual({});
});

test.each([
  ["a progress line is its last state", "10%\r50%\r100%\ndone", ["100%", "done"]],
  ["a shorter text leaves the rest", "loading\rdone", ["doneing"]],
  ["unless the rest is erased", "loading\r\u001b[Kdone", ["done"]],
  ["a line can be erased as a whole", "loading\u001b[2K\u001b[1Gdone", ["done"]],
  ["backspace writes over", "abc\b\bX", ["aXc"]],
  ["a column is reached again", "abcdef\rX\u001b[5GY", ["XbcdYf"]],
  ["a Windows line end is one", "a\r\nb\r\r\nc", ["a", "b", "c"]],
  ["other escapes are dropped", "a\u001b[2J\u001b[?25l\u001b]0;title\u0007b\u001b(Bc", ["abc"]],
  ["a link keeps its text", "\u001b]8;;http://x\u001b\\here\u001b]8;;\u001b\\", ["here"]],
  ["a lone escape is seen", "a\u001b", ["a⟨U+001B⟩"]],
  ["hidden text is seen", "\u001b[8msecret\u001b[0m", ["secret"]],
  ["direction controls are seen", "\u202eab", ["⟨U+202E⟩ab"]],
  ["markup stays text", "<b>x</b>", ["<b>x</b>"]],
])("%s", (_, text, lines) => {
  expect(texts(text)).toEqual(lines);
});

test("a colour goes on over lines, and over the parts of a text", () => {
  const first = readScreen("\u001b[32mgreen\n");
  expect(first.style).toEqual({ fg: 2 });
  expect(readScreen("still", first.style).lines).toEqual([[{ text: "still", style: { fg: 2 } }]]);
});

test("text in pieces of one style is one span", () => {
  const { lines } = readScreen("\u001b[31mab\u001b[2Kc\u0007d");
  expect(lines[0]).toHaveLength(1);
});

test("a look has classes of its own and colours of the page where it can", () => {
  expect(lookOf({})).toEqual({});
  expect(lookOf({ bold: true, fg: 1 })).toEqual({
    className: "ansi-bold ansi-fg",
    style: { "--fg": "var(--ansi-1)" },
  });
  expect(lookOf({ inverse: true, fg: 2, bg: "#010203" })).toEqual({
    className: "ansi-fg-any ansi-bg",
    style: { "--fg": "#010203", "--bg": "var(--ansi-2)" },
  });
  expect(lookOf({ inverse: true }).className).toBe("ansi-inverse");
});
