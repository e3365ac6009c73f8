import { describe, expect, test } from "vitest";
import { anEvent } from "../testing/samples";
import type { Event } from "../wire.gen";
import { type Answer, costOf, curveOf, stepPath, tokensOf } from "./curve";
import { touchedFiles } from "./files";
import { traceHealth } from "./health";
import { agentSessionId, resumeCommand } from "./resume";

const made = (id: string, metadata: Record<string, unknown>, over: Partial<Event> = {}) =>
  anEvent({ id, metadata: { filePaths: [], ...metadata }, ...over });

describe("files", () => {
  test("a call and the change derived from it count once, changed files come first", () => {
    const edit = { filePaths: ["/a"], subtypeKey: "modify_file" };
    const files = touchedFiles([
      made("read", { filePaths: ["/a", "/b"], subtypeKey: "read_file", toolStatus: "completed" }),
      made("again", { filePaths: ["/b"] }),
      made("edit", { ...edit, toolStatus: "completed" }),
      made("changed", { filePaths: ["/a"], sourceEventId: "edit" }, { kind: "file.changed" }),
      made("failed", { ...edit, toolStatus: "failed" }),
    ]);
    expect(files).toEqual([
      { path: "/a", touches: 3, changes: 1, newest: "failed" },
      { path: "/b", touches: 2, changes: 0, newest: "again" },
    ]);
  });

  test("words about a file are no touch, and garbage is none either", () => {
    expect(
      touchedFiles([
        made("prompt", { filePaths: ["/a"] }, { kind: "user.message" }),
        made("odd", { filePaths: "/a" }),
        made("odder", { filePaths: [1, null] }),
      ]),
    ).toEqual([]);
  });
});

test("the health of a trace names what is missing, guessed and open", () => {
  const health = traceHealth([
    made("gap", { gap: { count: 4 } }),
    made("dropped", { droppedEvents: 3 }),
    made("guess", { guess: true }),
    made("open", { toolStatus: "unfinished", exitCodeUnknown: true }),
    made("odd", { raw: {} }, { title: "Unknown hook: X" }),
    made("fine", { toolStatus: "completed" }),
  ]);
  expect(health.lost).toBe(7);
  const { lost: _, ...lists } = health;
  expect(Object.entries(lists).map(([name, list]) => [name, list.map(({ id }) => id)])).toEqual([
    ["gaps", ["gap", "dropped"]],
    ["guesses", ["guess"]],
    ["unfinished", ["open"]],
    ["unknownExits", ["open"]],
    ["unknownHooks", ["odd"]],
  ]);
});

describe("resuming", () => {
  test.each([
    ["Claude Code, Codex, Gemini", { session_id: "abcd-1" }],
    ["Copilot CLI", { sessionId: "abcd-1" }],
    ["OpenCode, a hook", { hook: "chat.message", input: { sessionID: "abcd-1" } }],
    ["OpenCode, an event", { event: { properties: { part: { sessionID: "abcd-1" } } } }],
  ])("%s", (_, payload) => {
    expect(agentSessionId(payload)).toBe("abcd-1");
  });

  test("a command only for an agent that has one, and an id that is safe to paste", () => {
    expect(resumeCommand("codex", "01a2-b")).toBe("codex resume 01a2-b");
    expect(resumeCommand("my-agent", "01a2-b")).toBeNull();
    for (const id of ["$(rm -rf ~)", "a b", "-flag", "x;ls", ""]) {
      expect(resumeCommand("claude-code", id)).toBeNull();
    }
    expect(agentSessionId("text")).toBeUndefined();
  });
});

describe("curves", () => {
  const answer = (at: string, outputTokens: number, costMicros?: number): Answer => ({
    at: `2026-01-01T00:00:${at}.000Z`,
    inputTokens: 1,
    cacheReadTokens: 0,
    cacheCreationTokens: 0,
    outputTokens,
    ...(costMicros === undefined ? {} : { costMicros }),
  });

  test("a sum grows in steps, by time", () => {
    const curve = curveOf([answer("00", 9), answer("01", 9), answer("10", 19)], tokensOf);
    expect(curve?.total).toBe(40);
    expect(curve?.points.map(({ x, y }) => [x, y])).toEqual([
      [0, 0.25],
      [0.1, 0.5],
      [1, 1],
    ]);
    expect(curve && stepPath(curve, 100, 40, true)).toBe("M0 40V30H10V20H100V0V40Z");
  });

  test("nothing is drawn of nothing", () => {
    expect(curveOf([], tokensOf)).toBeNull();
    expect(curveOf([answer("00", 1)], tokensOf)).toBeNull();
    expect(curveOf([answer("00", 1), answer("02", 1)], costOf)).toBeNull();
    expect(curveOf([answer("0x", 1), answer("02", 1)], tokensOf)).toBeNull();
  });

  test("answers of one moment stand beside each other", () => {
    const curve = curveOf([answer("00", 0), answer("00", 0)], tokensOf);
    expect(curve?.points.map(({ x }) => x)).toEqual([0, 1]);
  });
});
