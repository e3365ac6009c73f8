import type { TopicFrame } from "./follower";

/** With more rows that wait for a read it is cheaper to ask for them again. */
const ROWS_MAX = 2_000;

/** Frames that came while the topic was being read. */
export class Kept {
  #frames: TopicFrame[] = [];
  #rows = 0;

  add(frame: TopicFrame): void {
    this.#rows += "rows" in frame.payload ? frame.payload.rows.length : 1;
    if (this.#rows <= ROWS_MAX) this.#frames.push(frame);
  }

  /** Empties it; `full`: there were more. */
  take(): { frames: readonly TopicFrame[]; full: boolean } {
    const taken = { frames: this.#frames, full: this.#rows > ROWS_MAX };
    this.#frames = [];
    this.#rows = 0;
    return taken;
  }
}
