import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { renderApp } from "../../testing/renderApp";
import { aTask, OBSERVABILITY, STATS } from "../../testing/samples";
import type { ActivityState, FollowFrame, Task } from "../../wire.gen";

const SINCE = new Date(Date.now() - 60_000).toISOString();

const task = (id: string, state: ActivityState, over: Partial<Task> = {}) => {
  const status = state === "working" ? "running" : state === "done" ? "completed" : "waiting";
  const activity = { state, since: SINCE, ...(state === "permission" && { detail: "rm x" }) };
  return aTask({ id, title: id, status, lastActivityAt: SINCE, activity, ...over });
};

const TASKS = [
  task("Works", "working"),
  task("Asks", "permission"),
  task("Waits", "person"),
  task("Ended", "done"),
];
const answers = {
  tasks: async () => ({ tasks: TASKS }),
  overview: async () => ({
    stats: { ...STATS, totalTasks: 4, completedTasks: 1 },
    observability: OBSERVABILITY,
  }),
};

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const pane = () => screen.getByRole("complementary", { name: "Tasks" });
const titles = () =>
  within(pane())
    .getAllByRole("link")
    .map((link) => link.title);

function frames(seq: number, row: Task): FollowFrame[] {
  const change = { kind: "task" as const, id: row.id, seq, row };
  const subscribed = { epoch: "epoch", recovered: false };
  return [
    { type: "subscribed", topic: "overview", seq: 1, prev: 1, payload: subscribed },
    { type: "changes", topic: "overview", seq, prev: 1, payload: { rows: [change] } },
  ];
}

test("who needs a person comes first, and the tab counts them", async () => {
  await renderApp("/", answers);
  expect(titles()).toEqual(["Asks", "Waits", "Works", "Ended"]);
  const asks = within(pane()).getByRole("link", { name: /Asks/ });
  expect(asks.textContent).toContain("Needs permission");
  expect(asks.textContent).toContain("rm x");
  expect(document.title).toBe("(2) Agent Tracer");
});

test("a row stays while somebody points at the list, and moves when they do not", async () => {
  const { socket } = await renderApp("/", answers);
  const list = pane().querySelector(".task-scroller") as Element;
  fireEvent.pointerMove(list);
  await act(async () => {
    for (const frame of frames(2, task("Works", "permission"))) socket.hear(frame);
  });
  expect(titles()).toEqual(["Asks", "Waits", "Works", "Ended"]);
  expect(within(pane()).getByRole("link", { name: /Works/ }).textContent).toContain("rm x");
  expect(document.title).toBe("(3) Agent Tracer");
  fireEvent.pointerLeave(list);
  expect(titles()).toEqual(["Asks", "Works", "Waits", "Ended"]);
});

test("a section is shut, and remembered as shut", async () => {
  await renderApp("/", answers);
  fireEvent.click(within(pane()).getByRole("button", { name: /^Done 1$/, expanded: true }));
  expect(titles()).not.toContain("Ended");
  cleanup();
  await renderApp("/", answers);
  expect(titles()).not.toContain("Ended");
});

test("the list is put away and comes back, and the filter brings it along", async () => {
  await renderApp("/", answers);
  const place = () => document.querySelector<HTMLElement>(".app")?.dataset.pane;
  fireEvent.keyDown(document.body, { key: "b" });
  expect(place()).toBe("hidden");
  fireEvent.keyDown(document.body, { key: "/" });
  expect(place()).toBe("shown");
  expect(document.activeElement).toBe(screen.getByRole("searchbox"));
});

test("the server is asked for what fits, and for no more than that", async () => {
  const tasks = vi.fn(answers.tasks);
  await renderApp("/?state=done&agent=codex&q=x", { ...answers, tasks });
  expect(tasks).toHaveBeenCalledWith(expect.any(Number), undefined, {
    q: "x",
    state: "done",
    agent: "codex",
    project: undefined,
    from: undefined,
  });
  expect(screen.getByText("0 tasks")).toBeTruthy();
});

test("settings hold the theme and the notifications, which this browser has not", async () => {
  HTMLDialogElement.prototype.showModal ??= () => {};
  await renderApp("/", answers);
  fireEvent.click(screen.getByRole("button", { name: "Settings" }));
  fireEvent.click(screen.getByLabelText("Dark"));
  expect(document.documentElement.dataset.theme).toBe("dark");
  expect(screen.getByRole("switch", { name: "Notifications" })).toHaveProperty("disabled", true);
  expect(screen.getByText(/Your browser offers none here/)).toBeTruthy();
});

test("the board holds the same, with what is more than its cards in the list", async () => {
  const { history } = await renderApp("/board", {
    ...answers,
    overview: async () => ({
      stats: { ...STATS, completedTasks: 41 },
      observability: OBSERVABILITY,
    }),
  });
  const column = (name: string) => within(screen.getByRole("region", { name }));
  const cards = (name: string) =>
    column(name)
      .queryAllByRole("link", { name: /min/ })
      .map((link) => link.title);
  expect(["Needs you", "Working", "Silent", "Done"].map(cards)).toEqual([
    ["Asks", "Waits"],
    ["Works"],
    [],
    ["Ended"],
  ]);
  fireEvent.click(column("Done").getByRole("link", { name: "40 more in the list" }));
  expect(history?.at(-1)).toBe("/?state=done");
});
