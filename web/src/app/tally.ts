import type { FollowPhase } from "../live/follow/follower";
import type { ReadReason } from "../live/follow/port";
import type { Topic } from "../wire.gen";

export type Strategy = "patch" | "reread";

export interface TopicPlace {
  readonly topic: Topic;
  readonly phase: FollowPhase;
  readonly cursor: number | null;
}

/** How the page keeps up with the server, in numbers since it was opened. */
export interface Diagnostics {
  readonly strategy: Strategy;
  readonly epoch: string | null;
  readonly topics: readonly TopicPlace[];
  readonly counts: Readonly<Counts>;
  /** How often something that was held had to be read again, by its reason. */
  readonly resyncs: Readonly<Partial<Record<ReadReason, number>>>;
}

export interface Counts {
  frames: number;
  socketBytes: number;
  httpBytes: number;
  rowsApplied: number;
  rowsIgnored: number;
  gaps: number;
  /** Reads of what was held already: 0 in normal use. */
  rereads: number;
  /** Frames and rows that this page does not know. */
  unknownFrames: number;
  connections: number;
}

/** Counts, and is asked only by who looks at the numbers: counting draws nothing. */
export class Tally {
  readonly strategy: Strategy;
  readonly counts: Counts = {
    frames: 0,
    socketBytes: 0,
    httpBytes: 0,
    rowsApplied: 0,
    rowsIgnored: 0,
    gaps: 0,
    rereads: 0,
    unknownFrames: 0,
    connections: 0,
  };
  readonly #resyncs: Partial<Record<ReadReason, number>> = {};
  /** Where the following stands, for who has one. */
  place: () => { epoch: string | null; topics: readonly TopicPlace[] } = () => NOWHERE;

  constructor(strategy: Strategy) {
    this.strategy = strategy;
  }

  add(count: keyof Counts, by = 1): void {
    this.counts[count] += by;
  }

  addFrame(data: unknown): void {
    this.counts.frames += 1;
    if (typeof data === "string") this.counts.socketBytes += bytesIn(data);
  }

  addResync(reason: ReadReason): void {
    this.#resyncs[reason] = (this.#resyncs[reason] ?? 0) + 1;
  }

  read(): Diagnostics {
    const { strategy, counts } = this;
    return { strategy, ...this.place(), counts: { ...counts }, resyncs: { ...this.#resyncs } };
  }
}

const utf8 = new TextEncoder();

/** Encoding costs as much as reading a frame does: most are ASCII, and need none. */
function bytesIn(text: string): number {
  return BEYOND_ASCII.test(text) ? utf8.encode(text).length : text.length;
}

const BEYOND_ASCII = /[^\x20-\x7e\n\r\t]/;
const NOWHERE = { epoch: null, topics: [] };
