import { expect, test } from "vitest";
import { anEvent } from "../testing/samples";
import type { EventKind } from "../wire.gen";
import { standings } from "./standing";

const row = (id: string, kind: EventKind, metadata: Record<string, unknown>) =>
  anEvent({ id, kind, metadata: { filePaths: [], ...metadata } });

const call = (id: string, command: string, toolStatus = "running") =>
  row(id, "terminal.command", { toolName: "Bash", toolInput: { command }, toolStatus });

const ask = (id: string, command: string, questionPhase = "asked") =>
  row(id, "question.logged", {
    toolName: "Bash",
    toolInput: { command },
    questionId: `q ${command}`,
    questionPhase,
  });

test("a running call waits for permission while a later question about it is open", () => {
  const open = standings([call("a", "rm x"), call("b", "ls"), ask("q", "rm x")]);
  expect([...open]).toEqual([
    ["q", "unanswered"],
    ["a", "unpermitted"],
  ]);
});

test("an answered question leaves its call running", () => {
  expect(standings([call("a", "rm x"), ask("q", "rm x", "concluded")]).size).toBe(0);
  const answered = [call("a", "rm x"), ask("q", "rm x"), ask("r", "rm x", "answered")];
  expect(standings(answered).size).toBe(0);
});

test("neither a call that ended nor one that began after the question waits for it", () => {
  const events = [call("a", "rm x", "refused"), ask("q", "rm x"), call("b", "rm x")];
  expect([...standings(events).keys()]).toEqual(["q"]);
});

test("a question that is a call is open while the call runs", () => {
  const question = (toolStatus: string) =>
    row("q", "question.logged", { toolName: "Ask", toolStatus, questionPhase: "asked" });
  expect(standings([question("running")]).get("q")).toBe("unanswered");
  expect(standings([question("interrupted")]).size).toBe(0);
});
