import { expect, test } from "vitest";
import { detailWith } from "../testing/samples";
import { trimmed } from "./trim";

const ids = (count: number) => Array.from({ length: count }, (_, index) => `e${index}`);

test("a timeline within its bounds is left alone", () => {
  expect(trimmed(detailWith(ids(5)), { most: 5, kept: 3 })).toBeNull();
});

test("a timeline that grew too long keeps its newest rows and says where the earlier ones end", () => {
  const cut = trimmed(detailWith(ids(6)), { most: 5, kept: 3 });
  expect(cut?.detail.events.order).toEqual(["e3", "e4", "e5"]);
  expect([...(cut?.detail.events.byId.keys() ?? [])]).toEqual(["e3", "e4", "e5"]);
  expect(cut?.detail.before).toBe("event:e3");
  expect(cut?.dropped).toEqual(["e0", "e1", "e2"]);
});
