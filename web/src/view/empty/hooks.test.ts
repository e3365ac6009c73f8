import { expect, test } from "vitest";
import { demoCommand, hooksSnippet } from "./hooks";

test("the hooks are valid JSON, and the same for every event", () => {
  const { hooks } = JSON.parse(hooksSnippet("3847"));
  expect(Object.keys(hooks)).toHaveLength(17);
  for (const [entry] of Object.values<[{ hooks: [{ command: string }] }]>(hooks)) {
    expect(entry.hooks[0].command).toBe("agent-tracer hook claude-code");
  }
});

test("a server on a port of its own is named wherever it must be found", () => {
  expect(demoCommand("3847")).toBe("agent-tracer demo");
  expect(demoCommand("4000")).toBe("agent-tracer demo --port 4000");
  expect(hooksSnippet("4000")).toContain("MONITOR_PORT=4000 agent-tracer hook claude-code");
});
