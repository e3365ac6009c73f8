import type { FollowFrame, RowChange, Topic } from "../../wire.gen";
import { Follower, type FollowPhase, type TopicFrame } from "./follower";
import type { RowGuard } from "./guard";
import type { Cursor, FollowerPort, Line, ReadPoint, ReadReason } from "./port";

export interface FollowingPort extends FollowerPort {
  /** What is read from now on is of another history. */
  moved(epoch: string): void;
}

/** All topics that are followed, over one socket. `send` is only called while that is open. */
export class Following {
  readonly #port: FollowingPort;
  readonly #followers = new Map<Topic, Follower>();
  readonly #line: Line = { open: false, epoch: null };
  /** Topics that the socket which is being opened asks for in its address. */
  readonly #addressed = new Set<Topic>();
  #epoch: string | null = null;

  constructor(port: FollowingPort) {
    this.#port = port;
  }

  /** The history that the newest answer was of. */
  get epoch(): string | null {
    return this.#epoch;
  }

  has(topic: Topic): boolean {
    const phase = this.#followers.get(topic)?.phase;
    return phase !== undefined && phase !== "gone";
  }

  find(topic: Topic): Follower | undefined {
    return this.#followers.get(topic);
  }

  /** What is followed and how far it is known. */
  places(): { topic: Topic; phase: FollowPhase; cursor: number | null }[] {
    return [...this.#followers.values()].map(({ topic, phase, cursor }) => ({
      topic,
      phase,
      cursor: cursor?.seq ?? null,
    }));
  }

  /**
   * Follows a topic from now on: it is read and subscribed to at the same time, and whichever comes
   * first waits for the other.
   */
  follow(topic: Topic): void {
    if (this.has(topic)) return;
    const follower = new Follower(topic, this.#port, this.#line);
    this.#followers.set(topic, follower);
    follower.wantRead("first");
    if (this.#line.open) follower.subscribe();
  }

  unfollow(topic: Topic): void {
    const leave = this.#line.open && this.has(topic);
    this.#followers.delete(topic);
    if (leave) this.#port.send({ type: "unsubscribe", payload: { topic } });
  }

  /** What the address of the next socket says: the topics and how far each is known. */
  address(): string {
    const query = new URLSearchParams({ v: "2" });
    const active = [...this.#followers.values()].filter(({ phase }) => phase !== "gone");
    const epoch = active.find(({ after }) => after !== null)?.after?.epoch;
    if (epoch !== undefined) query.set("epoch", epoch);
    this.#addressed.clear();
    for (const { topic, after } of active) {
      // An address has room for one epoch; of another one the topic is asked for by a command.
      if (after !== null && after.epoch !== epoch) continue;
      query.append("topic", topic);
      if (after !== null) query.append("after", String(after.seq));
      this.#addressed.add(topic);
    }
    return query.toString();
  }

  opened(): void {
    this.#line.open = true;
    this.#line.epoch = null;
    for (const follower of [...this.#followers.values()]) {
      if (follower.phase === "gone") continue;
      if (this.#addressed.has(follower.topic)) follower.asking();
      else follower.subscribe();
    }
    this.#addressed.clear();
  }

  lost(): void {
    this.#line.open = false;
    this.#line.epoch = null;
    for (const follower of this.#followers.values()) follower.disconnected();
  }

  hear(frame: FollowFrame): void {
    if (!("topic" in frame) || !this.#line.open) return;
    if (frame.type === "subscribed" || frame.type === "resync") {
      this.#line.epoch = frame.payload.epoch;
    }
    const follower = this.#followers.get(frame.topic);
    if (follower === undefined) this.#port.count("ignored", rowsIn(frame));
    else follower.hear(frame);
  }

  /** To be called every few seconds. */
  checkAnswered(): void {
    if (!this.#line.open) return;
    for (const follower of this.#followers.values()) follower.checkAnswered();
  }

  /** The read of a topic is about to be put in the place of what is held. */
  accept(topic: Topic, { epoch }: { epoch: string }): boolean {
    if (!this.has(topic)) return false;
    this.#followers.get(topic)?.guard.enter(epoch);
    if (this.#epoch !== null && this.#epoch !== epoch) this.#port.moved(epoch);
    this.#epoch = epoch;
    return true;
  }

  /**
   * Whether rows that were read beside what is held belong to it: not when they are of another
   * history, or from before the read that the topic is followed from, for what changed in between
   * is never told.
   */
  acceptPage(topic: Topic, { epoch, seq }: Cursor): boolean {
    const follower = this.#followers.get(topic);
    if (follower === undefined) return false;
    const { guard, since } = follower;
    if (guard.epoch !== null && guard.epoch !== epoch) return false;
    guard.enter(epoch);
    return seq >= since;
  }

  /** The read was put in place: goes on from it. */
  resume(topic: Topic, point: ReadPoint): void {
    this.#followers.get(topic)?.resume(point);
  }

  /** Rows of the topic came with the read of another one. */
  lower(topic: Topic, seq: number): void {
    this.#followers.get(topic)?.lower(seq);
  }

  readAnew(topic: Topic, reason: ReadReason): void {
    this.#followers.get(topic)?.wantRead(reason);
  }

  /** The read found no such task. */
  notFound(topic: Topic): void {
    this.#followers.get(topic)?.notFound();
  }
}

interface Against<T> {
  guard: RowGuard;
  /** The row as it is held, wherever on the page. */
  held: (id: string) => T | undefined;
}

/** The rows of an answer, each as the newest of what is known of it says. */
export function overlaid<T extends { id: string }>(
  kind: RowChange["kind"],
  rows: readonly T[],
  seq: number,
  { guard, held }: Against<T>,
): T[] {
  return rows.flatMap((row) => {
    const change = { kind, id: row.id, seq, row } as unknown as RowChange;
    const known = guard.overlay(change);
    if (known !== null) return (known.row as T | undefined) ?? [];
    const newer = held(row.id);
    if (newer === undefined) guard.relearn(change);
    return newer ?? row;
  });
}

function rowsIn(frame: TopicFrame): number {
  return "rows" in frame.payload ? frame.payload.rows.length : 0;
}
