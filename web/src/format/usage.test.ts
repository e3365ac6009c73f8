import { describe, expect, it } from "vitest";
import type { Usage } from "../wire.gen";
import { usageDetails, usageLine } from "./usage";

const USED: Usage = {
  requests: 3,
  inputTokens: 1_421,
  cacheReadTokens: 46_000,
  cacheCreationTokens: 420,
  outputTokens: 3_060,
  reasoningTokens: 12,
};

describe("usageLine", () => {
  it("says what the agent reports as it is", () => {
    const usage = { ...USED, costMicros: 421_000, reportedCostMicros: 421_000 };
    expect(usageLine(usage)).toBe("47.8k in · 3.1k out · $0.42");
  });

  it("marks an estimate as one, in part too", () => {
    expect(usageLine({ ...USED, costMicros: 421_000 })).toContain("≈ $0.42 estimate");
    const part = { ...USED, costMicros: 421_000, reportedCostMicros: 420_000 };
    expect(usageLine(part)).toContain("estimate");
  });

  it("never shows an unknown price as nothing", () => {
    expect(usageLine({ ...USED, unpricedTokens: 50_901 })).toBe("47.8k in · 3.1k out · unpriced");
    const part = { ...USED, costMicros: 10_000, reportedCostMicros: 10_000, unpricedTokens: 900 };
    expect(usageLine(part)).toBe("47.8k in · 3.1k out · $0.01 · 900 unpriced");
    const little = { ...USED, costMicros: 12, reportedCostMicros: 12 };
    expect(usageLine(little)).toContain("< $0.01");
  });
});

describe("usageDetails", () => {
  it("says where each part of the cost comes from", () => {
    const usage = { ...USED, costMicros: 3_000_000, reportedCostMicros: 1_000_000 };
    const told = usageDetails({ ...usage, unpricedTokens: 7 });
    expect(told).toContain("$1.00 as the agent reports it.");
    expect(told).toContain("$2.00 is our estimate, by list prices.");
    expect(told).toContain("No price is known for 7 tokens.");
  });
});
