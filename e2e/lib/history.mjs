// Figures of two weeks that a test knows.

const HOUR_MS = 3_600_000;
const NONE = { tasks: 0, prompts: 0, toolCalls: 0, commands: 0, failures: 0, activeMs: 0 };

/** The hour in which something happened so many days ago. */
function hour(daysAgo) {
  const at = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  return new Date(at - daysAgo * 24 * HOUR_MS).toISOString();
}

const used = (daysAgo, agent, model, more) => ({
  hour: hour(daysAgo),
  agent,
  model,
  requests: 1,
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheCreationTokens: 0,
  outputTokens: 0,
  ...more,
});

export function knownHistory() {
  const shop = { agent: "claude-code", workspace: "/home/dev/shop" };
  const minute = 60_000;
  return {
    epoch: "known",
    seq: 1,
    hours: [
      {
        ...NONE,
        hour: hour(0),
        ...shop,
        tasks: 2,
        toolCalls: 20,
        failures: 5,
        activeMs: 90 * minute,
      },
      { ...NONE, hour: hour(1), agent: "codex", tasks: 3, commands: 7, activeMs: 30 * minute },
      { ...NONE, hour: hour(8), ...shop, tasks: 4 },
    ],
    usage: [
      used(0, "claude-code", "claude-opus-4-5", { inputTokens: 2_000, costMicros: 3_000_000 }),
      used(1, "codex", "home-made", { outputTokens: 700, unpricedTokens: 700 }),
    ],
    tools: [
      { day: hour(0).slice(0, 10), agent: "claude-code", tool: "Edit", calls: 20, failures: 5 },
    ],
  };
}
