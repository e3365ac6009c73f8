import { expect, test } from "vitest";
import { aTask, STATS } from "../testing/samples";
import type { ActivityState, Task } from "../wire.gen";
import { countsOf, countsWithin } from "./counts";
import {
  askingOf,
  groupsOf,
  type Section,
  sectionsByAttention,
  sectionsByProject,
} from "./sections";

const NOW = Date.parse("2026-11-24T12:00:00.000Z");

/** A task that is in its state since so many minutes. */
const task = (id: string, state: ActivityState, minutes: number, over: Partial<Task> = {}) => {
  const since = new Date(NOW - minutes * 60_000).toISOString();
  const ended = { done: "completed", failed: "errored" } as const;
  const status = ended[state as "done"] ?? (state === "working" ? "running" : "waiting");
  return aTask({ id, status, lastActivityAt: since, activity: { state, since }, ...over });
};

const shape = (sections: readonly Section[]) =>
  sections.map(({ key, rows }) => [
    key,
    rows.map((row) => `${">".repeat(row.depth)}${row.task.id}`).join(" "),
  ]);

const TASKS = [
  task("new", "done", 1),
  task("work1", "working", 10),
  task("ask1", "permission", 5),
  task("ask2", "permission", 50),
  task("wait1", "person", 3),
  task("wait2", "person", 3_000),
  task("sub", "working", 4, { parentTaskId: "work1" }),
  task("fail", "failed", 60),
  task("older", "done", 99),
  task("stray", "permission", 2, { parentTaskId: "sub" }),
];

const parentOf = (id: string) => TASKS.find((one) => one.id === id)?.parentTaskId;

test("by what they ask for: who asks longest first, elsewhere the newest", () => {
  const groups = groupsOf(TASKS, NOW);
  const asking = askingOf(groups.permission, parentOf);
  const sections = sectionsByAttention(groups, asking, countsOf(groups, undefined, 500));
  expect(shape(sections)).toEqual([
    ["permission", "ask2 ask1 stray"],
    ["person", "wait1 wait2"],
    ["failed", "fail"],
    ["working", "work1 >sub"],
    ["done", "new older"],
  ]);
  const working = sections[3]?.rows.map((row) => row.asking);
  expect(working).toEqual([1, 1]);
});

test("what happens in a task does not move it", () => {
  const busy = TASKS.map((one) =>
    one.status === "completed" ? one : { ...one, lastActivityAt: new Date(NOW).toISOString() },
  );
  const order = (tasks: Task[]) => {
    const groups = groupsOf(tasks, NOW);
    return shape(sectionsByAttention(groups, new Map(), countsOf(groups, undefined, 500)));
  };
  expect(order(busy.toReversed())).toEqual(order(TASKS));
});

test("a circle of parents ends", () => {
  expect([...askingOf([task("a", "permission", 1, { parentTaskId: "b" })], () => "b")]).toEqual([
    ["b", 1],
  ]);
});

test("by project and worktree, by name, who needs a person first", () => {
  const at = (workspacePath: string) => ({ workspacePath });
  const tasks = [
    task("a", "done", 1, at("/zoo")),
    task("b", "person", 1, at("/zoo")),
    task("c", "working", 1, at("/app/tree")),
    task("d", "working", 1, at("/app")),
  ];
  const homes = {
    "/zoo": { key: "zoo", name: "zoo" },
    "/app": { key: "app", name: "app" },
    "/app/tree": { key: "app/tree", name: "app", worktree: "tree" },
  };
  const sections = sectionsByProject(
    groupsOf(tasks, NOW),
    new Map(),
    ({ workspacePath }) => homes[workspacePath as "/zoo"],
    true,
  );
  expect(shape(sections)).toEqual([
    ["app", "d"],
    ["app/tree", "c"],
    ["zoo", "b a"],
  ]);
  expect(sections.map(({ needing, subtitle }) => [needing, subtitle])).toEqual([
    [0, undefined],
    [0, "tree"],
    [1, undefined],
  ]);
});

test("the counts agree with the server's figures", () => {
  const groups = groupsOf(
    [
      ...TASKS,
      task("old", "failed", 5_000),
      task("broken", "failed", 9_000, { status: "waiting" }),
    ],
    NOW,
  );
  const stats = {
    ...STATS,
    totalTasks: 60,
    runningTasks: 2,
    waitingTasks: 6,
    completedTasks: 50,
    erroredTasks: 2,
  };
  const counts = countsOf(groups, stats, 500);
  expect(counts).toEqual({ permission: 3, person: 2, failed: 1, working: 2, silent: 0, done: 52 });
  expect(Object.values(counts).reduce((sum, one) => sum + one)).toBe(stats.totalTasks);
});

test("where not all open tasks could be read, the figures say how many there are", () => {
  const many = Array.from({ length: 500 }, (_, n) => task(`t${n}`, "working", n));
  const stats = { ...STATS, runningTasks: 700, waitingTasks: 9, completedTasks: 0 };
  expect(countsOf(groupsOf(many, NOW), stats, 500)).toMatchObject({ working: 700, person: 0 });
});

test("of what fits a filter, the rest is done", () => {
  const groups = groupsOf(TASKS, NOW);
  expect(countsWithin(groups, 20).done).toBe(12);
  expect(countsWithin(groups, undefined).done).toBe(2);
});
