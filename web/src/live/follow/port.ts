import type { Figures, ResyncReason, RowChange, Topic } from "../../wire.gen";

/**
 * Why a topic is read: it was never held, the server said that it cannot tell what was missed, or
 * the page found out itself (`gap`: asking again did not close it; `unrecovered`: followed on from
 * a place that is not ours; `silent`: no answer to a subscription).
 */
export type ReadReason = "first" | ResyncReason | "gap" | "unrecovered" | "silent";

/** Things that happen and are counted. */
export type Occasion = "applied" | "ignored" | "gap";

/** What a follower asks of its surroundings. */
export interface FollowerPort {
  /** Subscribe after the cursor. */
  subscribe(topic: Topic): void;
  /** Read the topic and hand the answer back. */
  read(topic: Topic, reason: ReadReason): void;
  apply(topic: Topic, rows: readonly RowChange[]): void;
  figures(topic: Topic, figures: Figures): void;
  /** The task is gone, and with it the topic. */
  removed(topic: Topic): void;
  count(occasion: Occasion, by: number): void;
}

/** What a read of a topic says about its place in the history. */
export interface ReadPoint {
  readonly epoch: string;
  /** The lowest number among the answers that make up the topic. */
  readonly seq: number;
  /** The number of the answer that held the figures. */
  readonly figuresSeq: number;
}
