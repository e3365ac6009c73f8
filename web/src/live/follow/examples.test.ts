// Runs `spec/vectors/follow.json`, as the tests of the core do.
// spec: F3, F4, F5, F6, F7, F8, F10, F11, F13

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { FollowCommand, FollowFrame, RowChange, Topic } from "../../wire.gen";
import { Following } from "./following";
import { parseFollow } from "./parse";

interface Read {
  topic: Topic;
  epoch: string;
  seq: number;
  rows: string[];
}

interface Step {
  connect?: true;
  disconnect?: true;
  follow?: Topic;
  unfollow?: Topic;
  frame?: { type: string; topic: Topic; payload?: { rows?: string[] } };
  read?: Read;
  notFound?: Topic;
  sends?: FollowCommand[];
  reads?: Topic[];
  phase?: string;
  cursor?: { epoch: string; seq: number };
  rows?: Record<string, number>;
  figures?: number;
}

interface Example {
  number: number;
  name: string;
  topic: Topic;
  steps: Step[];
}

// A test's own address is none of a file here; the tests run in web/.
const load = (name: string) => JSON.parse(readFileSync(`../spec/vectors/${name}`, "utf8"));
const { examples } = load("follow.json") as { examples: Example[] };
const bodies = load("bodies.json") as Record<string, object>;

/** `+task/a@5` as the whole row. */
function whole(short: string): RowChange {
  const [, sign, kind = "", id = "", seq] = /^([+-])(\w+)\/(.+)@(\d+)$/.exec(short) ?? [];
  const key = kind === "evaluation" ? "taskId" : "id";
  const row = sign === "+" ? { row: { ...bodies[kind], [key]: id } } : {};
  return { kind, id, seq: Number(seq), ...row } as unknown as RowChange;
}

function wholeFrame(short: NonNullable<Step["frame"]>): FollowFrame {
  const frame: Record<string, unknown> = { ...short };
  if (short.payload?.rows) frame.payload = { rows: short.payload.rows.map(whole) };
  if (short.type === "figures") {
    frame.payload = bodies[short.topic === "overview" ? "overviewFigures" : "taskFigures"];
  }
  const parsed = parseFollow(JSON.stringify(frame));
  if (parsed === null || parsed.dropped > 0) throw new Error(`unreadable: ${frame.type}`);
  return parsed.frame;
}

/** A page that holds what its port is told, and nothing else. */
class Client {
  sends: FollowCommand[] = [];
  reads: Topic[] = [];
  readonly held = new Map<Topic, Map<string, number>>();
  readonly #reading = new Set<Topic>();
  readonly following = new Following({
    send: (command) => this.sends.push(command),
    read: (topic) => {
      this.#reading.add(topic);
      this.reads.push(topic);
    },
    apply: (topic, rows) => this.#put(topic, rows),
    figures: () => {},
    removed: (topic) => {
      this.#reading.delete(topic);
      this.held.delete(topic);
    },
    count: () => {},
    moved: () => {},
  });

  run(step: Step): void {
    if (step.connect) this.#connect();
    else if (step.disconnect) this.following.lost();
    else if (step.follow) this.following.follow(step.follow);
    else if (step.unfollow) this.following.unfollow(step.unfollow);
    else if (step.notFound) this.following.notFound(step.notFound);
    else if (step.frame) this.following.hear(wholeFrame(step.frame));
    else if (step.read) this.#read(step.read);
  }

  /** Topics in the address say what a command each would say. */
  #connect(): void {
    const query = new URLSearchParams(this.following.address());
    const [epoch, afters] = [query.get("epoch"), query.getAll("after")];
    for (const topic of query.getAll("topic")) {
      const after = afters.shift();
      const place = after === undefined ? {} : { epoch: epoch ?? "", after: Number(after) };
      this.sends.push({ type: "subscribe", payload: { topic, ...place } });
    }
    this.following.opened();
  }

  #read({ topic, epoch, seq, rows }: Read): void {
    const changes = rows.map(whole);
    if (this.#reading.delete(topic)) {
      if (!this.following.accept(topic, { epoch })) return;
      this.held.set(topic, new Map());
      this.#overlay(topic, changes);
      this.following.resume(topic, { epoch, seq, figuresSeq: 0 });
    } else if (this.following.acceptPage(topic, { epoch, seq })) {
      // These rows have numbers of their own, so one that is newer than the cursor shows as such.
      const cursor = this.following.find(topic)?.cursor?.seq ?? 0;
      this.#overlay(
        topic,
        changes.filter((change) => change.seq <= cursor),
      );
    }
  }

  #overlay(topic: Topic, rows: readonly RowChange[]): void {
    const guard = this.following.find(topic)?.guard;
    this.#put(
      topic,
      rows.flatMap((row) => guard?.overlay(row) ?? []),
    );
  }

  #put(topic: Topic, rows: readonly RowChange[]): void {
    const held = this.held.get(topic) ?? new Map<string, number>();
    this.held.set(topic, held);
    for (const { kind, id, seq, row } of rows) {
      if (row === undefined) held.delete(`${kind}/${id}`);
      else held.set(`${kind}/${id}`, seq);
    }
  }
}

test.each(examples)("example $number: $name", ({ topic, steps }) => {
  const client = new Client();
  for (const [at, step] of steps.entries()) {
    client.sends = [];
    client.reads = [];
    client.run(step);
    const follower = client.following.find(topic);
    const place = `step ${at + 1}`;
    expect(client.sends, place).toEqual(step.sends ?? []);
    expect(client.reads, place).toEqual(step.reads ?? []);
    if (step.phase) expect(follower?.phase, place).toBe(step.phase);
    if (step.cursor) expect(follower?.cursor, place).toEqual(step.cursor);
    if (step.figures) expect(follower?.figuresSeq, place).toBe(step.figures);
    if (step.rows) {
      expect(Object.fromEntries(client.held.get(topic) ?? []), place).toEqual(step.rows);
    }
  }
});
