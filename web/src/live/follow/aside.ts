import type { RowChange } from "../../wire.gen";

/** More rows than a server that keeps to the protocol sends: it says `too_big` long before. */
const ROWS_MAX = 20_000;

/**
 * The rows of a catch-up that has not ended. Its parts are a chain from the cursor on, but in no
 * order of commits: alone they are no state that ever was.
 */
export class Aside {
  #rows: RowChange[] = [];
  #through: number | null = null;

  /** The last commit that they tell of; null where there is no part. */
  get through(): number | null {
    return this.#through;
  }

  get isTooBig(): boolean {
    return this.#rows.length > ROWS_MAX;
  }

  put({ prev, seq }: { prev: number; seq: number }, rows: readonly RowChange[], from: number) {
    const reach = Math.max(this.#through ?? 0, from);
    if (seq <= reach) return;
    if (prev > reach) {
      // The `subscribed` that ends it will tell that we do not have it all.
      this.take();
      return;
    }
    this.#rows.push(...rows);
    this.#through = seq;
  }

  /** Empties it. */
  take(): readonly RowChange[] {
    const rows = this.#rows;
    this.#rows = [];
    this.#through = null;
    return rows;
  }
}
