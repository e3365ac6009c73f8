import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../../api/errors";
import { history } from "../../app/history";
import { dismissNotice } from "../../app/notices";
import { renderApp } from "../../testing/renderApp";
import type { FoundTranscripts, ImportStatus } from "../../wire.gen";

beforeEach(() => {
  history.change(() => null);
  dismissNotice();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const found = (agentName: string, unread: number): FoundTranscripts => ({
  agent: agentName.toLowerCase(),
  agentName,
  folder: "/home/dev",
  sessions: 9,
  unread,
  unreadBytes: 1,
});

const status = (over: Partial<ImportStatus>): ImportStatus => ({
  state: "idle",
  sessions: 0,
  sessionsDone: 0,
  bytes: 0,
  bytesDone: 0,
  events: 0,
  linesSkipped: 0,
  sessionsFailed: 0,
  found: [],
  ...over,
});

const FOUND = [found("Claude Code", 40), found("Codex CLI", 1), found("Gemini CLI", 0)];
const button = () => screen.queryByRole("button", { name: /^Import/ });

test("a history is offered, brought in with its progress, and said to be there", async () => {
  const answers = [
    status({ found: FOUND }),
    status({ state: "running", sessions: 41, sessionsDone: 12, bytes: 100, bytesDone: 30 }),
    status({ state: "done", sessions: 41, sessionsDone: 41, events: 900 }),
  ];
  const importStatus = async () => answers.shift() ?? status({ state: "done" });
  const startImport = vi.fn(async () => status({ state: "running" }));
  await renderApp("/", { importStatus, startImport });
  expect(
    screen.getByText(/^41 sessions of Claude Code and Codex CLI are on this disk/),
  ).toBeTruthy();
  await act(async () =>
    fireEvent.click(screen.getByRole("button", { name: "Import 41 sessions" })),
  );
  expect(startImport).toHaveBeenCalledOnce();
  expect(screen.getByText("Importing: 12 of 41 sessions")).toBeTruthy();
  expect(screen.getByRole("progressbar").getAttribute("value")).toBe("30");
  expect(button()).toBeNull();
  await act(async () => vi.advanceTimersByTimeAsync(500));
  expect(screen.queryByRole("progressbar")).toBeNull();
  expect(screen.getByText("Imported 41 sessions.")).toBeTruthy();
});

test("nothing is offered where there is nothing, and where the server cannot say", async () => {
  await renderApp("/", { importStatus: async () => status({ found: [found("Gemini CLI", 0)] }) });
  expect(button()).toBeNull();
  cleanup();
  await renderApp("/", { importStatus: () => Promise.reject(new Error("no")) });
  expect(button()).toBeNull();
});

test("an import that stopped says why", async () => {
  const failed = status({ state: "failed", problem: "the disk is full", found: FOUND });
  const answers = [status({ found: FOUND }), failed];
  const importStatus = async () => answers.shift() ?? failed;
  await renderApp("/", { importStatus, startImport: async () => status({ state: "running" }) });
  await act(async () => fireEvent.click(screen.getByRole("button", { name: /^Import/ })));
  expect(screen.getByText(/Could not import the history: the disk is full/)).toBeTruthy();
  expect(button()).toBeTruthy();
});

test("one that runs already is watched like one's own", async () => {
  const running = status({ state: "running", sessions: 2, sessionsDone: 1 });
  const answers = [status({ found: FOUND }), running];
  const importStatus = async () => answers.shift() ?? running;
  const startImport = () => Promise.reject(new ApiError("one runs", 409, "import_running"));
  await renderApp("/", { importStatus, startImport });
  await act(async () => fireEvent.click(screen.getByRole("button", { name: /^Import/ })));
  expect(screen.getByText("Importing: 1 of 2 sessions")).toBeTruthy();
});
