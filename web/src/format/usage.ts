import type { Usage } from "../wire.gen";
import { decimal, whole } from "./number";

/** What was used of models in one line: `48k in · 3.1k out · $0.42`. */
export function usageLine(usage: Usage): string {
  const sent = usage.inputTokens + usage.cacheReadTokens + usage.cacheCreationTokens;
  return [`${tokens(sent)} in`, `${tokens(usage.outputTokens)} out`, ...costs(usage)].join(" · ");
}

/** The same in whole numbers, and where the cost comes from. */
export function usageDetails(usage: Usage): string {
  const lines = [
    `Sent: ${whole(usage.inputTokens)} tokens, ${whole(usage.cacheReadTokens)} more read from a cache, ${whole(usage.cacheCreationTokens)} written to one.`,
    `Came back: ${whole(usage.outputTokens)}, ${whole(usage.reasoningTokens)} of them reasoning.`,
  ];
  if (usage.reportedCostMicros !== undefined)
    lines.push(`${dollars(usage.reportedCostMicros)} as the agent reports it.`);
  const estimated = estimatedPart(usage);
  if (estimated > 0) lines.push(`${dollars(estimated)} is our estimate, by list prices.`);
  if (usage.unpricedTokens !== undefined)
    lines.push(`No price is known for ${whole(usage.unpricedTokens)} tokens.`);
  lines.push("Without what its subagents used.");
  return lines.join("\n");
}

function costs(usage: Usage): string[] {
  const parts: string[] = [];
  if (usage.costMicros !== undefined) {
    const estimate = estimatedPart(usage) > 0;
    parts.push(estimate ? `≈ ${dollars(usage.costMicros)} estimate` : dollars(usage.costMicros));
  }
  if (usage.unpricedTokens !== undefined) {
    const all = usage.costMicros === undefined;
    parts.push(all ? "unpriced" : `${tokens(usage.unpricedTokens)} unpriced`);
  }
  return parts;
}

const estimatedPart = (usage: Usage) => (usage.costMicros ?? 0) - (usage.reportedCostMicros ?? 0);

/** A number of tokens in short: `48k`. */
export function tokens(count: number): string {
  if (count < 1_000) return whole(count);
  return count < 1_000_000 ? `${decimal(count / 1_000)}k` : `${decimal(count / 1_000_000)}M`;
}

/** Millionths of a dollar as dollars. What is too little to show is not shown as nothing. */
export function dollars(micros: number): string {
  const cents = Math.round(micros / 10_000);
  return cents === 0 && micros > 0 ? "< $0.01" : `$${(cents / 100).toFixed(2)}`;
}
