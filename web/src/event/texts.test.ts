import { expect, test } from "vitest";
import { anEvent } from "../testing/samples";
import { isBeginning, textAt } from "./texts";

test("a text is found by its place", () => {
  const metadata = { filePaths: [], output: "o", toolInput: { content: "c", lines: 3 } };
  const event = anEvent({ body: "b", metadata });
  expect(["body", "title", "output", "toolInput.content"].map((at) => textAt(event, at))).toEqual([
    "b",
    "Read greet.py",
    "o",
    "c",
  ]);
  for (const nowhere of [
    "toolInput.lines",
    "toolInput",
    "x.y",
    "constructor.name",
    "output.length",
  ]) {
    expect(textAt(event, nowhere)).toBeUndefined();
  }
});

test("a text that is as long as it may be is a beginning", () => {
  const cut = anEvent({ metadata: { filePaths: [], cutAt: 10 } });
  expect(isBeginning(cut, "0123456789")).toBe(true);
  expect(isBeginning(cut, "ééé€")).toBe(true);
  expect(isBeginning(cut, "01234")).toBe(false);
  expect(isBeginning(anEvent(), "x".repeat(100_000))).toBe(false);
});
