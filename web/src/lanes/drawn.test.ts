import { expect, test } from "vitest";
import { anEvent } from "../testing/samples";
import { drawnOf } from "./drawn";
import { itemsOf, type LaneItem } from "./items";

const point = (id: string, at: number, kind: "tool.used" | "task.error" = "tool.used") =>
  anEvent({ id, kind, createdAt: new Date(at).toISOString() });

const sight = { span: { from: 1_000, to: 2_000 }, width: 100, now: 2_000 };
const isFailed = (item: LaneItem) => item.failed;
const ids = (events: Parameters<typeof itemsOf>[0]) =>
  drawnOf(itemsOf(events), sight, isFailed).map(({ item }) => item.event.id);

test("only what is in view is drawn", () => {
  expect(ids([point("before", 0), point("in", 1_500), point("after", 2_001)])).toEqual(["in"]);
});

test("a call that began before the view and still runs is in it", () => {
  const running = anEvent({
    id: "running",
    createdAt: new Date(0).toISOString(),
    metadata: { toolStatus: "running" },
  });
  const [drawn] = drawnOf(itemsOf([running]), sight, () => false);
  expect([drawn?.left, drawn?.right]).toEqual([-100, 100]);
});

test("what cannot be told apart is one, and a failure always stands alone and on top", () => {
  const crowd = [0, 20, 60, 100].map((ms) => point(`p${ms}`, 1_200 + ms));
  const bad = point("bad", 1_240, "task.error");
  const drawn = drawnOf(itemsOf([...crowd, bad, point("far", 1_600)]), sight, isFailed);
  expect(drawn.map(({ item, left, right, count }) => [item.event.id, left, right, count])).toEqual([
    ["p0", 20, 35, 4],
    ["far", 60, 65, 1],
    ["bad", 24, 29, 1],
  ]);
});

test("a bar that can be seen is no part of a crowd", () => {
  const long = anEvent({
    id: "long",
    createdAt: new Date(1_200).toISOString(),
    metadata: { toolStatus: "completed", durationMs: 200 },
  });
  expect(ids([long, point("after", 1_400)])).toEqual(["long", "after"]);
});
