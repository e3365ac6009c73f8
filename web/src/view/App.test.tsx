import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { TimelinePage } from "../api/api";
import { ApiError } from "../api/errors";
import { renderApp } from "../testing/renderApp";
import { aBookmark, anEvent, aTask } from "../testing/samples";
import type { Evaluation } from "../wire.gen";

afterEach(cleanup);

const TASKS = [
  aTask({ id: "a", title: "Fix the greeting", runtimeSource: "claude-code" }),
  aTask({
    id: "b",
    title: "Write the notes",
    status: "completed",
    lastActivityAt: "2026-11-23T11:00:00.000Z",
  }),
];

const EVENTS = [
  anEvent({ id: "e1", title: "Read greet.py" }),
  anEvent({
    id: "e2",
    title: "Run the linter",
    kind: "terminal.command",
    lane: "implementation",
    metadata: { filePaths: [], command: "ruff .", toolStatus: "failed", exitCode: 1, error: "no" },
  }),
  anEvent({
    id: "e3",
    title: "<b>bold</b>",
    metadata: { filePaths: [], toolStatus: "unfinished" },
  }),
];

const timeline = async (id: string): Promise<TimelinePage> => ({
  epoch: "epoch",
  seq: 1,
  task: TASKS.find((task) => task.id === id) ?? aTask({ id }),
  timeline: EVENTS.map((event) => ({ ...event, taskId: id })),
  sessions: [],
  children: [],
});

const tasks = async () => ({ tasks: TASKS });
const press = (key: string) => fireEvent.keyDown(document.body, { key });
HTMLDialogElement.prototype.showModal ??= () => {};
const options = () => screen.getAllByRole("treeitem").map((row) => row.textContent);
const inspector = () => screen.queryByRole("complementary", { name: "Event" });

test("a server without tasks is told apart: it says how to attach an agent", async () => {
  await renderApp("/");
  expect(screen.getByRole("heading", { name: "Nothing recorded yet" })).toBeTruthy();
  expect(screen.getByText(/^agent-tracer demo/)).toBeTruthy();
  expect(screen.getByText(/^agent-tracer hooks install/)).toBeTruthy();
});

test("a task says what it used of models, and an estimate that it is one", async () => {
  const usage = {
    requests: 1,
    inputTokens: 900,
    cacheReadTokens: 0,
    cacheCreationTokens: 0,
    outputTokens: 60,
    reasoningTokens: 0,
    costMicros: 30_000,
  };
  const used = aTask({ id: "a", usage });
  await renderApp("/tasks/a", {
    tasks: async () => ({ tasks: [used] }),
    timeline: async (id) => ({ ...(await timeline(id)), task: used }),
  });
  expect(screen.getByText("900 in · 60 out · ≈ $0.03 estimate")).toBeTruthy();
});

test("how to attach an agent is still found once something is recorded", async () => {
  const { history } = await renderApp("/", { tasks });
  fireEvent.click(screen.getByRole("link", { name: "Attach" }));
  expect(history?.at(-1)).toBe("/attach");
  expect(screen.getByRole("heading", { name: "Attach an agent" })).toBeTruthy();
  expect(screen.getByText(/^agent-tracer demo/)).toBeTruthy();
  expect(screen.getByText(/^cargo run --release -- demo/)).toBeTruthy();
});

test("a server that does not answer is told apart", async () => {
  const fail = () => Promise.reject(new ApiError("no answer", 0, "unreachable"));
  await renderApp("/", { overview: fail, tasks: fail });
  expect(screen.getByRole("heading", { name: "Could not reach the server" })).toBeTruthy();
});

test("a filter that hides all is told apart, and can be cleared", async () => {
  await renderApp("/", { tasks });
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: "zzz" } });
  expect(await screen.findByText("No task fits the filter.")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Clear the filter" }));
  expect(screen.getByRole("link", { name: /Write the notes/ })).toBeTruthy();
});

test("the list is filtered by state", async () => {
  const { history } = await renderApp("/", { tasks });
  await act(async () =>
    within(screen.getByRole("group", { name: "Show only" }))
      .getByRole("button", { name: "Done 2" })
      .click(),
  );
  expect(history?.at(-1)).toBe("/?state=done");
  const list = within(screen.getByRole("complementary", { name: "Tasks" }));
  expect(list.getAllByRole("link").map((link) => link.title)).toEqual(["Write the notes"]);
});

test("a link opens a task with its event, and the tab is named after it", async () => {
  await renderApp("/tasks/a?event=e2", { tasks, timeline });
  const pane = within(inspector() as HTMLElement);
  expect(pane.getByRole("heading", { name: "Run the linter" })).toBeTruthy();
  expect(pane.getByText("ruff .")).toBeTruthy();
  expect(document.title).toBe("Fix the greeting – Agent Tracer");
});

test.each(["task:1", "a&b", "a%b", "a?b", "a#b", "a@+,;=$b", "a%41", "ünï 1"])(
  "a task with the id %j can be opened, and its events too",
  async (id) => {
    const read = vi.fn(timeline);
    const odd = [aTask({ id, title: "Odd" })];
    const { history } = await renderApp("/", {
      tasks: async () => ({ tasks: odd }),
      timeline: read,
    });
    const [link] = screen.getAllByRole("link", { name: /Odd/ });
    await act(async () => link?.click());
    expect(read).toHaveBeenCalledWith(id, expect.any(Number));
    act(() => void press("k"));
    expect(history?.at(-1)).toBe(`/tasks/${encodeURIComponent(id)}?event=e3`);
    expect(inspector()).not.toBeNull();
  },
);

test("what an agent writes is text and nothing else", async () => {
  await renderApp("/tasks/a", { tasks, timeline });
  expect(screen.getByText("<b>bold</b>")).toBeTruthy();
  expect(document.querySelector("b")).toBeNull();
});

test("a call without an end is not called finished", async () => {
  await renderApp("/tasks/a", { tasks, timeline });
  expect(screen.getByRole("img", { name: "No end reported" })).toBeTruthy();
  expect(screen.getByText("no end reported")).toBeTruthy();
  expect(screen.getByRole("img", { name: "Failed" })).toBeTruthy();
});

test("what a call changed and what its agent does not tell are shown", async () => {
  const diff = "--- a.rs\n+++ a.rs\n@@\n-old\n+new\n";
  const run = { toolStatus: "completed", exitCodeUnknown: true };
  const call = anEvent({ id: "c", metadata: { filePaths: [], ...run, diff } });
  await renderApp("/tasks/a?event=c", {
    tasks,
    timeline: async (id) => ({ ...(await timeline(id)), timeline: [call] }),
  });
  const pane = within(inspector() as HTMLElement);
  expect(pane.getByRole("heading", { name: "Changes" })).toBeTruthy();
  expect(pane.getByText("exit code not told")).toBeTruthy();
  expect(pane.getByText("Removed:").parentElement?.textContent).toContain("old");
});

test("a call that waits for permission does not spin, and its question is marked", async () => {
  const about = { filePaths: [], toolName: "Bash", toolInput: { command: "rm x" } };
  const call = anEvent({ id: "c", taskId: "a", metadata: { ...about, toolStatus: "running" } });
  const question = anEvent({
    id: "q",
    taskId: "a",
    kind: "question.logged",
    metadata: { ...about, questionPhase: "asked" },
  });
  await renderApp("/tasks/a?event=c", {
    tasks,
    timeline: async (id) => ({ ...(await timeline(id)), timeline: [call, question] }),
  });
  expect(screen.getByText("waits for permission")).toBeTruthy();
  expect(screen.getByText("unanswered")).toBeTruthy();
  expect(document.querySelector(".spinner")).toBeNull();
});

test("j and k move through the events, Escape closes the inspector", async () => {
  const { history } = await renderApp("/tasks/a", { tasks, timeline });
  act(() => void press("k"));
  act(() => void press("k"));
  expect(history?.at(-1)).toBe("/tasks/a?event=e2");
  act(() => void press("j"));
  expect(screen.getByRole("treeitem", { selected: true }).textContent).toContain("<b>bold</b>");
  act(() => void press("Escape"));
  expect(inspector()).toBeNull();
});

test("] and [ move through the tasks, g o goes to the overview", async () => {
  const { history } = await renderApp("/", { tasks, timeline });
  await act(async () => void press("]"));
  await act(async () => void press("]"));
  expect(history?.at(-1)).toBe("/tasks/b");
  await act(async () => void press("["));
  expect(history?.at(-1)).toBe("/tasks/a");
  await act(async () => {
    press("g");
    press("o");
  });
  expect(history?.at(-1)).toBe("/");
});

test("keys are no commands while typing", async () => {
  const { history } = await renderApp("/", { tasks, timeline });
  const length = history?.length;
  fireEvent.keyDown(screen.getByRole("searchbox"), { key: "]" });
  expect(history).toHaveLength(length ?? -1);
});

test("lanes are filtered by their chips", async () => {
  await renderApp("/tasks/a", { tasks, timeline });
  expect(options()).toHaveLength(3);
  fireEvent.click(screen.getByRole("button", { name: "Implementation 1" }));
  expect(options()).toHaveLength(1);
  fireEvent.click(screen.getByRole("button", { name: "All lanes" }));
  expect(options()).toHaveLength(3);
});

test("a lane's count says that earlier events are not counted", async () => {
  const partly = async (id: string) => ({ ...(await timeline(id)), before: "e1" });
  await renderApp("/tasks/a", { tasks, timeline: partly });
  const chip = screen.getByRole("button", { name: "Implementation 1+" });
  expect(chip.title).toContain("Only loaded events are counted");
});

test("s bookmarks the open event, and offers to add a note", async () => {
  const saveBookmark = vi.fn(async () => ({ bookmark: aBookmark() }));
  await renderApp("/tasks/a?event=e1", { tasks, timeline, saveBookmark });
  await act(async () => void press("s"));
  expect(saveBookmark).toHaveBeenCalledWith({ taskId: "a", eventId: "e1" });
  await act(async () => screen.getByRole("button", { name: "Add a note" }).click());
  const note = screen.getByRole("textbox", { name: "Note" });
  fireEvent.change(note, { target: { value: "Look again" } });
  await act(async () => screen.getByRole("button", { name: "Save" }).click());
  expect(saveBookmark).toHaveBeenLastCalledWith(expect.objectContaining({ note: "Look again" }));
});

test("a task is deleted, and comes back when that is undone", async () => {
  const deleteTask = vi.fn(async () => ({ ok: true }));
  const restoreTasks = vi.fn(async () => ({ ok: true }));
  const answers = { tasks, timeline, deleteTask, restoreTasks };
  const { history } = await renderApp("/tasks/a", answers);
  fireEvent.click(screen.getByRole("button", { name: "More to do with this task" }));
  await act(async () => screen.getByRole("menuitem", { name: "Delete" }).click());
  expect(deleteTask).toHaveBeenCalledWith("a");
  expect(history?.at(-1)).toBe("/");
  await act(async () => screen.getByRole("button", { name: "Undo" }).click());
  expect(restoreTasks).toHaveBeenCalledWith(["a"]);
  expect(history?.at(-1)).toBe("/tasks/a");
});

test("an action that failed says why", async () => {
  const changeTask = () => Promise.reject(new ApiError("the title is empty", 400, "bad_title"));
  await renderApp("/tasks/a", { tasks, timeline, changeTask });
  fireEvent.click(screen.getByRole("button", { name: "Rename this task" }));
  const field = screen.getByRole("textbox", { name: "Title of the task" });
  fireEvent.change(field, { target: { value: "Other" } });
  await act(async () => void fireEvent.keyDown(field, { key: "Enter" }));
  expect(screen.getByText("Could not rename the task: the title is empty")).toBeTruthy();
});

test("bookmarks lead to their event", async () => {
  const bookmarks = [aBookmark({ kind: "event", taskId: "a", eventId: "e1", title: "Look here" })];
  await renderApp("/bookmarks", { tasks, bookmarks: async () => ({ bookmarks }) });
  const link = screen.getByRole("link", { name: /Look here/ });
  expect(link.getAttribute("href")).toBe("/tasks/a?event=e1");
});

test("an event whose row is cut is read whole", async () => {
  const cut = anEvent({ id: "e1", body: "begin", metadata: { filePaths: [], cutAt: true } });
  const whole = anEvent({ id: "e1", body: "begin and end" });
  await renderApp("/tasks/a?event=e1", {
    tasks,
    timeline: async (id) => ({ ...(await timeline(id)), timeline: [cut] }),
    event: async () => ({ event: whole }),
  });
  expect(within(inspector() as HTMLElement).getByText("begin and end")).toBeTruthy();
});

test("an event outside the loaded part can be brought into the timeline", async () => {
  const early = anEvent({ id: "e0", taskId: "a", title: "Long ago" });
  const paged = async (id: string, _limit: number, before?: string): Promise<TimelinePage> => {
    const page = await timeline(id);
    return before === undefined ? { ...page, before: "e1" } : { ...page, timeline: [early] };
  };
  await renderApp("/tasks/a?event=e0", {
    tasks,
    timeline: paged,
    event: async () => ({ event: early }),
  });
  expect(screen.queryByRole("treeitem", { selected: true })).toBeNull();
  await act(async () => screen.getByRole("button", { name: "Show it in the timeline" }).click());
  expect(screen.getByRole("treeitem", { selected: true }).textContent).toContain("Long ago");
  expect(screen.queryByText(/outside the loaded part/)).toBeNull();
});

test("a task that is not there says so", async () => {
  const missing = () => Promise.reject(new ApiError("Task not found", 404, "not_found"));
  await renderApp("/tasks/nowhere", { tasks, timeline: missing });
  expect(screen.getByRole("heading", { name: "This task is not here" })).toBeTruthy();
});

test("a lost connection is said, and the screen stays", async () => {
  const { socket } = await renderApp("/tasks/a", { tasks, timeline });
  expect(screen.getByText("Live")).toBeTruthy();
  await act(async () => socket.onclose?.());
  expect(screen.getByText("Reconnecting")).toBeTruthy();
  expect(options()).toHaveLength(3);
});

test("the diagnostics say how the page keeps up, and are reached from the help", async () => {
  const { history, socket } = await renderApp("/", { tasks, timeline });
  await act(async () => socket.onmessage?.({ data: "nonsense" }));
  await act(
    async () => void fireEvent.click(screen.getByRole("button", { name: "Keys and lanes" })),
  );
  await act(async () => screen.getByRole("link", { name: "Diagnostics", hidden: true }).click());
  expect(history?.at(-1)).toBe("/diagnostics");
  const table = within(screen.getByRole("region", { name: "Since the page was opened" }));
  const line = (name: string) => table.getByText(name).nextElementSibling?.textContent;
  expect(line("Read again although held")).toBe("0");
  expect(line("Unknown frames and rows")).toBe("1");
  const topics = within(screen.getByRole("region", { name: "Topics" }));
  expect(topics.getAllByRole("rowheader").map((cell) => cell.textContent)).toEqual([
    "overview",
    "bookmarks",
  ]);
});

test("a task is rated, and shows it once the server says so", async () => {
  const rateTask = vi.fn(async () => ({ ok: true }));
  const { socket } = await renderApp("/tasks/a", { tasks, timeline, rateTask });
  const good = () => screen.getByRole("button", { name: "Good" });
  await act(async () => good().click());
  expect(rateTask).toHaveBeenCalledWith("a", "good");
  expect(good().getAttribute("aria-pressed")).toBe("false");
  const row = { taskId: "a", rating: "good" } as Evaluation;
  await act(async () => {
    socket.hear({
      type: "subscribed",
      topic: "bookmarks",
      seq: 1,
      prev: 1,
      payload: { epoch: "epoch", recovered: false },
    });
    const rows = [{ kind: "evaluation" as const, id: "a", seq: 2, row }];
    socket.hear({ type: "changes", topic: "bookmarks", seq: 2, prev: 1, payload: { rows } });
  });
  expect(good().getAttribute("aria-pressed")).toBe("true");
});
