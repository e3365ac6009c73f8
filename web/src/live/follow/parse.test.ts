import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { anEvent } from "../../testing/samples";
import { parseFollow } from "./parse";

const frames = "../spec/wire/frames";
const parse = (frame: unknown) => parseFollow(JSON.stringify(frame));
const changes = (rows: unknown) => ({
  type: "changes",
  topic: "task:task",
  seq: 5,
  prev: 4,
  payload: { rows },
});

test.each(readdirSync(frames))("the example %s is understood whole", (name) => {
  const frame = JSON.parse(readFileSync(`${frames}/${name}`, "utf8"));
  expect(parse(frame)).toEqual({ frame, dropped: 0 });
});

test.each([
  ["no JSON", "{"],
  ["no frame", "[]"],
  ["an unknown type", JSON.stringify({ type: "toString", payload: {} })],
  ["no topic", JSON.stringify({ type: "progress", seq: 5, prev: 4, payload: {} })],
  ["a number that is none", JSON.stringify({ ...changes([]), seq: "5" })],
  ["a broken number", JSON.stringify({ ...changes([]), prev: 0.5 })],
  ["rows that are none", JSON.stringify(changes({}))],
  ["figures without figures", JSON.stringify({ type: "figures", topic: "overview", seq: 1 })],
  ["bytes", new ArrayBuffer(2)],
])("%s is no frame", (_, data) => {
  expect(parseFollow(data)).toBeNull();
});

test("rows that make no sense are left out of a frame that counts all the same", () => {
  const row = anEvent({ id: "e" });
  const good = { kind: "event", id: "e", seq: 5, row };
  const gone = { kind: "event", id: "f", seq: 5 };
  const bad = [
    { ...good, kind: "other" },
    { ...good, id: "another" },
    { ...good, seq: -1 },
    { ...good, row: { id: "e" } },
    null,
  ];
  const parsed = parse(changes([...bad, good, gone]));
  expect(parsed?.dropped).toBe(bad.length);
  expect(parsed?.frame).toEqual(changes([good, gone]));
});
