import type { Timestamp } from "../wire.gen";

/** What happened in an hour, of one agent in one folder. */
export interface ActivityHour {
  readonly hour: Timestamp;
  readonly agent: string;
  readonly workspace?: string;
  readonly tasks: number;
  readonly prompts: number;
  /** Calls of tools that are no terminal commands. */
  readonly toolCalls: number;
  readonly commands: number;
  readonly failures: number;
  readonly activeMs: number;
}

/** What was used of one model in an hour. */
export interface UsageHour {
  readonly hour: Timestamp;
  readonly agent: string;
  readonly model: string;
  readonly workspace?: string;
  readonly requests: number;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheCreationTokens: number;
  readonly outputTokens: number;
  /** What it cost as far as that is known, with what is reported. */
  readonly costMicros?: number;
  readonly reportedCostMicros?: number;
  readonly unpricedTokens?: number;
}

/** How often a tool was called on a day of UTC. */
export interface ToolDay {
  readonly day: string;
  readonly agent: string;
  readonly tool: string;
  readonly calls: number;
  readonly failures: number;
  readonly durationMs?: number;
}

/** What was done and used over a time; hours and days are those of UTC. */
export interface History {
  readonly hours: readonly ActivityHour[];
  readonly usage: readonly UsageHour[];
  readonly tools: readonly ToolDay[];
}
