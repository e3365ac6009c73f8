import { expect, test } from "vitest";
import { parseFrame } from "./parse";

const frame = (value: unknown) => parseFrame(JSON.stringify(value));

test("reads a known frame", () => {
  const message = { type: "task.deleted", payload: { taskId: "t" } };
  expect(frame(message)).toEqual(message);
});

test("keeps sibling fields of a newer server", () => {
  expect(frame({ type: "bookmark.deleted", payload: { bookmarkId: "b" }, seq: 7 })).not.toBeNull();
});

test.each([
  ["no text", new ArrayBuffer(2)],
  ["no JSON", "{"],
  ["no object", "[]"],
  ["null", "null"],
  ["unknown type", '{"type":"task.exploded","payload":{}}'],
  ["inherited name", '{"type":"toString","payload":{}}'],
  ["no payload", '{"type":"task.deleted"}'],
  ["payload of another shape", '{"type":"task.deleted","payload":{"taskId":5}}'],
  ["list missing", '{"type":"snapshot","payload":{"stats":{},"tasks":{}}}'],
])("ignores a frame with %s", (_, data) => {
  expect(parseFrame(data)).toBeNull();
});
