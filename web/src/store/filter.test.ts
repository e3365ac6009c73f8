import { expect, test } from "vitest";
import { aTask } from "../testing/samples";
import type { Task } from "../wire.gen";
import {
  filterName,
  filterParams,
  filterQuery,
  fits,
  isFiltering,
  NO_FILTER,
  readFilter,
  type TaskFilter,
} from "./filter";

const NOW = Date.parse("2026-11-24T12:00:30.500Z");
const SCOPE = { workspaces: new Map(), start: null };

const filterOf = (search: string) => {
  const params = new URLSearchParams(search);
  return readFilter((name) => params.get(name));
};

test("an address names a filter, and the filter names it back", () => {
  const search = "q=fix+it&state=permission%2Cdone&agent=codex&project=%2Fapp&since=day";
  const filter = filterOf(search);
  expect([...filter.states]).toEqual(["permission", "done"]);
  expect(new URLSearchParams(filterParams(filter) as Record<string, string>).toString()).toBe(
    search,
  );
  expect(isFiltering(filter)).toBe(true);
});

test("words that no filter knows are none", () => {
  const filter = filterOf("state=dreaming,done&since=toString&q=");
  expect(filter).toEqual({ ...NO_FILTER, states: new Set(["done"]) });
  expect(isFiltering(filterOf("since=year&state=x&q=%20"))).toBe(false);
});

test("the order of states and space around the text make no other filter", () => {
  expect(filterName(filterOf("state=done,person&q=a "))).toBe(
    filterName(filterOf("q=a&state=person,done")),
  );
  expect(filterName(filterOf("q=a"))).not.toBe(filterName(filterOf("q=b")));
});

test("the server is asked for a moment in whole minutes", () => {
  expect(filterQuery(filterOf("since=hour&q= a "), NOW)).toEqual({
    q: "a",
    from: "2026-11-24T11:00:00.000Z",
  });
  expect(filterQuery(NO_FILTER, NOW).from).toBeUndefined();
});

const TASK = aTask({
  id: "t-1",
  title: "Fix the greeting",
  runtimeSource: "codex",
  workspacePath: "/home/dev/billing",
  status: "waiting",
  lastActivityAt: "2026-11-24T11:00:00.000Z",
});

test.each<[Partial<TaskFilter>, boolean]>([
  [{}, true],
  [{ text: "billing GREETING codex" }, true],
  [{ text: "dev/billing t-1" }, true],
  [{ text: "billing absent" }, false],
  [{ text: "billingcodex" }, false],
  [{ states: new Set(["person", "done"]) }, true],
  [{ states: new Set(["done"]) }, false],
  [{ agent: "codex" }, true],
  [{ agent: "claude-code, codex" }, true],
  [{ agent: "unknown" }, false],
  [{ project: "/home/dev/billing" }, true],
  [{ project: "/home/dev" }, false],
])("%j", (filter, wanted) => {
  expect(fits(TASK, { ...NO_FILTER, ...filter }, SCOPE)).toBe(wanted);
});

test("an agent that is not told is unknown, a project is more than its folder", () => {
  const plain: Task = aTask();
  expect(fits(plain, { ...NO_FILTER, agent: "unknown" }, SCOPE)).toBe(true);
  const tree = { path: "/home/dev/billing", project: "/home/dev/all", name: "all", tasks: 1 };
  const workspaces = new Map([[tree.path, tree]]);
  const project = { ...NO_FILTER, project: "/home/dev/all" };
  expect(fits(TASK, project, { ...SCOPE, workspaces })).toBe(true);
});

test("what happened at the first moment of the time still fits", () => {
  const since = (start: string) => fits(TASK, { ...NO_FILTER, since: "hour" }, { ...SCOPE, start });
  expect(since("2026-11-24T11:00:00.000Z")).toBe(true);
  expect(since("2026-11-24T11:00:00.001Z")).toBe(false);
});
