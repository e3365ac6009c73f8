import { expect, test } from "vitest";
import { recordedEvent } from "../testing/recorded";
import { anEvent } from "../testing/samples";
import { filesFound, textFound } from "./found";
import { searchOf } from "./search";

test("lines with their paths and numbers are grouped by file (Claude Code, Copilot)", () => {
  expect(textFound("a.py:1:one\na.py-2-beside\n--\nb/c.py:7:two: three", undefined)).toEqual({
    files: [
      {
        path: "a.py",
        hits: [
          { line: 1, text: "one" },
          { line: 2, text: "beside", around: true },
        ],
      },
      { path: "b/c.py", hits: [{ line: 7, text: "two: three" }] },
    ],
    remarks: [],
  });
});

test("files named above their lines (OpenCode, Gemini CLI)", () => {
  const openCode = "Found 2 matches\n/w/a.py:\n  Line 2: return 1\n\n/w/b.py:\n  Line 9: x";
  expect(textFound(openCode, undefined)).toEqual({
    files: [
      { path: "/w/a.py", hits: [{ line: 2, text: "return 1" }] },
      { path: "/w/b.py", hits: [{ line: 9, text: "x" }] },
    ],
    remarks: ["Found 2 matches"],
  });
  const gemini = 'Found 1 match for pattern "x" in path ".":\n---\nFile: a.py\nL2: x = 1\n---';
  expect(textFound(gemini, undefined).files).toEqual([
    { path: "a.py", hits: [{ line: 2, text: "x = 1" }] },
  ]);
});

test("lines of the one file that was searched, counts, and paths alone", () => {
  expect(textFound("2:x = 1", "/w/a.py").files[0]).toEqual({
    path: "/w/a.py",
    hits: [{ line: 2, text: "x = 1" }],
  });
  expect(textFound("a.py:12\nb.py:1", undefined).files).toEqual([
    { path: "a.py", hits: [], count: 12 },
    { path: "b.py", hits: [], count: 1 },
  ]);
  expect(textFound("a.py\nsrc/b.py\n", undefined).files.map(({ path }) => path)).toEqual([
    "a.py",
    "src/b.py",
  ]);
});

test("nothing found is a remark, not a file", () => {
  expect(filesFound("No files found")).toEqual({ files: [], remarks: ["No files found"] });
  expect(textFound("No matches found", undefined).files).toEqual([]);
  expect(textFound("", undefined)).toEqual({ files: [], remarks: [] });
});

test("only the plain words of a pattern are marked, for a pattern is never run", () => {
  const words = (pattern: string) =>
    searchOf(
      anEvent({ metadata: { filePaths: [], subtypeKey: "grep_code", toolInput: { pattern } } }),
    )?.words;
  expect(words("Hello|greet")).toEqual(["Hello", "greet"]);
  expect(words("a\\.b\\(")).toEqual(["a.b("]);
  expect(words("(a+)+$")).toEqual([]);
  expect(words("def \\w+")).toEqual([]);
  expect(words("")).toEqual([]);
});

test("a recorded search", () => {
  const search = searchOf(recordedEvent('claude-code: Search "Hello|greet" in project'));
  expect(search).toMatchObject({ pattern: "Hello|greet", folder: "/home/dev/project" });
  expect(search?.found.files.map(({ path, hits }) => [path, hits.length])).toEqual([
    ["greet.py", 2],
    ["test_greet.py", 2],
  ]);
});
