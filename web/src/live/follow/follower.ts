import type { FollowFrame, RowChange, Topic } from "../../wire.gen";
import { RowGuard } from "./guard";
import type { FollowerPort, ReadPoint, ReadReason } from "./port";

/** Frames that speak of one topic. */
export type TopicFrame = Extract<FollowFrame, { topic: Topic }>;

/**
 * `reading`: what is held is not known to be of any commit; frames wait for the answer.
 * `asking`: a subscription was sent, or goes out with the next socket.
 * `ended`: the task is gone.
 */
export type FollowPhase = "reading" | "asking" | "following" | "ended";

/** Rows that wait for an answer; with more of them it is cheaper to ask for them again. */
const EARLY_ROWS_MAX = 2_000;
/** A catch-up is at most half as long. */
const ASIDE_ROWS_MAX = 10_000;

/** Follows one topic: says of each frame whether it comes next, is old, or shows that one is missing. */
export class Follower {
  readonly guard = new RowGuard();
  readonly topic: Topic;
  readonly #port: FollowerPort;
  #phase: FollowPhase = "reading";
  #seq = -1;
  #since = -1;
  #figuresSeq = -1;
  #floor = Number.POSITIVE_INFINITY;
  #aside: RowChange[] = [];
  #asideBroken: boolean;
  #early: TopicFrame[] = [];
  #earlyRows = 0;
  #gapAt = -1;
  #unanswered = 0;

  /** `asked`: the socket may still bring answers to an earlier subscription of the topic. */
  constructor(topic: Topic, port: FollowerPort, asked = false) {
    this.topic = topic;
    this.#port = port;
    this.#asideBroken = asked;
  }

  get phase(): FollowPhase {
    return this.#phase;
  }

  /** The commit up to which everything is known; null while nothing is. */
  get cursor(): number | null {
    return this.#phase === "asking" || this.#phase === "following" ? this.#seq : null;
  }

  /** The commit of the read that is followed from. */
  get since(): number {
    return this.#since;
  }

  hear(frame: TopicFrame): void {
    if (this.#phase === "reading") this.#keepForLater(frame);
    else if (this.#phase !== "ended") this.#take(frame);
  }

  /** Forgets the cursor until a read is done. */
  readAnew(reason: ReadReason): void {
    this.#phase = "reading";
    this.#floor = Number.POSITIVE_INFINITY;
    this.#port.read(this.topic, reason);
  }

  /** Another history: nothing that is known counts any longer. */
  restart(): void {
    this.guard.clear();
    this.#seq = this.#since = this.#figuresSeq = this.#gapAt = -1;
    this.#forgetFrames();
    this.#phase = "reading";
    this.#floor = Number.POSITIVE_INFINITY;
  }

  /**
   * Rows of this topic came with the read of another one. When that read is older than the one
   * that is on its way, the topic has to be followed from the older.
   */
  lower(seq: number): void {
    if (this.#phase === "reading") this.#floor = Math.min(this.#floor, seq);
  }

  /** A read was put in the place of what was held: goes on from where it stands. */
  resume({ seq, figuresSeq }: ReadPoint): void {
    this.#seq = this.#since = Math.min(seq, this.#floor);
    this.#figuresSeq = figuresSeq;
    const early = this.#early;
    this.#early = [];
    this.#earlyRows = 0;
    this.#phase = "asking";
    for (const frame of early) this.hear(frame);
    if (this.cursor === null) return;
    this.#ask();
    this.#port.subscribe(this.topic);
  }

  /** The socket went, and with it whatever was under way; the next one's address asks again. */
  disconnected(): void {
    if (this.#phase === "following") this.#ask();
    this.#unanswered = 0;
    this.#forgetFrames();
    this.#asideBroken = false;
  }

  /** To be called now and then: a subscription that got no answer is sent again, then given up. */
  checkAnswered(): void {
    if (this.#phase !== "asking") return;
    this.#unanswered += 1;
    if (this.#unanswered === 2) this.#port.subscribe(this.topic);
    if (this.#unanswered >= 3) this.readAnew("silent");
  }

  #take(frame: TopicFrame): void {
    if (frame.type === "changes") this.#takeChanges(frame);
    else if (frame.type === "catchup") this.#putAside(frame);
    else if (frame.type === "subscribed") this.#takeSubscribed(frame);
    else if (frame.type === "figures") this.#takeFigures(frame);
    else if (frame.type === "progress" && this.#comesNext(frame)) this.#moveTo(frame.seq);
    else if (frame.type === "removed" && frame.seq > this.#seq) this.#end();
    else if (frame.type === "resync") {
      this.#aside = [];
      this.readAnew(frame.payload.reason);
    }
  }

  #takeChanges(frame: Extract<TopicFrame, { type: "changes" }>): void {
    const { rows } = frame.payload;
    if (this.#comesNext(frame)) {
      this.#moveTo(frame.seq);
      this.#apply(rows);
    } else this.#port.count("ignored", rows.length);
  }

  /** The parts of a catch-up are in no order of commits: alone they are no state that ever was. */
  #putAside(frame: Extract<TopicFrame, { type: "catchup" }>): void {
    if (frame.prev > this.#seq) this.#asideBroken = true;
    else if (this.#aside.length > ASIDE_ROWS_MAX) this.#breakAside();
    else this.#aside.push(...frame.payload.rows);
    this.#unanswered = 0;
  }

  #takeSubscribed({ seq, prev, payload }: Extract<TopicFrame, { type: "subscribed" }>): void {
    const [aside, broken] = [this.#aside, this.#asideBroken];
    this.#aside = [];
    this.#asideBroken = false;
    if (!payload.recovered && seq > this.#seq) this.readAnew("unrecovered");
    else if (prev > this.#seq || (broken && seq > this.#seq)) this.#missing();
    else {
      this.#phase = "following";
      if (seq > this.#seq) this.#moveTo(seq);
      this.#apply(aside);
    }
  }

  #takeFigures({ seq, payload }: Extract<TopicFrame, { type: "figures" }>): void {
    if (seq < this.#figuresSeq) return;
    this.#figuresSeq = seq;
    this.#port.figures(this.topic, payload);
  }

  #comesNext({ prev, seq }: { prev: number; seq: number }): boolean {
    if (seq <= this.#seq) return false;
    if (prev <= this.#seq) return true;
    this.#gap();
    return false;
  }

  /** What comes after the missing frame is told again too, so one question for all of it is enough. */
  #gap(): void {
    if (this.#phase === "following") this.#missing();
  }

  #missing(): void {
    this.#port.count("gap", 1);
    if (this.#gapAt === this.#seq) {
      // Asked once already and told the same: asking on would go round in circles.
      this.readAnew("gap");
      return;
    }
    this.#gapAt = this.#seq;
    this.#ask();
    this.#port.subscribe(this.topic);
  }

  #ask(): void {
    this.#phase = "asking";
    this.#unanswered = 0;
  }

  #moveTo(seq: number): void {
    this.#seq = seq;
    this.#gapAt = -1;
    this.#unanswered = 0;
  }

  #apply(rows: readonly RowChange[]): void {
    const admitted = this.guard.admit(rows);
    this.#port.count("applied", admitted.length);
    this.#port.count("ignored", rows.length - admitted.length);
    if (admitted.length > 0) this.#port.apply(this.topic, admitted);
  }

  #end(): void {
    this.#phase = "ended";
    this.#forgetFrames();
    this.#port.removed(this.topic);
  }

  /** Frames that were dropped are told again: the read ends with a subscription after its number. */
  #keepForLater(frame: TopicFrame): void {
    this.#earlyRows += "rows" in frame.payload ? frame.payload.rows.length : 1;
    if (frame.type === "resync") this.#forgetFrames();
    else if (this.#earlyRows <= EARLY_ROWS_MAX) this.#early.push(frame);
    else {
      this.#early = [];
      this.#breakAside();
    }
  }

  /** The `subscribed` that ends this catch-up must not move the cursor: parts of it are lost. */
  #breakAside(): void {
    this.#aside = [];
    this.#asideBroken = true;
  }

  #forgetFrames(): void {
    this.#aside = [];
    this.#early = [];
    this.#earlyRows = 0;
  }
}
