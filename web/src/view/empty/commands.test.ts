import { expect, test } from "vitest";
import { demoCommand, demoFromSource } from "./commands";

test("a server on a port of its own is named wherever it must be found", () => {
  expect(demoCommand("3847")).toBe("agent-tracer demo");
  expect(demoCommand("4000")).toBe("agent-tracer demo --port 4000");
  expect(demoFromSource("4000")).toBe("cargo run --release -- demo --port 4000");
});
