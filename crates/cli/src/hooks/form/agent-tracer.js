// Agent Tracer's plugin for OpenCode. It tells Agent Tracer on this machine what a session does.
//
// Written by `agent-tracer hooks install opencode`; `agent-tracer hooks uninstall opencode` removes
// it, and so does deleting this file. Changes made here are lost with the next install.
//
// It must never slow OpenCode down or break it: nothing waits for it, nothing is thrown or printed,
// and what cannot be handed over in time is dropped and counted.

import { spawn, spawnSync } from "node:child_process";

const PROGRAM = "agent-tracer";

/** How much may wait, in events and in characters. Beyond it the newest is dropped. */
const WAITING_MAX = 1000;
const CHARACTERS_MAX = 32 << 20;
/** How long the program may take for one event, and for all that is left when OpenCode ends. */
const PATIENCE_MS = 5000;
const FAREWELL_MS = 500;

const ARGUMENTS = ["hook", "opencode"];

/** What comes with every start, every word of the model or every file of a build, and is not shown. */
const LEFT_OUT = new Set([
  "catalog.updated",
  "file.watcher.updated",
  "integration.updated",
  "message.part.delta",
  "plugin.added",
  "reference.updated",
  "server.connected",
  "server.heartbeat",
]);

/** Hands texts to the program in order, one process at a time. */
function courier() {
  const waiting = [];
  let characters = 0;
  let dropped = 0;
  let busy = false;

  function send(value) {
    try {
      const text = JSON.stringify(dropped > 0 ? { ...value, dropped } : value);
      if (waiting.length >= WAITING_MAX || characters + text.length > CHARACTERS_MAX) {
        dropped += 1;
        return;
      }
      dropped = 0;
      waiting.push(text);
      characters += text.length;
      if (!busy) next();
    } catch {
      // What cannot be written as JSON cannot be told.
    }
  }

  function next() {
    const text = waiting.shift();
    busy = text !== undefined;
    if (!busy) return;
    characters -= text.length;
    let over = false;
    const done = () => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      next();
    };
    let child;
    const timer = setTimeout(() => {
      child?.kill("SIGKILL");
      done();
    }, PATIENCE_MS);
    timer.unref?.();
    try {
      child = spawn(PROGRAM, ARGUMENTS, { stdio: ["pipe", "ignore", "ignore"] });
      child.on("error", done);
      child.on("close", done);
      child.stdin.on("error", () => {});
      child.stdin.end(text);
      // OpenCode ends when it wants to, not when this is done: see farewell.
      child.unref?.();
    } catch {
      done();
    }
  }

  /** The end of a session is among the last events, and a run often ends right behind it. */
  function farewell() {
    const until = Date.now() + FAREWELL_MS;
    const stdio = ["pipe", "ignore", "ignore"];
    for (const input of waiting.splice(0)) {
      const timeout = until - Date.now();
      if (timeout <= 0) return;
      try {
        spawnSync(PROGRAM, ARGUMENTS, { input, stdio, timeout, killSignal: "SIGKILL" });
      } catch {
        return;
      }
    }
  }

  process.once("exit", farewell);
  return send;
}

/** Whether an event says something that is not told better by a later one. */
function worthTelling() {
  const states = new Map();

  function remember(id, state) {
    // A call whose end never comes is forgotten in the end; at worst one is told twice.
    if (states.size >= WAITING_MAX) states.clear();
    states.set(id, state);
  }

  return (event) => {
    if (LEFT_OUT.has(event?.type)) return false;
    if (event?.type !== "message.part.updated") return true;
    const part = event.properties?.part;
    // A text that has a time is being written until it has an end; a person's has none.
    if (part?.type === "text" || part?.type === "reasoning") {
      return part.time === undefined || part.time.end !== undefined;
    }
    if (part?.type !== "tool") return true;
    const state = part.state?.status;
    if (states.get(part.id) === state) return false;
    // A call that ended says nothing more.
    if (state === "completed" || state === "error") states.delete(part.id);
    else remember(part.id, state);
    return true;
  };
}

export const AgentTracer = async () => {
  const send = courier();
  const tells = worthTelling();
  const told = (hook) => async (input, output) => send({ hook, input, output });
  return {
    event: async ({ event }) => {
      if (tells(event)) send({ hook: "event", event });
    },
    "chat.message": told("chat.message"),
    "tool.execute.before": told("tool.execute.before"),
    "tool.execute.after": told("tool.execute.after"),
  };
};
