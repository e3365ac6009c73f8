import { describe, expect, test } from "vitest";
import { type Block, readBlocks } from "./blocks";
import { type Inline, isWebAddress, readInline } from "./inline";

/** The pieces in short: `b(bold)`, `i(…)`, `c(code)`, `a(href: …)`. */
function brief(content: readonly Inline[]): string {
  return content
    .map((piece) => {
      if (piece.kind === "text") return piece.text;
      if (piece.kind === "code") return `c(${piece.text})`;
      if (piece.kind === "link") return `a(${piece.href}: ${brief(piece.content)})`;
      if (piece.kind === "strong") return `b(${brief(piece.content)})`;
      return piece.kind === "emphasis" ? `i(${brief(piece.content)})` : "";
    })
    .join("");
}

function outline(blocks: readonly Block[]): unknown {
  return blocks.map((block) => {
    switch (block.kind) {
      case "paragraph":
        return brief(block.content);
      case "heading":
        return `h${block.level} ${brief(block.content)}`;
      case "code":
        return { [block.language]: block.text };
      case "quote":
        return { quote: outline(block.blocks) };
      case "list":
        return {
          [block.first === null ? "ul" : `ol ${block.first}`]: block.items.map(
            ({ done, blocks }) => [
              ...(done === undefined ? [] : [done]),
              ...(outline(blocks) as []),
            ],
          ),
        };
      case "table":
        return { table: [block.head, ...block.rows].map((row) => row.map(brief).join(" | ")) };
      default:
        return block.kind;
    }
  });
}

describe("inside a line", () => {
  test.each([
    ["**bold** and *slanted* and __both__", "b(bold) and i(slanted) and b(both)"],
    ["**bold with `code` in it**", "b(bold with c(code) in it)"],
    ["snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"],
    ["_really_ so", "i(really) so"],
    ["``a ` b`` and `unclosed", "c(a ` b) and `unclosed"],
    ["a \\*star\\* and C:\\temp", "a *star* and C:\\temp"],
    ["see [the page](https://x.test/a) now", "see a(https://x.test/a: the page) now"],
    ["at https://x.test/a?b=1, ok", "at a(https://x.test/a?b=1: https://x.test/a?b=1), ok"],
    ["[greet.py](greet.py:2) says", "greet.py (greet.py:2) says"],
    ["![alt](https://x.test/i.png)", "a(https://x.test/i.png: alt)"],
    ["[run](javascript:alert(1))", "run (javascript:alert(1))"],
    ["[run](data:text/html,x)", "run (data:text/html,x)"],
    ["<b onclick=x>hi</b>", "<b onclick=x>hi</b>"],
    ["**unclosed and ***odd***", "**unclosed and ***odd***"],
    ["", ""],
  ])("%s", (text, expected) => {
    expect(brief(readInline(text))).toBe(expected);
  });

  test("only an honest address of the web is a link", () => {
    expect(isWebAddress("https://x.test")).toBe(true);
    for (const text of ["ftp://x", "//x.test", "https://", "https://bank.test@evil.test/", "x"]) {
      expect(isWebAddress(text)).toBe(false);
    }
  });

  test("no text makes it slow", () => {
    const marks = [
      "*a ",
      "**a ",
      "`a ",
      "_a ",
      "[a](",
      "[[[[",
      "https://",
      "*_`",
      "https://a....b",
    ];
    for (const mark of marks) expect(readInline(mark.repeat(20_000)).length).toBeGreaterThan(0);
    const lines = ["\n", "- x\n\n\n\n", "# a     #", "-    x|", "> ", "  - x\n", "|-"];
    for (const line of lines)
      expect(readBlocks(`- a\n${line.repeat(20_000)}x`).length).toBeLessThan(9);
  });
});

test("headings, rules, paragraphs that keep their lines", () => {
  expect(outline(readBlocks("# One\nfirst\nsecond\n\n---\n### Two ##\n#hashtag"))).toEqual([
    "h1 One",
    "first\nsecond",
    "rule",
    "h3 Two",
    "#hashtag",
  ]);
});

test("fences hold anything, and one that is not closed goes to the end", () => {
  expect(outline(readBlocks("```py\n# no heading\n- no list\n```\nafter\n~~~\nopen"))).toEqual([
    { py: "# no heading\n- no list" },
    "after",
    { "": "open" },
  ]);
});

test("lists nest, hold code, and have boxes", () => {
  const text =
    "- [x] done\n- [ ] open\n  goes on\n  1. one\n  2. two\n\n     more\n- last\n  ```sh\n  ls\n  ```\nlazy\n\nafter";
  expect(outline(readBlocks(text))).toEqual([
    {
      ul: [
        [true, "done"],
        [false, "open\ngoes on", { "ol 1": [["one"], ["two", "more"]] }],
        ["last", { sh: "ls" }, "lazy"],
      ],
    },
    "after",
  ]);
});

test("a list of another sort is another list", () => {
  expect(outline(readBlocks("- a\n\n- b\n3. c"))).toEqual([
    { ul: [["a"], ["b"]] },
    { "ol 3": [["c"]] },
  ]);
});

test("quotes and tables", () => {
  expect(
    outline(readBlocks("> said\n> - x\n\n| a | b |\n|---|:-:|\n| `1` | 2 | 3 |\nend")),
  ).toEqual([{ quote: ["said", { ul: [["x"]] }] }, { table: ["a | b", "c(1) | 2"] }, "end"]);
});

test("deep nesting ends", () => {
  const text = Array.from({ length: 200 }, (_, depth) => `${"  ".repeat(depth)}- x`).join("\n");
  expect(JSON.stringify(readBlocks(text)).length).toBeGreaterThan(100);
  expect(readBlocks(">".repeat(5_000))).toHaveLength(1);
});
