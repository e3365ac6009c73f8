import type { Figures, FollowCommand, ResyncReason, RowChange, Topic } from "../../wire.gen";

/**
 * Why a topic is read: it was never held, the server said that it cannot tell what was missed, or
 * the page found out itself (`gap`: asking again and again did not close it).
 */
export type ReadReason = "first" | ResyncReason | "gap";

/** Things that happen and are counted. */
export type Occasion = "applied" | "ignored" | "gap";

/** What a follower asks of its surroundings. */
export interface FollowerPort {
  send(command: FollowCommand): void;
  /** Read the topic, until there is an answer. */
  read(topic: Topic, reason: ReadReason): void;
  apply(topic: Topic, rows: readonly RowChange[]): void;
  figures(topic: Topic, figures: Figures): void;
  /** There is no such task, or none any longer. */
  removed(topic: Topic): void;
  count(occasion: Occasion, by: number): void;
}

/** The connection, as far as topics must know it: it speaks of one history. */
export interface Line {
  open: boolean;
  /** Unknown until the server named it on this connection. */
  epoch: string | null;
}

/** How far a topic is known. */
export interface Cursor {
  readonly epoch: string;
  readonly seq: number;
}

/** What a read of a topic says about its place in the history. */
export interface ReadPoint extends Cursor {
  /** The number of the answer that held the figures; `seq` is the lowest of all. */
  readonly figuresSeq: number;
}
