import type { FollowFrame, RowChange, Topic } from "../../wire.gen";
import { Aside } from "./aside";
import { NewestFigures } from "./figures";
import { RowGuard } from "./guard";
import { Kept } from "./kept";
import type { Cursor, FollowerPort, Line, ReadPoint, ReadReason } from "./port";

/** Frames that speak of one topic. */
export type TopicFrame = Extract<FollowFrame, { topic: Topic }>;
type Frame<T extends TopicFrame["type"]> = Extract<TopicFrame, { type: T }>;

/** `catchingUp`: what was missed is on its way. `gone`: there is no such task. */
export type FollowPhase = "notSubscribed" | "reading" | "catchingUp" | "live" | "gone";

/** What this connection knows of us: nothing, a subscription without or after our cursor, all. */
type Asked = "nothing" | "fresh" | "after" | "answered";

/** So often the same place is asked for in vain before the topic is read anew. */
const VAIN_MAX = 4;

/** Follows one topic: says of each frame whether it comes next, is old, or shows that one is missing. */
export class Follower {
  readonly guard = new RowGuard();
  readonly topic: Topic;
  readonly #port: FollowerPort;
  readonly #line: Line;
  #cursor: Cursor | null = null;
  #since = -1;
  #floor = Number.POSITIVE_INFINITY;
  #reading = false;
  #gone = false;
  #asked: Asked = "nothing";
  /** A subscription without an epoch was sent on this connection. */
  #blind = false;
  readonly #kept = new Kept();
  readonly #aside = new Aside();
  readonly #figures = new NewestFigures();
  #vain = 0;
  #unanswered = 0;

  constructor(topic: Topic, port: FollowerPort, line: Line) {
    this.topic = topic;
    this.#port = port;
    this.#line = line;
  }

  get phase(): FollowPhase {
    if (this.#gone) return "gone";
    if (this.#reading) return "reading";
    if (this.#asked === "nothing") return "notSubscribed";
    return this.#asked === "answered" ? "live" : "catchingUp";
  }

  /** The commit up to which everything that is held is known. */
  get cursor(): Cursor | null {
    return this.#cursor;
  }

  /** Where a subscription goes on from; nowhere while that is being read. */
  get after(): Cursor | null {
    return this.#reading ? null : this.#cursor;
  }

  /** The commit of the read that is followed from. */
  get since(): number {
    return this.#since;
  }

  get figuresSeq(): number | null {
    return this.#figures.seq;
  }

  get isAsked(): boolean {
    return this.#asked !== "nothing";
  }

  /** A read that is in flight already will do: what it does not tell, the server will. */
  wantRead(reason: ReadReason): void {
    if (this.#reading) return;
    this.#reading = true;
    this.#floor = Number.POSITIVE_INFINITY;
    this.#port.read(this.topic, reason);
  }

  subscribe(): void {
    const { topic, after } = this;
    if (this.#vain >= VAIN_MAX) {
      this.#vain = 0;
      this.#endSubscription();
      this.wantRead("gap");
      return;
    }
    this.asking();
    const payload = after === null ? { topic } : { topic, epoch: after.epoch, after: after.seq };
    this.#port.send({ type: "subscribe", payload });
  }

  /** A subscription is on its way, or in the address of the socket that is being opened. */
  asking(): void {
    this.#asked = this.after === null ? "fresh" : "after";
    this.#blind ||= this.after === null;
    this.#vain += 1;
    this.#unanswered = 0;
    this.#aside.take();
  }

  /** What was not yet applied is forgotten: the next frames may be of another history. */
  disconnected(): void {
    this.#vain = 0;
    this.#blind = false;
    this.#endSubscription();
  }

  /** To be called now and then: a subscription that got no answer is sent again. */
  checkAnswered(): void {
    if (this.phase !== "catchingUp") return;
    this.#unanswered += 1;
    if (this.#unanswered >= 3) this.subscribe();
  }

  /**
   * Rows of this topic came with the read of another one. When that read is older than the one
   * that is on its way, the topic has to be followed from the older.
   */
  lower(seq: number): void {
    if (this.#reading) this.#floor = Math.min(this.#floor, seq);
  }

  /** A read was put in the place of what was held: goes on from where it stands. */
  resume({ epoch, seq, figuresSeq }: ReadPoint): void {
    if (this.#gone) return;
    this.#reading = false;
    this.#cursor = { epoch, seq: Math.min(seq, this.#floor) };
    this.#since = this.#cursor.seq;
    this.#vain = 0;
    const { frames, full } = this.#kept.take();
    const figures = this.#figures.settle(epoch, figuresSeq);
    if (figures !== null) this.#port.figures(this.topic, figures);
    if (this.#line.open) this.#goOn(frames, full);
  }

  /** The server may have found the task a moment later, so it is told that we left. */
  notFound(): void {
    if (!this.#reading) return;
    if (this.isAsked) this.#port.send({ type: "unsubscribe", payload: { topic: this.topic } });
    this.#cursor = null;
    this.#leave();
  }

  hear(frame: TopicFrame): void {
    if (this.#gone) return;
    if (frame.type === "resync") {
      this.#endSubscription();
      this.wantRead(frame.payload.reason);
    } else if (frame.type === "removed") this.#takeRemoved(frame.seq);
    else if (frame.type === "figures") this.#takeFigures(frame);
    else if (this.#reading) this.#keep(frame);
    else if (this.#cursor !== null) this.#take(frame, this.#cursor);
  }

  #take(frame: Exclude<TopicFrame, { type: "resync" | "removed" | "figures" }>, cursor: Cursor) {
    if (frame.type === "subscribed") this.#takeSubscribed(frame, cursor);
    else if (!this.#speaksOfUs()) {
      if (frame.type !== "catchup") this.#gap();
    } else if (frame.type === "changes") this.#takeChanges(frame, cursor);
    else if (frame.type === "catchup") this.#putAside(frame, cursor);
    else this.#takeProgress(frame, cursor);
  }

  #takeChanges({ prev, seq, payload }: Frame<"changes">, cursor: Cursor): void {
    if (seq > cursor.seq && prev <= cursor.seq) {
      this.#moveTo(seq);
      this.#apply(payload.rows);
      return;
    }
    this.#port.count("ignored", payload.rows.length);
    if (seq > cursor.seq) this.#gap();
  }

  /** A server gives it only to whom it answered, so it stands for a lost `subscribed` too. */
  #takeProgress({ prev, seq }: Frame<"progress">, cursor: Cursor): void {
    if (seq > cursor.seq && prev > cursor.seq) {
      this.#missing();
      return;
    }
    this.#moveTo(seq);
    if (this.#aside.through === null) this.#asked = "answered";
  }

  #putAside(frame: Frame<"catchup">, cursor: Cursor): void {
    this.#unanswered = 0;
    this.#aside.put(frame, frame.payload.rows, cursor.seq);
    if (!this.#aside.isTooBig) return;
    this.#endSubscription();
    this.wantRead("too_big");
  }

  #takeSubscribed({ prev, seq, payload }: Frame<"subscribed">, cursor: Cursor): void {
    if (cursor.epoch !== payload.epoch) {
      // Not the answer to a subscription with our epoch: that one is still to come.
      this.#gap();
      return;
    }
    const { through } = this.#aside;
    // An earlier one, once more: it does not end this catch-up.
    if (through !== null && seq < through) return;
    const closes = through !== null && prev <= through;
    if (!closes && seq > cursor.seq && prev > cursor.seq) {
      this.#missing();
      return;
    }
    this.#moveTo(seq);
    this.#asked = "answered";
    this.#apply(this.#aside.take());
  }

  /**
   * Whatever was missed before, nothing of it is left: there are no gaps here. One that is not newer
   * than the cursor ended the subscription all the same: the task was made again before it was read.
   */
  #takeRemoved(seq: number): void {
    const cursor = this.#cursor;
    if (!this.isAsked) return;
    if (cursor === null) this.#leave();
    else if (!this.#speaksOfUs()) this.#takeForeignRemoved();
    else if (seq > cursor.seq) {
      this.#moveTo(seq);
      this.#leave();
    } else if (this.#reading) this.#endSubscription();
    else this.#gap();
  }

  /** In whichever history: this server has no such task. */
  #takeForeignRemoved(): void {
    if (this.#reading || this.#asked === "after") {
      this.#cursor = null;
      this.#leave();
    } else this.#gap();
  }

  #takeFigures({ seq, payload }: Frame<"figures">): void {
    const { epoch } = this.#line;
    if (epoch === null) return;
    const shown = this.#figures.take(epoch, seq, payload, this.#reading);
    if (shown) this.#port.figures(this.topic, payload);
  }

  /** From the read to the subscription, if there is one that continues it. */
  #goOn(kept: readonly TopicFrame[], full: boolean): void {
    if (this.#asked === "fresh" && kept.length === 0 && !full) return;
    if (this.#asked !== "answered" || !this.#speaksOfUs()) {
      this.subscribe();
      return;
    }
    for (const frame of kept) this.hear(frame);
    if (full && this.#asked === "answered") this.subscribe();
  }

  #keep(frame: TopicFrame): void {
    if (!this.isAsked) return;
    if (frame.type === "subscribed") this.#asked = "answered";
    this.#kept.add(frame);
  }

  /** Whether frames of this connection count in the history of our cursor. */
  #speaksOfUs(): boolean {
    const { epoch } = this.#line;
    // The server compares the epochs before it sends anything.
    return epoch === null ? this.#asked === "after" && !this.#blind : this.#cursor?.epoch === epoch;
  }

  /**
   * Asks for what was missed, once: until the answer comes, frames of the subscription before may
   * go on arriving. After a part of a catch-up they cannot, so there its end is what was missed.
   */
  #gap(): void {
    if (this.#asked !== "after" || this.#aside.through !== null) this.#missing();
  }

  #missing(): void {
    this.#port.count("gap", 1);
    this.subscribe();
  }

  #moveTo(seq: number): void {
    const cursor = this.#cursor;
    if (cursor === null || seq <= cursor.seq) return;
    this.#cursor = { ...cursor, seq };
    this.#vain = this.#unanswered = 0;
  }

  #apply(rows: readonly RowChange[]): void {
    const admitted = this.guard.admit(rows);
    this.#port.count("applied", admitted.length);
    this.#port.count("ignored", rows.length - admitted.length);
    if (admitted.length > 0) this.#port.apply(this.topic, admitted);
  }

  #leave(): void {
    this.#endSubscription();
    this.#reading = false;
    this.#gone = true;
    this.#figures.clear();
    this.#port.removed(this.topic);
  }

  #endSubscription(): void {
    this.#asked = "nothing";
    this.#kept.take();
    this.#aside.take();
  }
}
