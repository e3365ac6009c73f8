import { expect, test } from "vitest";
import { anHour, aToolDay, aUse } from "../testing/history";
import { byAgent, byModel, byProject } from "./breakdown";
import { costDetails, costText } from "./cost";
import { figuresOf } from "./figures";
import { columnsOf, PANELS, type Panel, panelChange } from "./panels";
import type { Span } from "./span";
import { isNothing, NOTHING } from "./sums";
import { byTool } from "./tools";

const at = (text: string) => Date.parse(`2026-11-${text}:00:00.000Z`);
const hour = (text: string) => `2026-11-${text}:00:00.000Z`;

/** Two days of UTC and the one to come; it is the second one, at 12:30. */
const SPAN: Span = {
  period: "7d",
  slots: [24, 25, 26].map((day) => ({
    from: at(`${day}T00`),
    to: at(`${day + 1}T00`),
    isFuture: day === 26,
  })),
  before: { from: at("22T00"), to: at("23T12") },
  now: at("25T12") + 30 * 60_000,
};
const panel = (key: string) => PANELS.find((one) => one.key === key) as Panel;
const none = { hours: [], usage: [], tools: [] };

test("hours are summed by slot, gaps are nothing, and the future is left open", () => {
  const hours = [
    anHour({ hour: hour("25T00"), tasks: 1, toolCalls: 2, commands: 3, activeMs: 60_000 }),
    anHour({ hour: hour("25T12"), tasks: 1, agent: "codex" }),
  ];
  const { slots, total } = figuresOf({ ...none, hours }, SPAN);
  expect(slots.map((sums) => sums?.tasks ?? null)).toEqual([0, 2, null]);
  expect(total).toMatchObject({ tasks: 2, calls: 5, activeMs: 60_000 });
});

test("the time before counts up to the same time of day, and what is older not at all", () => {
  const days = ["21T23", "22T00", "23T11", "23T12", "23T23"];
  const hours = days.map((text) => anHour({ hour: hour(text), tasks: 1 }));
  const { total, before } = figuresOf({ ...none, hours }, SPAN);
  expect(before.tasks).toBe(2);
  expect(isNothing(total)).toBe(true);
});

test("what claims to be of the future or of no time is not counted", () => {
  const hours = ["2026-11-25T13:00:00.000Z", "soon"].map((text) =>
    anHour({ hour: text, tasks: 1 }),
  );
  expect(figuresOf({ ...none, hours }, SPAN).total.tasks).toBe(0);
});

test("a price that nobody knows is no price of nothing", () => {
  const usage = [
    aUse({ inputTokens: 100, outputTokens: 20 }),
    aUse({ inputTokens: 10, costMicros: 2_000_000, reportedCostMicros: 500_000 }),
  ];
  const { total } = figuresOf({ ...none, usage }, SPAN);
  expect(total.unpriced).toBe(120);
  expect(costText(total)).toBe("≥ $2.00");
  expect(costDetails(total)).toBe(
    "$0.50 as agents report it.\n$1.50 is our estimate, by list prices.\nNo price is known for 120 tokens.",
  );
});

test.each([
  [{ costMicros: 1_000_000, reportedMicros: 1_000_000 }, "$1.00"],
  [{ costMicros: 1_000_000, reportedMicros: 0 }, "≈ $1.00"],
  [{ unpriced: 7 }, "unpriced"],
  [{}, "–"],
  [{ requests: 1 }, "$0.00"],
])("the cost of %j reads %s", (some, text) => {
  expect(costText({ ...NOTHING, ...some })).toBe(text);
});

test("parts stand on each other under a round top", () => {
  const hours = [anHour({ toolCalls: 40, commands: 6, failures: 5 })];
  const { heights, top } = columnsOf(panel("calls"), figuresOf({ ...none, hours }, SPAN));
  expect(heights).toEqual([
    [0, 5, null],
    [0, 46, null],
  ]);
  expect(top).toBe(50);
});

test("two costs are compared only where all prices are known", () => {
  const [before, now] = [hour("22T00"), hour("25T00")];
  const usage = [
    aUse({ hour: before, inputTokens: 1, costMicros: 1_000 }),
    aUse({ hour: now, inputTokens: 2, costMicros: 2_000 }),
  ];
  const known = figuresOf({ ...none, usage }, SPAN);
  expect(panelChange(panel("cost"), known)).toBe("+100%");
  const unknown = aUse({ hour: now, inputTokens: 9 });
  const partly = figuresOf({ ...none, usage: [...usage, unknown] }, SPAN);
  expect(panelChange(panel("cost"), partly)).toBeNull();
  expect(panelChange(panel("tokens"), partly)).toBe("×11");
});

test("rows are by agent, model and project, of the span alone", () => {
  const hours = [
    anHour({ tasks: 1, workspace: "/home/dev/shop" }),
    anHour({ tasks: 2, workspace: "/home/dev/shop-fix", agent: "codex" }),
    anHour({ tasks: 4, agent: "" }),
    anHour({ tasks: 8, hour: hour("22T00") }),
  ];
  const usage = [aUse({ outputTokens: 3 }), aUse({ model: "", outputTokens: 5 })];
  const history = { ...none, hours, usage };
  const shop = { project: "/home/dev/shop", name: "shop", tasks: 1 };
  const workspaces = new Map(
    ["/home/dev/shop", "/home/dev/shop-fix"].map((path) => [path, { path, ...shop }]),
  );
  expect(byAgent(history, SPAN).map(({ key, sums }) => [key, sums.tasks, sums.output])).toEqual([
    ["claude-code", 1, 8],
    ["codex", 2, 0],
    ["unknown", 4, 0],
  ]);
  expect(byModel(history, SPAN).map(({ key, sums }) => [key, sums.output])).toEqual([
    ["opus", 3],
    ["unknown", 5],
  ]);
  const named = byProject(history, SPAN, workspaces);
  expect(named.map(({ key, name, sums }) => [key, name, sums.tasks])).toEqual([
    ["/home/dev/shop", "shop", 3],
    ["", "No folder", 4],
  ]);
  const unnamed = byProject(history, SPAN, new Map());
  expect(unnamed.map(({ key, name }) => [key, name])).toContainEqual([
    "/home/dev/shop-fix",
    "shop-fix",
  ]);
});

test("tools are summed over agents and days, and a mean needs times", () => {
  const tools = [
    aToolDay({ calls: 3, failures: 1 }),
    aToolDay({ agent: "codex", day: "2026-11-24T00:00:00.000Z", calls: 1 }),
    aToolDay({ tool: "Read", calls: 4, durationMs: 200 }),
    aToolDay({ day: "2026-11-23", calls: 100 }),
  ];
  expect(byTool({ ...none, tools }, SPAN)).toEqual([
    { key: "Bash", name: "Bash", calls: 4, failures: 1, meanMs: null },
    { key: "Read", name: "Read", calls: 4, failures: 0, meanMs: 50 },
  ]);
});
