import { expect, test } from "vitest";
import type { TaskUsage } from "../api/api";
import { anEvent } from "../testing/samples";
import { promptTitle, promptUses, toolCounts } from "./task";

const used = (inputTokens: number) => ({
  requests: 1,
  inputTokens,
  cacheReadTokens: 0,
  cacheCreationTokens: 0,
  outputTokens: 1,
  reasoningTokens: 0,
});

test("the prompts that used most come first, with their events where they are loaded", () => {
  const metadata = { filePaths: [], promptId: "p1" };
  const prompt = anEvent({ id: "prompt", kind: "user.message", title: "Do it", metadata });
  const call = anEvent({ id: "call", metadata });
  const usage: TaskUsage = {
    total: used(30),
    models: [],
    prompts: [
      { promptId: "p1", usage: used(10) },
      { promptId: "p2", usage: used(20) },
    ],
  };
  expect(promptUses(usage, [prompt, call]).map(promptTitle)).toEqual(["Prompt p2", "Do it"]);
});

test("tools are counted by their calls, a question about one is none", () => {
  const call = (toolName: string, toolStatus?: string) =>
    anEvent({ metadata: { filePaths: [], toolName, toolStatus } });
  const events = [call("Read", "completed"), call("Bash", "failed"), call("Bash", "completed")];
  expect(toolCounts([...events, call("Bash"), call("Bash", "refused")])).toEqual([
    { tool: "Bash", calls: 3, failures: 2 },
    { tool: "Read", calls: 1, failures: 0 },
  ]);
});
