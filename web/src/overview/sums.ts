import type { ActivityHour, UsageHour } from "./history";

/** Everything that is counted, over some time. */
export interface Sums {
  readonly tasks: number;
  readonly prompts: number;
  /** Of tools and terminal commands. */
  readonly calls: number;
  readonly failures: number;
  readonly activeMs: number;
  readonly requests: number;
  readonly input: number;
  /** Read from a cache or written to one. */
  readonly cache: number;
  readonly output: number;
  /** As far as prices are known. */
  readonly costMicros: number;
  /** The part of it that agents report themselves; the rest is an estimate. */
  readonly reportedMicros: number;
  /** Tokens whose price nobody knows. */
  readonly unpriced: number;
}

export const NOTHING: Sums = {
  tasks: 0,
  prompts: 0,
  calls: 0,
  failures: 0,
  activeMs: 0,
  requests: 0,
  input: 0,
  cache: 0,
  output: 0,
  costMicros: 0,
  reportedMicros: 0,
  unpriced: 0,
};

export type Counting = { -readonly [K in keyof Sums]: Sums[K] };

export const counting = (): Counting => ({ ...NOTHING });

export function addActivity(sums: Counting, hour: ActivityHour): void {
  sums.tasks += hour.tasks;
  sums.prompts += hour.prompts;
  sums.calls += hour.toolCalls + hour.commands;
  sums.failures += hour.failures;
  sums.activeMs += hour.activeMs;
}

export function addUsage(sums: Counting, hour: UsageHour): void {
  const cache = hour.cacheReadTokens + hour.cacheCreationTokens;
  const all = hour.inputTokens + cache + hour.outputTokens;
  sums.requests += hour.requests;
  sums.input += hour.inputTokens;
  sums.cache += cache;
  sums.output += hour.outputTokens;
  sums.costMicros += hour.costMicros ?? 0;
  sums.reportedMicros += hour.reportedCostMicros ?? 0;
  // No word about a price is not a price of nothing.
  sums.unpriced += hour.unpricedTokens ?? (hour.costMicros === undefined ? all : 0);
}

export const tokensIn = ({ input, cache, output }: Sums): number => input + cache + output;
export const estimatedIn = (sums: Sums): number =>
  Math.max(0, sums.costMicros - sums.reportedMicros);

/** Whether anything at all was counted. */
export const isNothing = (sums: Sums): boolean => Object.values(sums).every((value) => value === 0);
