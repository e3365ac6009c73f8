import { expect, test } from "vitest";
import { anEvent } from "../testing/samples";
import { changesOf, todosBefore } from "./todoHistory";

const brief = (todos: ReturnType<typeof changesOf>) =>
  todos.map(({ text, state, moved, before }) => `${text} ${state}${moved ? ` < ${before}` : ""}`);

const move = (id: string, metadata: Record<string, unknown>) =>
  anEvent({ id, kind: "todo.logged", metadata: { filePaths: [], ...metadata } });

test("a list says what is new in it and what moved", () => {
  const first = [
    { text: "find", state: "doing" },
    { text: "fix", state: "open" },
  ] as const;
  const before = changesOf([], { list: first });
  expect(brief(before)).toEqual(["find doing", "fix open"]);
  const after = changesOf(before, {
    list: [
      { text: "find", state: "done" },
      { text: "fix", state: "open" },
      { text: "tell", state: "open" },
    ],
  });
  expect(brief(after)).toEqual(["find done < doing", "fix open", "tell open < undefined"]);
});

test("single moves add up to a list, and what was refused does not count", () => {
  const added = (id: string, title: string) =>
    move(`add ${id}`, { todoId: id, todoState: "added", todoTitle: title });
  const started = move("start", { todoId: "1", todoState: "in_progress" });
  const toolInput = { todos: [{ content: "never", status: "pending" }] };
  const refused = move("refused", { toolInput, toolStatus: "refused" });
  const events = [added("1", "find"), added("2", "fix"), refused, started];
  expect(todosBefore(events, started).map(({ text, state }) => [text, state])).toEqual([
    ["find", "open"],
    ["fix", "open"],
  ]);
  const after = changesOf(todosBefore(events, started), { item: { id: "1", state: "doing" } });
  expect(brief(after)).toEqual(["find doing < open", "fix open"]);
});

test("an event that is not loaded has nothing before it", () => {
  expect(todosBefore([], move("x", {}))).toEqual([]);
});
