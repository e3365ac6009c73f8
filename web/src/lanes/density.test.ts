import { expect, test } from "vitest";
import { anEvent } from "../testing/samples";
import type { Lane } from "../wire.gen";
import { densityOf } from "./density";

const at = (ms: number, lane: Lane) =>
  anEvent({ id: `${ms}`, lane, createdAt: new Date(ms).toISOString() });

test("events are counted by lane and slice, the last moment with them", () => {
  const events = [at(0, "user"), at(10, "user"), at(60, "exploration"), at(100, "user")];
  const { counts, most } = densityOf(events, { from: 0, to: 100 }, 2);
  expect(counts[0]).toEqual([2, 1]);
  expect(counts[1]).toEqual([0, 1]);
  expect(most).toBe(2);
});

test("what is outside, or in no lane, is not counted", () => {
  const strange = at(10, "dreams" as Lane);
  const { most } = densityOf([strange, at(500, "user")], { from: 0, to: 100 }, 4);
  expect(most).toBe(0);
});
