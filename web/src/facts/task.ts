import type { TaskUsage } from "../api/api";
import { detailsOf, titleOf } from "../event/details";
import { hasFailed } from "../event/failed";
import type { Event, Usage } from "../wire.gen";

/** A prompt with what it cost, as far as the prompt is loaded. */
export interface PromptUse {
  readonly promptId: string;
  readonly usage: Usage;
  readonly event?: Event;
}

/** The prompts that used most tokens first. */
export function promptUses(usage: TaskUsage, events: readonly Event[]): PromptUse[] {
  // The first event of a prompt is the prompt, or what stands for one that no person wrote.
  const prompts = new Map(events.toReversed().map((event) => [event.metadata.promptId, event]));
  return usage.prompts
    .map(({ promptId, usage }) => {
      const event = prompts.get(promptId);
      return { promptId, usage, ...(event === undefined ? {} : { event }) };
    })
    .toSorted((a, b) => usedTokens(b.usage) - usedTokens(a.usage));
}

export function usedTokens(usage: Usage): number {
  const { inputTokens, cacheReadTokens, cacheCreationTokens, outputTokens } = usage;
  return inputTokens + cacheReadTokens + cacheCreationTokens + outputTokens;
}

/** How often each tool was called, and how often that failed; the most called first. */
export interface ToolCount {
  readonly tool: string;
  readonly calls: number;
  readonly failures: number;
}

export function toolCounts(events: readonly Event[]): ToolCount[] {
  const counts = new Map<string, { calls: number; failures: number }>();
  for (const event of events) {
    const { toolName, toolStatus } = detailsOf(event);
    if (toolName === undefined || toolStatus === undefined) continue;
    const held = counts.get(toolName) ?? { calls: 0, failures: 0 };
    held.calls += 1;
    if (hasFailed(event)) held.failures += 1;
    counts.set(toolName, held);
  }
  return [...counts]
    .map(([tool, { calls, failures }]) => ({ tool, calls, failures }))
    .toSorted((a, b) => b.calls - a.calls || titleOrder(a.tool, b.tool));
}

const titleOrder = (a: string, b: string) => (a < b ? -1 : 1);

export const promptTitle = ({ promptId, event }: PromptUse) =>
  event === undefined ? `Prompt ${promptId}` : titleOf(event);
