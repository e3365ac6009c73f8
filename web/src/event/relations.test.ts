import { expect, test } from "vitest";
import { anEvent } from "../testing/samples";
import type { Event } from "../wire.gen";
import { relationsOf, sameFiles } from "./relations";

let second = 0;
function made(id: string, metadata: Record<string, unknown> = {}, over: Partial<Event> = {}) {
  second += 1;
  const createdAt = new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
  return anEvent({ id, metadata: { filePaths: [], ...metadata }, createdAt, ...over });
}
const brief = (event: Event, events: readonly Event[]) =>
  relationsOf(event, events).map(({ word, id }) => `${word}: ${id}`);

test("an event that names others, and those that name it", () => {
  const prompt = made("prompt", { promptId: "p1" }, { kind: "user.message" });
  const call = made("call", {
    promptId: "p1",
    parentEventId: "prompt",
    relatedEventIds: ["far", 7],
  });
  const change = made("change", { sourceEventId: "call" }, { kind: "file.changed" });
  const events = [prompt, call, change];
  expect(brief(call, events)).toEqual(["Part of: prompt", "Led to: change", "Related: far"]);
  expect(brief(change, events)).toEqual(["Caused by: call", "Prompt: prompt"]);
  expect(brief(prompt, events)).toEqual([]);
  expect(relationsOf(call, events).at(-1)?.event).toBeUndefined();
});

test("without ids, the prompt is the one before it in the same session", () => {
  const other = made("other", {}, { kind: "user.message", sessionId: "s1" });
  const first = made("first", {}, { kind: "user.message", sessionId: "s2" });
  const call = made("call", {}, { sessionId: "s2" });
  const next = made("next", {}, { kind: "user.message", sessionId: "s2" });
  expect(brief(call, [other, first, call, next])).toEqual(["Prompt: first"]);
  expect(brief(call, [other, call])).toEqual([]);
});

test("a call and the permission for it find each other, the nearest of equal ones", () => {
  const about = { toolName: "Bash", toolInput: { command: "ls" } };
  const asked = { ...about, questionId: "permission:1" };
  const early = made("early", about);
  const question = (id: string) => made(id, asked, { kind: "question.logged" });
  const firstAsk = question("ask 1");
  const gap = Array.from({ length: 30 }, (_, i) => made(`gap ${i}`));
  const late = made("late", about);
  const lastAsk = question("ask 2");
  const other = made("other", { toolName: "Bash", toolInput: { command: "rm" } });
  const events = [early, firstAsk, ...gap, late, lastAsk, other];
  expect(brief(late, events)).toEqual(["Permission: ask 2"]);
  expect(brief(firstAsk, events)).toEqual(["Asked for: early"]);
  expect(brief(other, events)).toEqual([]);
});

test("an id decides where there is one", () => {
  const call = (id: string, toolUseId: string) => made(id, { toolName: "bash", toolUseId });
  const ask = made(
    "ask",
    { toolName: "bash", toolUseId: "2", questionId: "permission:x" },
    { kind: "question.logged" },
  );
  const events = [call("one", "1"), call("two", "2"), ask];
  expect(brief(ask, events)).toEqual(["Asked for: two"]);
});

test("events of the same file, the newest first, without what was derived from them", () => {
  const events = [
    made("read", { filePaths: ["/a", "/b"] }),
    made("edit", { filePaths: ["/a"] }),
    made("changed", { filePaths: ["/a"], sourceEventId: "edit" }),
    made("again", { filePaths: ["/a"] }),
  ];
  const shown = sameFiles(events[0] as Event, events).map(({ path, events }) => [
    path,
    events.map(({ id }) => id),
  ]);
  expect(shown).toEqual([["/a", ["again", "edit"]]]);
});
