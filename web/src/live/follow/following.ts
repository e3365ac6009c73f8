import type { FollowCommand, FollowFrame, RowChange, Topic } from "../../wire.gen";
import { Follower, type FollowPhase, type TopicFrame } from "./follower";
import type { Late, RowGuard } from "./guard";
import type { FollowerPort, ReadPoint, ReadReason } from "./port";

export interface FollowingPort extends Omit<FollowerPort, "subscribe"> {
  /** To the server; only called between `opened` and `lost`. */
  send(command: FollowCommand): void;
  /** The server's history is another one from now on. */
  moved(epoch: string): void;
}

/**
 * All topics that are followed, over one socket and in one epoch.
 *
 * Nothing of one epoch is mixed with another: the first word of a new one makes every topic be
 * read anew, and an answer from one that was left is thrown away.
 */
export class Following {
  readonly #port: FollowingPort;
  readonly #followers = new Map<Topic, Follower>();
  readonly #left = new Set<string>();
  /** Topics with a subscription on this socket, whether they are still wanted or not. */
  readonly #asked = new Set<Topic>();
  #epoch: string | null = null;
  #open = false;

  constructor(port: FollowingPort) {
    this.#port = port;
  }

  get epoch(): string | null {
    return this.#epoch;
  }

  has(topic: Topic): boolean {
    return this.#followers.has(topic);
  }

  guardOf(topic: Topic): RowGuard | undefined {
    return this.#followers.get(topic)?.guard;
  }

  /** What is followed and how far it is known. */
  places(): { topic: Topic; phase: FollowPhase; cursor: number | null }[] {
    return [...this.#followers.values()].map(({ topic, phase, cursor }) => ({
      topic,
      phase,
      cursor,
    }));
  }

  /** Reads the topic, then follows it. */
  follow(topic: Topic): void {
    if (this.#followers.has(topic)) return;
    const subscribe = (name: Topic) => this.#subscribe(name);
    const port: FollowerPort = { ...this.#bound(), subscribe };
    this.#followers.set(topic, new Follower(topic, port, this.#asked.has(topic)));
    this.#port.read(topic, "first");
  }

  unfollow(topic: Topic): void {
    const phase = this.#followers.get(topic)?.phase;
    this.#followers.delete(topic);
    if (phase === undefined || phase === "ended") return;
    if (this.#open && this.#asked.has(topic)) {
      this.#port.send({ type: "unsubscribe", payload: { topic } });
    }
  }

  /** What the address of the next socket says: the topics and how far each is known. */
  address(): string {
    const query = new URLSearchParams({ v: "2" });
    if (this.#epoch !== null) query.set("epoch", this.#epoch);
    for (const { topic, cursor } of this.#followers.values()) {
      if (cursor === null) continue;
      query.append("topic", topic);
      query.append("after", String(cursor));
      this.#asked.add(topic);
    }
    return query.toString();
  }

  opened(): void {
    this.#open = true;
    for (const { topic, cursor } of this.#followers.values()) {
      if (cursor !== null && !this.#asked.has(topic)) this.#subscribe(topic);
    }
  }

  lost(): void {
    this.#open = false;
    this.#asked.clear();
    for (const follower of this.#followers.values()) follower.disconnected();
  }

  hear(frame: FollowFrame): void {
    if (!("topic" in frame)) return;
    const follower = this.#followers.get(frame.topic);
    if (follower === undefined) this.#port.count("ignored", rowsIn(frame));
    else if (this.#isCurrent(frame)) follower.hear(frame);
  }

  /** To be called every few seconds while the socket is open. */
  checkAnswered(): void {
    if (!this.#open) return;
    for (const follower of this.#followers.values()) follower.checkAnswered();
  }

  /**
   * Whether the read of a topic may be put in the place of what is held: not when it is of an epoch
   * that was left. One of a new epoch makes everything else be read anew.
   */
  accept(topic: Topic, { epoch }: { epoch: string }): boolean {
    return this.#followers.has(topic) && this.#enter(epoch, topic);
  }

  /**
   * Whether rows that were read beside what is held belong to it: not when they are of another
   * epoch, or from before the read that the topic is followed from, for what changed in between
   * is never told.
   */
  acceptPage(topic: Topic, { epoch, seq }: { epoch: string; seq: number }): boolean {
    const follower = this.#followers.get(topic);
    if (follower === undefined) return false;
    if (epoch === this.#epoch) return seq >= follower.since;
    this.#enter(epoch);
    return false;
  }

  /** The answer was put in place: goes on from it. */
  resume(topic: Topic, point: ReadPoint): void {
    this.#followers.get(topic)?.resume(point);
  }

  /** Rows of the topic came with the read of another one. */
  lower(topic: Topic, seq: number): void {
    this.#followers.get(topic)?.lower(seq);
  }

  readAnew(topic: Topic, reason: ReadReason): void {
    this.#followers.get(topic)?.readAnew(reason);
  }

  #isCurrent(frame: TopicFrame): boolean {
    const tells = frame.type === "subscribed" || frame.type === "resync";
    return !tells || this.#enter(frame.payload.epoch);
  }

  /** False for an epoch that was left: what speaks of it comes too late. */
  #enter(epoch: string, except?: Topic): boolean {
    if (epoch === this.#epoch) return true;
    if (this.#left.has(epoch)) return false;
    const last = this.#epoch;
    this.#epoch = epoch;
    if (last === null) return true;
    this.#left.add(last);
    this.#port.moved(epoch);
    for (const follower of [...this.#followers.values()]) {
      follower.restart();
      if (follower.topic !== except) this.#port.read(follower.topic, "epoch");
    }
    return true;
  }

  #subscribe(topic: Topic): void {
    const after = this.#followers.get(topic)?.cursor ?? null;
    if (!this.#open || after === null || this.#epoch === null) return;
    this.#asked.add(topic);
    this.#port.send({ type: "subscribe", payload: { topic, epoch: this.#epoch, after } });
  }

  #bound(): Omit<FollowerPort, "subscribe"> {
    const { read, apply, figures, removed, count } = this.#port;
    return { read, apply, figures, removed, count };
  }
}

/** The rows of an answer as changes, so that they can be held against those that came by socket. */
export function overlaid<T extends { id: string }>(
  kind: RowChange["kind"],
  rows: readonly T[],
  seq: number,
  {
    guard,
    late,
    held,
  }: { guard: RowGuard; late: Late | null; held: (id: string) => T | undefined },
): T[] {
  return rows.flatMap((row) => {
    const known = guard.overlay({ kind, id: row.id, seq, row } as unknown as RowChange, late);
    // What is newer and not gone is held somewhere on the page.
    if (known === null) return held(row.id) ?? row;
    return (known.row as T | undefined) ?? [];
  });
}

function rowsIn(frame: TopicFrame): number {
  return "rows" in frame.payload ? frame.payload.rows.length : 0;
}
