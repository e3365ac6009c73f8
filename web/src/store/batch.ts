import type { Figures, RowChange, Topic } from "../wire.gen";

/** What came for one topic since the last frame was painted. */
export interface TopicBatch {
  readonly rows: RowChange[];
  figures: Figures | null;
}

/** Gathers what frames bring, so that however many come it is put into the store once a frame. */
export class Batch {
  #topics = new Map<Topic, TopicBatch>();

  get isEmpty(): boolean {
    return this.#topics.size === 0;
  }

  add(topic: Topic, rows: readonly RowChange[]): void {
    this.#of(topic).rows.push(...rows);
  }

  setFigures(topic: Topic, figures: Figures): void {
    this.#of(topic).figures = figures;
  }

  /** Takes what was gathered. */
  take(): ReadonlyMap<Topic, TopicBatch> {
    const taken = this.#topics;
    this.#topics = new Map();
    return taken;
  }

  #of(topic: Topic): TopicBatch {
    const known = this.#topics.get(topic);
    if (known !== undefined) return known;
    const fresh: TopicBatch = { rows: [], figures: null };
    this.#topics.set(topic, fresh);
    return fresh;
  }
}
