import { describe, expect, test } from "vitest";
import { askedChange } from "./asked";
import { rowsOfHunk } from "./pair";
import { type DiffLine, parseDiff } from "./parse";
import { marked } from "./words";

const brief = (lines: readonly DiffLine[]) =>
  lines.map(({ kind, text, before, after }) => [kind, before ?? "", after ?? "", text].join("|"));

describe("diffs as agents were recorded to tell them", () => {
  test("with numbers and a time behind the name (Claude Code, Gemini CLI)", () => {
    const [file] = parseDiff(
      "--- greet.py\tCurrent\n+++ greet.py\tProposed\n@@ -1,2 +1,2 @@\n def greet(name):\n-    return 'Hello ' + name\n+    return 'HELLO ' + name.upper()\n",
    );
    expect(file).toMatchObject({ before: "greet.py", after: "greet.py", added: 1, removed: 1 });
    expect(brief(file?.hunks[0]?.lines ?? [])).toEqual([
      "same|1|1|def greet(name):",
      "removed|2||    return 'Hello ' + name",
      "added||2|    return 'HELLO ' + name.upper()",
    ]);
  });

  test("without numbers, of several files (Codex CLI)", () => {
    const files = parseDiff(
      "--- greet.py\n+++ greet.py\n@@\n def greet(name):\n-    a\n+    b\n--- /dev/null\n+++ CHANGES.md\n@@\n+# Changes\n+\n--- old\n+++ /dev/null\n",
    );
    expect(
      files.map(({ before, after, added, removed }) => [before, after, added, removed]),
    ).toEqual([
      ["greet.py", "greet.py", 1, 1],
      [null, "CHANGES.md", 2, 0],
      ["old", null, 0, 0],
    ]);
    expect(files[0]?.hunks[0]?.lines[0]).toEqual({ kind: "same", text: "def greet(name):" });
  });

  test("with a/ and b/ (GitHub Copilot CLI)", () => {
    const [file] = parseDiff("--- /dev/null\n+++ b/home/dev/CHANGES.md\n@@ -1,0 +1,1 @@\n+# C\n");
    expect(file).toMatchObject({ before: null, after: "home/dev/CHANGES.md", added: 1 });
  });
});

test("a changed line that looks like a header is a line", () => {
  const [file, ...others] = parseDiff(
    "--- a.sql\n+++ a.sql\n@@ -1,2 +1,2 @@\n--- old note\n+++ new note\n select\n",
  );
  expect(others).toEqual([]);
  expect(file).toMatchObject({ added: 1, removed: 1 });
  expect(file?.hunks[0]?.lines.map(({ text }) => text)).toEqual([
    "-- old note",
    "++ new note",
    "select",
  ]);
});

test("what is left out between hunks is counted, a missing line end is no line", () => {
  const [file] = parseDiff(
    "--- a\n+++ a\n@@ -10,1 +10,1 @@ fn main\n-x\n+y\n\\ No newline at end of file\n@@ -20 +20 @@\n-p\n+q\n",
  );
  expect(file?.hunks.map(({ heading, skipped }) => [heading, skipped])).toEqual([
    ["fn main", 9],
    ["", 9],
  ]);
  expect(file).toMatchObject({ added: 2, removed: 2 });
});

test("what is no diff has no files, and garbage does not throw", () => {
  for (const text of ["", "Edit applied.", "--- a", "@@ -1 +1 @@\n-x", "+++ b\n--- a"]) {
    expect(parseDiff(text)).toEqual([]);
  }
  const cut = "--- a\n+++ b\n@@ -1,99999 +1,9 @@\n x\n";
  expect(parseDiff(cut + cut).map(({ hunks }) => hunks[0]?.lines.length)).toEqual([1, 1]);
});

test("long unchanged parts fold, and changed lines know each other", () => {
  const same = (from: number, count: number): DiffLine[] =>
    Array.from({ length: count }, (_, i) => ({ kind: "same", text: `${from + i}` }));
  const removed: DiffLine = { kind: "removed", text: "a b" };
  const added: DiffLine = { kind: "added", text: "a c" };
  const more: DiffLine = { kind: "added", text: "new" };
  const rows = rowsOfHunk([...same(0, 20), removed, added, more, ...same(50, 5)]);
  expect(rows.map((row) => (row.kind === "fold" ? row.lines.length : row.line.text))).toEqual([
    17,
    "17",
    "18",
    "19",
    "a b",
    "a c",
    "new",
    "50",
    "51",
    "52",
    "53",
    "54",
  ]);
  expect(rows[4]).toMatchObject({ partner: added });
  expect(rows[5]).toMatchObject({ partner: removed });
  expect(rows[6]).not.toHaveProperty("partner");
});

test("words that changed are marked on their own side", () => {
  const old = "    return 'Hello ' + name";
  const now = "    return 'HELLO ' + name.upper()";
  const texts = (side: "added" | "removed", a: string, b: string) =>
    marked(a, b, side)
      ?.filter((piece) => piece.marked)
      .map(({ text }) => text);
  expect(texts("removed", old, now)).toEqual(["Hello"]);
  expect(texts("added", now, old)).toEqual(["HELLO", ".upper()"]);
  expect(
    marked(now, old, "added")
      ?.map(({ text }) => text)
      .join(""),
  ).toBe(now);
});

test("lines that have little in common are not marked", () => {
  expect(marked("import os", "class Greeter:", "removed")).toBeNull();
  expect(marked("x".repeat(2_000), "y", "added")).toBeNull();
});

test("a replacement that was asked for is a change between what is the same", () => {
  const file = askedChange("/w/a.py", "one\ntwo\nthree\n", "one\n2\nthree\n");
  expect(brief(file.hunks[0]?.lines ?? [])).toEqual([
    "same|||one",
    "removed|||two",
    "added|||2",
    "same|||three",
  ]);
  expect(askedChange(null, "", "new")).toMatchObject({ added: 1, removed: 0 });
  expect(askedChange(null, "a\na", "a")).toMatchObject({ added: 0, removed: 1 });
});
