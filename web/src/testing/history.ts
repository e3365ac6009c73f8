import type { ActivityHour, ToolDay, UsageHour } from "../overview/history";

const HOUR = "2026-11-25T08:00:00.000Z";

/** An hour in which nothing happened but what a test says. */
export function anHour(over: Partial<ActivityHour> = {}): ActivityHour {
  return {
    hour: HOUR,
    agent: "claude-code",
    tasks: 0,
    prompts: 0,
    toolCalls: 0,
    commands: 0,
    failures: 0,
    activeMs: 0,
    ...over,
  };
}

export function aUse(over: Partial<UsageHour> = {}): UsageHour {
  return {
    hour: HOUR,
    agent: "claude-code",
    model: "opus",
    requests: 1,
    inputTokens: 0,
    cacheReadTokens: 0,
    cacheCreationTokens: 0,
    outputTokens: 0,
    ...over,
  };
}

export function aToolDay(over: Partial<ToolDay> = {}): ToolDay {
  return { day: "2026-11-25", agent: "claude-code", tool: "Bash", calls: 1, failures: 0, ...over };
}
