// Recorded sessions of every agent, given to the server as their hooks would.

import { readFile } from "node:fs/promises";

/** Each with the beginning of its prompt, to find its task by. */
export const RECORDINGS = [
  ["claude-code", "task-list"],
  ["codex", "first-edit"],
  ["gemini-cli", "tool-failures"],
  ["opencode", "first-edit"],
  ["copilot-cli", "first-edit"],
];

export async function play(server, agent, name) {
  const file = new URL(`../../fixtures/${agent}/${name}.jsonl`, import.meta.url);
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  for (const line of lines) {
    const { payload, registered_for: event } = JSON.parse(line);
    await server.post(`/hooks/${agent}?event=${encodeURIComponent(event)}`, payload);
  }
}
