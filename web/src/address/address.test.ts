import { expect, test } from "vitest";
import { pageAddress, readAddress, taskAddress, taskIdIn, withParams } from "./address";

const SEARCH = "?q=build&state=failed&view=lanes&event=e1&at=2026-01-02T03:04:05.000Z";

test("an address tells the task, its event, the look and the moment", () => {
  const address = readAddress("/tasks/t%3A1", SEARCH);
  expect(address).toMatchObject({ taskId: "t:1", eventId: "e1", view: "lanes" });
  expect(address.at).toBe("2026-01-02T03:04:05.000Z");
  expect(address.get("q")).toBe("build");
  expect(readAddress("/", "?at=yesterday&view=none")).toMatchObject({ at: null, view: "list" });
});

test("another task keeps the list and the look, and leaves event and moment behind", () => {
  expect(taskAddress("a b", SEARCH)).toBe("/tasks/a%20b?q=build&state=failed&view=lanes");
  expect(taskAddress("b", SEARCH, { event: "e2" })).toBe(
    "/tasks/b?q=build&state=failed&view=lanes&event=e2",
  );
});

test("another page keeps the list alone", () => {
  expect(pageAddress("/board", SEARCH)).toBe("/board?q=build&state=failed");
  expect(pageAddress("/", "")).toBe("/");
});

test("parameters are set and taken away in place", () => {
  const address = readAddress("/tasks/a", "?event=e&q=x");
  expect(withParams(address, "?event=e&q=x", { event: null, view: "lanes" })).toBe(
    "/tasks/a?q=x&view=lanes",
  );
});

test("a path with a broken escape is taken as it is", () => {
  expect(taskIdIn("/tasks/a%zz")).toBe("a%zz");
  expect(taskIdIn("/tasks/a%3Ab/")).toBe("a:b");
  expect(taskIdIn("/bookmarks")).toBeNull();
});
