// Agents in the middle of their work: the beginnings of recorded sessions, and what comes next.

import assert from "node:assert/strict";
import { recorded } from "./hooks.mjs";
import { until } from "./until.mjs";

/** How far a recorded session goes until its agent is in a state. */
const BEGINNINGS = {
  asks: ["interactive-permission", "PermissionRequest", "permission"],
  works: ["tool-failures", "PreToolUse", "working"],
  delegates: ["explore-subagent", "Stop", "background"],
  waits: ["first-edit", "Stop", "person"],
  ends: ["task-list", "SessionEnd", "done"],
};

let count = 0;

/**
 * An agent's session of its own, as far as it went. It reports over HTTP, as hooks may: what it says
 * has arrived once the promise is kept, while the hook command never waits for that.
 */
export class Agent {
  constructor(server, prompt, payload) {
    this.server = server;
    this.prompted = prompt;
    this.payload = payload;
  }

  /** Starts one that `asks`, `works`, `delegates`, `waits` or `ends`, with a prompt, in a folder. */
  static async start(server, does, { prompt, cwd = "/home/dev/project" }) {
    const [name, last, state] = BEGINNINGS[does];
    const all = await recorded(name);
    const begun = all.slice(0, all.findIndex((one) => one.hook_event_name === last) + 1);
    count += 1;
    const session_id = `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
    const agent = new Agent(server, prompt, { ...begun[0], session_id, cwd });
    for (const payload of begun) {
      const asked = payload.hook_event_name === "UserPromptSubmit";
      await report(server, { ...payload, session_id, cwd, ...(asked && { prompt }) });
    }
    await agent.is(state);
    return agent;
  }

  /** What it says next. */
  tell(hook_event_name, more = {}) {
    return report(this.server, { ...this.payload, hook_event_name, ...more });
  }

  async ask(command) {
    await this.tell("PermissionRequest", { tool_name: "Bash", tool_input: { command } });
    await this.is("permission", command);
  }

  async prompt(prompt) {
    await this.tell("UserPromptSubmit", { prompt });
    await this.is("working");
  }

  async stop() {
    await this.tell("Stop", { stop_hook_active: false });
    await this.is("person");
  }

  async fail(error) {
    await this.tell("StopFailure", { error });
    await this.is("failed", error);
  }

  /** Waits until the server holds its task in a state, about something. */
  is(state, about = "") {
    return until(async () => {
      const { activity } = await this.server.taskOf(this.prompted);
      assert.equal(activity.state, state);
      assert.ok((activity.detail ?? "").includes(about), activity.detail);
    });
  }
}

function report(server, payload) {
  return server.post("/hooks/claude-code", payload);
}
