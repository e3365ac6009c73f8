import { expect, test } from "vitest";
import { anEvent, aTask } from "../testing/samples";
import type { Event, Task } from "../wire.gen";
import type { Row } from "./row";
import { type Look, type Part, timelineRows } from "./rows";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 12, minute)).toISOString();

const read = (id: string, minute = 1, over: Partial<Event> = {}) =>
  anEvent({ id, createdAt: at(minute), ...over });
const prompt = (id: string, minute = 0) =>
  anEvent({ id, kind: "user.message", lane: "user", createdAt: at(minute), title: `Do ${id}` });
const edit = (id: string, minute = 1) =>
  anEvent({ id, lane: "implementation", createdAt: at(minute), title: "Edit greet.py" });

const LOOK: Look = { only: new Set(), folds: new Map(), selected: null, inside: () => null };

function rows(events: Event[], look: Partial<Look> = {}, part: Partial<Part> = {}): string[] {
  const whole = { events, children: [], earlier: false, ...part };
  return timelineRows(whole, { ...LOOK, ...look }).map(told);
}

function told(row: Row): string {
  const head = `${"  ".repeat(row.depth)}${row.key}`;
  if (row.kind === "group") return `${head}: ${row.label}`;
  return row.kind === "event" && row.turn && !row.turn.open
    ? `${head} (${row.turn.sum.rows})`
    : head;
}

test("each event has a row, and a prompt that is folded holds its turn", () => {
  const events = [prompt("p1"), edit("a"), prompt("p2", 2), edit("b", 3)];
  expect(rows(events)).toEqual(["p1", "a", "p2", "b"]);
  expect(rows(events, { folds: new Map([["p1", false]]) })).toEqual(["p1 (2)", "p2", "b"]);
});

test("a prompt without anything after it cannot be folded", () => {
  const [row] = timelineRows({ events: [prompt("p")], children: [], earlier: false }, LOOK);
  expect(row).toMatchObject({ kind: "event", turn: null });
});

test("four small steps in a row become one, which opens", () => {
  const steps = ["r1", "r2", "r3"].map((id) => read(id));
  expect(rows([...steps, edit("e")])).toEqual(["r1", "r2", "r3", "e"]);
  const events = [...steps, read("r4", 2, { metadata: { subtypeKey: "grep_code" } }), edit("e", 3)];
  expect(rows(events)).toEqual(["group r1: 3 steps, 1 search", "e"]);
  expect(rows(events, { folds: new Map([["group r1", true]]) })).toEqual([
    "group r1: 3 steps, 1 search",
    "r1",
    "r2",
    "r3",
    "r4",
    "e",
  ]);
});

test("a step that failed is never folded away", () => {
  const failed = read("bad", 1, { metadata: { toolStatus: "failed" } });
  const events = [read("r1"), read("r2"), failed, read("r3"), read("r4")];
  expect(rows(events)).toEqual(["r1", "r2", "bad", "r3", "r4"]);
});

test("what is selected is shown, whatever is folded", () => {
  const events = [prompt("p"), ...["r1", "r2", "r3", "r4"].map((id) => read(id))];
  const folds = new Map([["p", false]]);
  expect(rows(events, { folds, selected: "r3" })).toContain("r3");
});

test("a change of a file is told in the row of the call that made it", () => {
  const change = anEvent({ id: "f", kind: "file.changed", metadata: { sourceEventId: "a" } });
  const [row, ...rest] = timelineRows(
    { events: [edit("a"), change], children: [], earlier: false },
    LOOK,
  );
  expect(row).toMatchObject({ key: "a", changed: 1 });
  expect(rest).toEqual([]);
  expect(rows([change])).toEqual(["f"]);
  expect(rows([edit("a"), change], { selected: "f" })).toEqual(["a", "f"]);
});

const delegation = (id: string, minute: number) =>
  anEvent({
    id,
    lane: "coordination",
    kind: "agent.activity.logged",
    title: "Find the text",
    createdAt: at(minute),
    metadata: { activityType: "delegation", agentName: "Explore" },
  });
const child = (id: string, minute: number, over: Partial<Task> = {}) =>
  aTask({ id, createdAt: at(minute), title: "Explore: Find the text", ...over });

test("a subagent stands after the call that started it, and opens in place", () => {
  const events = [prompt("p"), delegation("d", 1), edit("e", 1)];
  const children = [child("c", 1)];
  expect(rows(events, {}, { children })).toEqual(["p", "d", "task c", "e"]);
  const inside = () => ({ events: [read("x")], children: [], earlier: false });
  const folds = new Map([["task c", true]]);
  expect(rows(events, { folds, inside }, { children })).toEqual(["p", "d", "task c", "  x", "e"]);
});

test("two subagents of one name stand each after its own call", () => {
  const events = [delegation("d1", 1), edit("e", 2), delegation("d2", 3)];
  const children = [child("c1", 1), child("c2", 3)];
  expect(rows(events, {}, { children })).toEqual(["d1", "task c1", "e", "d2", "task c2"]);
});

test("a subagent that no call names stands where it began; before the loaded part it does not", () => {
  const events = [edit("a", 1), edit("b", 3)];
  const children = [child("early", 0, { title: "x" }), child("mid", 2, { title: "y" })];
  expect(rows(events, {}, { children })).toEqual(["task early", "a", "task mid", "b"]);
  expect(rows(events, {}, { children, earlier: true })).toEqual([
    "earlier 0",
    "a",
    "task mid",
    "b",
  ]);
});

test("only the chosen lanes are shown", () => {
  expect(rows([prompt("p"), edit("e")], { only: new Set(["user"] as const) })).toEqual(["p"]);
});

test("a new day of the reader is told, the first one is not", () => {
  const next = edit("b", 60 * 24);
  expect(rows([edit("a"), next])).toEqual(["a", "day b", "b"]);
});
