import { expect, test } from "vitest";
import { aTask } from "../testing/samples";
import { applyTasks } from "./apply";
import { familyOf, nest } from "./family";
import { INITIAL } from "./state";

const tasks = [
  aTask({ id: "b", title: "Second", status: "completed" }),
  aTask({ id: "a2", title: "Grandchild", parentTaskId: "a1", status: "errored" }),
  aTask({ id: "a", title: "First" }),
  aTask({ id: "a1", title: "Child", parentTaskId: "a" }),
  aTask({ id: "x", title: "Orphan", parentTaskId: "not loaded" }),
];

const shape = (rows: ReturnType<typeof nest>) => rows.map(({ task, depth }) => [task.id, depth]);

test("children stand under their parents, orphans as roots, in the given order", () => {
  expect(shape(nest(tasks))).toEqual([
    ["b", 0],
    ["a", 0],
    ["a1", 1],
    ["a2", 2],
    ["x", 0],
  ]);
});

test("a task's family is it and all below it", () => {
  const state = applyTasks(INITIAL, { tasks });
  expect([...familyOf(state, "a")]).toEqual(["a", "a1", "a2"]);
  expect([...familyOf(state, null)]).toEqual([]);
});
