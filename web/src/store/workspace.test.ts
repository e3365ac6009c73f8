import { expect, test } from "vitest";
import {
  hasUnknownFolder,
  homeName,
  homeOf,
  projectOf,
  projectsIn,
  type Workspace,
} from "./workspace";

const workspace = (path: string, over: Partial<Workspace> = {}): [string, Workspace] => [
  path,
  { path, project: "/app", name: "app", tasks: 1, ...over },
];
const known = new Map([
  workspace("/app"),
  workspace("/app/sub"),
  workspace("/trees/x", { worktree: "x" }),
  workspace("/b", { project: "/b", name: "Bee" }),
]);

test("folders of a project are one, its worktrees stand by themselves", () => {
  const at = (workspacePath: string) => homeOf({ workspacePath }, known).key;
  expect(at("/app/sub")).toBe(at("/app"));
  expect(at("/trees/x")).not.toBe(at("/app"));
  expect(homeName({ workspacePath: "/trees/x" }, known)).toBe("app · x");
  expect(projectOf({ workspacePath: "/trees/x" }, known)).toBe("/app");
});

test("a folder of which nothing is known stands for itself", () => {
  expect(homeOf({ workspacePath: "/home/dev/new" }, known).name).toBe("new");
  expect(projectOf({ workspacePath: "/home/dev/new" }, known)).toBe("/home/dev/new");
  expect(hasUnknownFolder([{ workspacePath: "/home/dev/new" }], known)).toBe(true);
  expect(hasUnknownFolder([{ workspacePath: "/b" }, {}], known)).toBe(false);
  expect([homeName({}, known), projectOf({}, known)]).toEqual(["", null]);
});

test("projects are chosen by name", () => {
  expect(projectsIn(known).map(({ name }) => name)).toEqual(["app", "Bee"]);
});
