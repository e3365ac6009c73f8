import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../../api/errors";
import { anHour, aToolDay, aUse } from "../../testing/history";
import { renderApp } from "../../testing/renderApp";
import { aTask, OBSERVABILITY, STATS } from "../../testing/samples";

// The test's document has no canvas; that columns are drawn is seen in a browser.
vi.mock("../common/chartLibrary", () => ({ useChartLibrary: () => "reading" }));

const NOW = new Date(2026, 10, 25, 12, 30).getTime();
const hour = (daysAgo: number) => {
  const at = new Date(NOW);
  at.setDate(at.getDate() - daysAgo);
  at.setMinutes(0);
  return at.toISOString();
};

beforeEach(() => vi.spyOn(Date, "now").mockReturnValue(NOW));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const ended = aTask({ id: "z", title: "Ended", status: "completed", lastActivityAt: hour(0) });
const tasks = async () => ({ tasks: [ended] });

const history = async () => ({
  hours: [
    anHour({
      hour: hour(0),
      tasks: 2,
      toolCalls: 8,
      commands: 2,
      failures: 1,
      activeMs: 3_600_000,
    }),
    anHour({ hour: hour(1), tasks: 1, agent: "codex", workspace: "/home/dev/shop" }),
    anHour({ hour: hour(8), tasks: 6 }),
  ],
  usage: [
    aUse({ hour: hour(0), inputTokens: 1_000, costMicros: 2_000_000 }),
    aUse({ hour: hour(1), agent: "codex", model: "local", outputTokens: 500 }),
  ],
  tools: [aToolDay({ day: hour(0), calls: 10, failures: 1 })],
});

const period = (name: string) => within(screen.getByRole("region", { name }));
const cells = (table: string) =>
  period(table)
    .getAllByRole("row")
    .map((row) => [...row.children].map((cell) => cell.textContent?.replace(/[↑↓]/, "")));

test("the figures of the last days are said, and held against those before", async () => {
  await renderApp("/", { tasks, history });
  const days = period("Last 7 days");
  expect(days.getByText("against the 7 days before", { exact: false })).toBeTruthy();
  const table = days.getByRole("table", { name: "Last 7 days in numbers" });
  const rows = within(table).getAllByRole("row").slice(-2);
  expect(rows.map((row) => [...row.children].slice(1).map((cell) => cell.textContent))).toEqual([
    ["1", "0 ms", "0", "500", "unpriced"],
    ["2", "1h 00m", "10", "1k", "≈ $2.00"],
  ]);
  const started = days.getByRole("heading", { name: "Tasks started" }).parentElement;
  expect(started?.textContent).toBe("Tasks started3−50%");
  const cost = days.getByRole("heading", { name: "Cost" }).parentElement;
  expect(cost?.textContent).toBe("Cost≥ $2.00");
});

test("they are told by agent, project, model and tool", async () => {
  await renderApp("/", { tasks, history });
  expect(cells("Agents")).toEqual([
    ["Agent", "Tasks", "Active", "Calls", "Failed", "Tokens", "Cost"],
    ["claude-code", "2", "1h 00m", "10", "1", "1k", "≈ $2.00"],
    ["codex", "1", "0", "0", "0", "500", "unpriced"],
  ]);
  expect(cells("Projects").slice(1)).toEqual([
    ["No folder", "2", "1h 00m", "10", "1"],
    ["shop", "1", "0", "0", "0"],
  ]);
  expect(cells("Models").slice(1)).toEqual([
    ["opus", "1", "1k", "0", "≈ $2.00"],
    ["local", "1", "500", "500", "unpriced"],
  ]);
  expect(cells("Tools").slice(1)).toEqual([["Bash", "10", "1", "10%"]]);
});

test("a heading orders its table, and says so", async () => {
  await renderApp("/", { tasks, history });
  const agents = () => cells("Agents").map(([name]) => name);
  const heading = () => period("Agents").getByRole("columnheader", { name: "Agent" });
  fireEvent.click(within(heading()).getByRole("button"));
  expect([heading().ariaSort ?? heading().getAttribute("aria-sort"), agents()]).toEqual([
    "ascending",
    ["Agent", "claude-code", "codex"],
  ]);
  fireEvent.click(within(heading()).getByRole("button"));
  expect(agents()).toEqual(["Agent", "codex", "claude-code"]);
});

test("a row leads to its tasks in the list, once more to all of them; the period stays", async () => {
  const { history: visited } = await renderApp("/?period=30d&q=old", { tasks, history });
  const link = () => period("Agents").getByRole("link", { name: "codex" });
  await act(async () => link().click());
  expect(visited?.at(-1)).toBe("/?period=30d&agent=codex");
  expect(link().getAttribute("aria-current")).toBe("true");
  await act(async () => link().click());
  expect(visited?.at(-1)).toBe("/?period=30d");
  expect(period("Projects").queryByRole("link", { name: "No folder" })).toBeNull();
  await act(async () => period("Projects").getByRole("link", { name: "shop" }).click());
  expect(visited?.at(-1)).toBe(`/?period=30d&project=${encodeURIComponent("/home/dev/shop")}`);
});

test("a list that was put away comes back to show the tasks of a row", async () => {
  await renderApp("/", { tasks, history });
  const pane = () => document.querySelector<HTMLElement>(".app")?.dataset.pane;
  act(() => void fireEvent.keyDown(document.body, { key: "b" }));
  expect(pane()).toBe("hidden");
  await act(async () => period("Agents").getByRole("link", { name: "codex" }).click());
  expect(pane()).toBe("shown");
});

test("arrow keys move the cursor through the days, and it says what is there", async () => {
  await renderApp("/", { tasks, history });
  const slider = screen.getByRole("slider", { name: "Day" });
  expect(slider.getAttribute("aria-valuenow")).toBe("6");
  fireEvent.keyDown(slider, { key: "ArrowLeft" });
  expect(slider.getAttribute("aria-valuenow")).toBe("5");
  expect(slider.getAttribute("aria-valuetext")).toContain("Tasks started 1, Active time 0 ms");
  expect(slider.getAttribute("aria-valuetext")).toContain("Cost unpriced");
  const others = () => screen.getByText("others").nextElementSibling?.textContent;
  expect(others()).toBe("0");
  fireEvent.keyDown(slider, { key: "Escape" });
  expect(others()).toBe("9");
});

test("the period is in the address, and its figures are read", async () => {
  const { history: visited, api } = await renderApp("/", { tasks, history });
  await act(async () => screen.getByRole("radio", { name: "Today" }).click());
  expect(visited?.at(-1)).toBe("/?period=today");
  const yesterday = new Date(2026, 10, 24).toISOString();
  expect(api.history).toHaveBeenLastCalledWith(yesterday);
  expect(screen.getByRole("slider", { name: "Hour" }).getAttribute("aria-valuemax")).toBe("12");
});

test("a period without anything says so, and leads on", async () => {
  const { history: visited } = await renderApp("/?period=today", { tasks });
  expect(screen.getByText("No agent has reported anything today.")).toBeTruthy();
  await act(async () => screen.getByRole("button", { name: "Show 7 days" }).click());
  expect(visited?.at(-1)).toBe("/");
  expect(screen.queryByRole("slider")).toBeNull();
});

test("figures that could not be read say why", async () => {
  const fail = () => Promise.reject(new ApiError("the database is busy", 503, "busy"));
  await renderApp("/", { tasks, history: fail });
  expect(screen.getByText(/could not be read: the database is busy/)).toBeTruthy();
  expect(screen.getByText("Done today").nextElementSibling?.textContent).toBe("1");
});

test("what is now comes first: who needs somebody, however old, and how many more", async () => {
  const asks = Array.from({ length: 7 }, (_, n) =>
    aTask({ id: `w${n}`, title: `Asks ${n}`, status: "waiting", lastActivityAt: hour(9) }),
  );
  const works = aTask({ id: "r", title: "Works", lastActivityAt: hour(0) });
  await renderApp("/", {
    tasks: async () => ({ tasks: [works, ended] }),
    tasksIn: async (status) => ({ tasks: status === "waiting" ? asks : [works] }),
    overview: async () => ({
      stats: { ...STATS, runningTasks: 1, waitingTasks: 7 },
      observability: OBSERVABILITY,
    }),
  });
  const now = period("Now");
  const tile = (name: string) => now.getByRole("link", { name: new RegExp(`^${name}`) });
  expect(tile("Needs you").textContent).toBe("Needs you7");
  expect(tile("Working").textContent).toBe("Working1");
  expect(within(now.getByRole("list")).getAllByRole("link")).toHaveLength(5);
  expect(now.getByText("+2 more")).toBeTruthy();
});

test("that nobody waits is said only when nobody does", async () => {
  await renderApp("/", { tasks });
  expect(period("Now").getByText(/Nobody waits for you/).textContent).toContain(
    "No agent is at work",
  );
});
