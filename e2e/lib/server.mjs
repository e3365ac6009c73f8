// The product's server as a child: started, killed without warning, started again where it was.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { until } from "./until.mjs";

const START_MS = 30_000;

export const binary =
  process.env.AGENT_TRACER_BIN ??
  fileURLToPath(new URL("../../target/debug/agent-tracer", import.meta.url));

export class Server {
  /** Where the server, its database and whatever else it may write live. */
  home;
  port = 0;
  #child = null;
  /** What it said on its standard error. */
  log = "";
  /** What every request must carry, if anything. */
  token = null;

  /** Starts on a free port with an empty database. */
  static async start({ token = null } = {}) {
    const server = new Server();
    server.token = token;
    server.home = await mkdtemp(join(tmpdir(), "agent-tracer-e2e-"));
    await server.start();
    return server;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Nothing of the person who runs the tests is read or written. */
  get environment() {
    const { PATH } = process.env;
    return { PATH, HOME: this.home, MONITOR_PORT: String(this.port) };
  }

  /** Starts, again on the port and the database of the last time if there was one. */
  async start() {
    const { MONITOR_PORT: _, ...environment } = this.environment;
    const database = join(this.home, "db.sqlite");
    const options = ["--port", String(this.port), "--db", database];
    if (this.token !== null) {
      await writeFile(join(this.home, "token"), this.token);
      options.push("--token-file", join(this.home, "token"));
    }
    const child = spawn(binary, ["serve", ...options], {
      cwd: this.home,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    child.stderr.on("data", (text) => {
      this.log += text;
    });
    this.port = await this.#printedPort(child);
  }

  /** Ends it as a power cut would: it has no moment to say or write anything. */
  async kill() {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  async stop() {
    await this.kill();
    await rm(this.home, { recursive: true, force: true });
  }

  async get(path) {
    const answer = await fetch(`${this.url}${path}`);
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async post(path, body) {
    const answer = await fetch(`${this.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /**
   * The one task that an agent's session made. A hook never makes its agent wait for the server, so
   * what it reported may arrive a moment after it has ended.
   */
  taskOf(prompt) {
    return until(async () => {
      const { tasks } = await this.get("/api/tasks");
      const found = tasks.filter((task) => `${task.displayTitle} ${task.title}`.includes(prompt));
      assert.equal(found.length, 1, `tasks of ${tasks.length} that are "${prompt}"`);
      return found[0];
    });
  }

  /** The events of a task, once there are at least so many. */
  timelineOf(task, atLeast = 1) {
    return until(async () => {
      const { timeline } = await this.get(`/api/tasks/${encodeURIComponent(task.id)}`);
      assert.ok(timeline.length >= atLeast, `only ${timeline.length} events were stored`);
      return timeline;
    });
  }

  #printedPort(child) {
    return new Promise((resolve, reject) => {
      const fail = (reason) => reject(new Error(`the server ${reason}\n${this.log}`));
      const timer = setTimeout(() => fail("printed no address"), START_MS);
      child.once("error", (error) => fail(`did not start: ${error.message}`));
      child.once("exit", (code) => fail(`ended at once with ${code}`));
      createInterface({ input: child.stdout }).on("line", (line) => {
        const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
        if (port === undefined) return;
        clearTimeout(timer);
        resolve(Number(port));
      });
    });
  }
}
