import { expect, test } from "vitest";
import { faviconWith } from "./favicon";

const drawn = (count: number) => {
  const text = decodeURIComponent(faviconWith(count).replace("data:image/svg+xml,", ""));
  return new DOMParser().parseFromString(text, "image/svg+xml");
};
const number = (count: number) => drawn(count).querySelector("text")?.textContent;

test("the picture of the tab says how many need a person", () => {
  expect([0, 1, 9, 10, 400].map(number)).toEqual([undefined, "1", "9", "9+", "9+"]);
  expect(drawn(3).querySelector("parsererror")).toBeNull();
});
