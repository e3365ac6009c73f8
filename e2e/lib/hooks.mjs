// An agent that works: its recorded hook calls, made again through the real hook command.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { binary } from "./server.mjs";

const HOOK_MS = 10_000;

/** The payloads of `fixtures/claude-code/NAME.jsonl`, in order of arrival. */
export async function recorded(name) {
  const file = new URL(`../../fixtures/claude-code/${name}.jsonl`, import.meta.url);
  // Only LF ends a line: a payload may hold other line separators.
  const lines = (await readFile(file, "utf8")).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line).payload);
}

/** Makes every call of a recorded session, one after the other as the agent did. */
export async function feed(server, name) {
  const payloads = await recorded(name);
  for (const payload of payloads) await hook(server, payload);
  return payloads;
}

/** One call: a process with the payload on its standard input, which must end well. */
export async function hook(server, payload) {
  const child = spawn(binary, ["hook", "claude-code"], {
    cwd: server.home,
    env: server.environment,
    stdio: ["pipe", "ignore", "pipe"],
    timeout: HOOK_MS,
  });
  let log = "";
  child.stderr.on("data", (text) => {
    log += text;
  });
  // A hook may end without having read everything.
  child.stdin.on("error", () => {});
  child.stdin.end(JSON.stringify(payload));
  const [code, signal] = await once(child, "close");
  if (code !== 0) {
    throw new Error(`the hook for ${payload.hook_event_name} ended with ${code ?? signal}\n${log}`);
  }
}
