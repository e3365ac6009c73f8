import { expect, test } from "vitest";
import { anEvent } from "../testing/samples";
import type { Event, Lane } from "../wire.gen";
import { boxAt, edgesOf } from "./hit";
import { itemsOf } from "./items";
import { connectorsOf } from "./relations";
import { topOf, tracksOf } from "./tracks";

const call = (id: string, at: number, ms: number | null, over: Partial<Event> = {}) =>
  anEvent({
    id,
    createdAt: new Date(at).toISOString(),
    metadata: ms === null ? { toolStatus: "running" } : { toolStatus: "completed", durationMs: ms },
    ...over,
  });

test("calls that overlap stand in rows of their own, as long as there are some", () => {
  const items = itemsOf([0, 1, 2, 3].map((at) => call(`c${at}`, at, 100)));
  expect(items.map(({ row }) => row)).toEqual([0, 1, 2, 2]);
  expect(itemsOf([call("a", 0, 10), call("b", 10, 10)]).map(({ row }) => row)).toEqual([0, 0]);
});

test("a call that runs has no end, and what is in no lane is left out", () => {
  const [running, ...rest] = itemsOf([
    call("a", 0, null),
    call("b", 0, 1, { lane: "dreams" as Lane }),
  ]);
  expect(running?.to).toBe(Number.POSITIVE_INFINITY);
  expect(rest).toEqual([]);
});

test("what is under a point is found, also where it is too short to be seen", () => {
  const items = itemsOf([call("long", 0, 500), call("short", 800, 0)]);
  const view = { span: { from: 0, to: 1_000 }, width: 100, now: 1_000, tracks: tracksOf(items) };
  const y = topOf(view.tracks, { lane: 1, row: 0 }) + 4;
  expect(boxAt(items, { x: 20, y }, view)?.event.id).toBe("long");
  expect(boxAt(items, { x: 83, y }, view)?.event.id).toBe("short");
  expect(boxAt(items, { x: 95, y }, view)).toBeNull();
  expect(boxAt(items, { x: 20, y: y + 40 }, view)).toBeNull();
  const [first] = itemsOf([call("now", 200, null)]);
  expect(first && edgesOf(first, { ...view, now: 700 })).toEqual([20, 70]);
});

test("an event is connected with what it names and with what names it", () => {
  const items = itemsOf([
    call("a", 0, 1),
    call("b", 10, 1, { metadata: { parentEventId: "a" } }),
    call("c", 20, 1, { metadata: { relatedEventIds: ["b"] } }),
  ]);
  const ids = connectorsOf(items, [], "b").map(
    ([from]) => items.find((item) => item === from)?.event.id,
  );
  expect(ids).toEqual(["a", "c"]);
  expect(connectorsOf(items, [], null)).toEqual([]);
});
