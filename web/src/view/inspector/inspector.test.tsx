import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { TaskUsage } from "../../api/api";
import { recordedEvent } from "../../testing/recorded";
import { renderApp } from "../../testing/renderApp";
import { anEvent, aTask } from "../../testing/samples";
import type { Event } from "../../wire.gen";

afterEach(cleanup);

const task = aTask({ id: "a", runtimeSource: "codex", workspacePath: "/home/dev/project" });
const used = {
  requests: 2,
  inputTokens: 1_000,
  cacheReadTokens: 0,
  cacheCreationTokens: 0,
  outputTokens: 50,
  reasoningTokens: 0,
};

async function open(path: string, events: readonly Event[], more = {}) {
  const timeline = events.map((event) => ({ ...event, taskId: "a" }));
  return renderApp(path, {
    tasks: async () => ({ tasks: [task] }),
    timeline: async () => ({ task, timeline, sessions: [], children: [] }),
    ...more,
  });
}

const pane = () => within(screen.getByRole("complementary", { name: /^Event$|Task details/ }));
const press = (key: string) => act(async () => void fireEvent.keyDown(window, { key }));

test("i opens the facts of the task, turns to them from an event, and closes them", async () => {
  const read = recordedEvent("claude-code: Read greet.py");
  const { history } = await open("/tasks/a", [read]);
  await press("i");
  expect(history?.at(-1)).toBe("/tasks/a?pane=task");
  expect(pane().getByRole("heading", { name: "Files" })).toBeTruthy();
  await press("i");
  expect(screen.queryByRole("complementary", { name: /Task details/ })).toBeNull();
  await press("i");
  await act(async () => void fireEvent.click(pane().getByRole("link", { name: /greet\.py/ })));
  expect(pane().getByRole("tab", { name: "Event" }).getAttribute("aria-selected")).toBe("true");
  await press("i");
  expect(pane().getByRole("tab", { name: "Task" }).getAttribute("aria-selected")).toBe("true");
  await press("Escape");
  expect(pane().getByRole("heading", { name: "Files" })).toBeTruthy();
  await press("Escape");
  expect(screen.queryByRole("complementary", { name: /Task details/ })).toBeNull();
});

test("tokens, cost and context are drawn where they are told", async () => {
  const answer = { inputTokens: 400, cacheReadTokens: 0, cacheCreationTokens: 0, outputTokens: 25 };
  const at = (second: number) => `2026-11-23T12:00:0${second}.000Z`;
  const usage: TaskUsage = {
    total: { ...used, costMicros: 50_000 },
    models: [{ model: "gpt-5.5", usage: used }],
    prompts: [],
    series: [
      { ...answer, at: at(0), costMicros: 20_000 },
      { ...answer, at: at(5), costMicros: 30_000 },
    ],
    context: { tokens: 160_000, window: 200_000, at: at(5), model: "gpt-5.5" },
  };
  await open("/tasks/a?pane=task", [], { usage: async () => ({ usage }) });
  expect(await screen.findByRole("img", { name: "Tokens: 850 over 2 answers" })).toBeTruthy();
  expect(screen.getByRole("img", { name: "Cost, estimated: $0.05 over 2 answers" })).toBeTruthy();
  expect(screen.getByText(/80% of 200k/)).toBeTruthy();
});

test("what is not told is said to be not told", async () => {
  const usage = { total: used, models: [], prompts: [] };
  await open("/tasks/a?pane=task", [], { usage: async () => ({ usage }) });
  expect(await screen.findByText(/Not told by this agent/)).toBeTruthy();
  expect(screen.getByText("No event names a file.")).toBeTruthy();
});

test("the agent's own session id makes a command to resume it", async () => {
  const { api } = await open("/tasks/a?pane=task", [recordedEvent("codex: cat greet.py && ls")], {
    payloads: async () => ({
      payloads: [{ receivedAt: "x", hookEvent: "Stop", payload: { session_id: "01a2-b" } }],
    }),
  });
  expect(await screen.findByText("codex resume 01a2-b")).toBeTruthy();
  expect(api.payloads).toHaveBeenCalledTimes(1);
});

test("holes and guesses are counted, and lead to the newest of them", async () => {
  const gap = anEvent({
    id: "gap",
    title: "3 lost",
    metadata: { filePaths: [], gap: { count: 3 } },
  });
  await open("/tasks/a?pane=task", [gap]);
  expect(pane().getByText(/3 events lost/)).toBeTruthy();
  await act(
    async () => void fireEvent.click(pane().getByRole("link", { name: "show the newest" })),
  );
  expect(pane().getByRole("heading", { name: "Missing here" })).toBeTruthy();
});

test("an agent's words make elements of ours, and nothing else", async () => {
  const body = [
    "# <img src=x onerror=alert(1)>",
    "**bold** [run](javascript:alert(1)) [page](https://x.test/) `<b>`",
    "| <script> |\n|---|\n| x |",
  ].join("\n\n");
  const answer = anEvent({ id: "m", kind: "assistant.response", title: "Done", body });
  await open("/tasks/a?event=m", [answer]);
  const shown = pane().getByRole("heading", { name: "<img src=x onerror=alert(1)>" });
  expect(shown.closest(".prose")?.querySelector("img, script, b")).toBeNull();
  const links = pane()
    .getAllByRole("link")
    .map((link) => link.getAttribute("href"));
  expect(links).toEqual(["https://x.test/"]);
  expect(pane().getByRole("link", { name: "page" }).getAttribute("rel")).toBe(
    "noreferrer noopener",
  );
  expect(pane().getByText("x.test")).toBeTruthy();
  await act(async () => void fireEvent.click(pane().getByRole("button", { name: "Raw" })));
  expect(pane().getByText(/\*\*bold\*\*/)).toBeTruthy();
});

test("what the hook sent is read when it is opened, and never before", async () => {
  const sent = { receivedAt: "2026-11-23T12:00:00.000Z", hookEvent: "Stop", payload: { a: 1 } };
  const { api } = await open("/tasks/a?event=e", [anEvent({ id: "e" })], {
    payloads: async () => ({ payloads: [sent] }),
  });
  expect(api.payloads).not.toHaveBeenCalled();
  const fold = pane().getByRole("heading", { name: "What the hook sent" }).closest("details");
  await act(async () => {
    if (fold) fold.open = true;
    fold?.dispatchEvent(new window.Event("toggle"));
  });
  expect(api.payloads).toHaveBeenCalledWith("e");
  expect(await screen.findByText("Stop")).toBeTruthy();
});

test("a cut event is read in part, and whole when somebody asks", async () => {
  const start = "x".repeat(64 * 1024);
  const cut = { filePaths: [], cutAt: 2_048, command: "ls", output: start.slice(0, 2_048) };
  const row = anEvent({ id: "e", kind: "terminal.command", metadata: cut });
  const part = { ...row, metadata: { ...cut, cutAt: 65_536, output: start } };
  const whole = { ...row, metadata: { ...cut, cutAt: undefined, output: `${start}\nthe end` } };
  const { api } = await open("/tasks/a?event=e", [row], {
    event: async (_: string, all: boolean) => ({ event: all ? whole : part }),
  });
  expect(api.event).toHaveBeenCalledWith("e", false);
  const all = pane().getByRole("link", { name: "Open all as text" });
  expect(all.getAttribute("href")).toBe("/api/events/e/text?field=output");
  await act(
    async () => void fireEvent.click(pane().getByRole("button", { name: "Read all of it here" })),
  );
  expect(api.event).toHaveBeenCalledWith("e", true);
  await act(async () => void fireEvent.click(pane().getByRole("button", { name: /Show more/ })));
  expect(pane().getByText(/the end/)).toBeTruthy();
});
