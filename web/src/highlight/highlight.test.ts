import { expect, test } from "vitest";
import { highlighted, LONGEST } from "./highlight";
import { languageNamed, languageOf } from "./languages";

test.each([
  ["/w/greet.py", "python"],
  ["src/App.tsx", "typescript"],
  ["C:\\code\\Main.java", "java"],
  ["Dockerfile", "dockerfile"],
  ["/w/Makefile", "makefile"],
  ["Cargo.toml", "ini"],
  [".bashrc", "bash"],
  ["LICENSE", null],
  ["archive.tar.xyz", null],
  ["constructor", null],
])("%s is %s", (path, language) => {
  expect(languageOf(path)).toBe(language);
});

test("a fence is named in many ways", () => {
  expect(languageNamed("Shell")).toBe("bash");
  expect(languageNamed("mermaid")).toBeNull();
});

test("words get their kinds, line by line, and no character is lost", async () => {
  const code = 'def greet(name):\n    """Says\n    hello"""\n    return 1  # <b>\n';
  const lines = await highlighted(code, "python");
  expect(lines?.map((line) => line.map(({ text }) => text).join("")).join("\n")).toBe(code);
  expect(lines?.[0]).toContainEqual({ text: "def", kind: "keyword" });
  expect(lines?.[2]).toEqual([{ text: '    hello"""', kind: "string" }]);
  expect(lines?.[3]).toContainEqual({ text: "# <b>", kind: "comment" });
});

test("what is inside of a string has its colour, unless it has one of its own", async () => {
  const [line] = (await highlighted('f"a {name + 1}"', "python")) ?? [];
  expect(line).toContainEqual({ text: "1", kind: "number" });
  expect(line?.find(({ text }) => text.includes("name"))?.kind).toBe("string");
});

test("a very long text stays plain", async () => {
  expect(await highlighted("x".repeat(LONGEST + 1), "python")).toBeNull();
});
