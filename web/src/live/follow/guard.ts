import type { RowChange } from "../../wire.gen";

/** More changes than this while a page is on its way: the page is read again instead. */
const LATE_MAX = 2_000;

/** The changes of a topic that arrived while a page of it was being read. */
export class Late {
  readonly #rows = new Map<string, RowChange>();
  #overflown = false;

  /** Too many came: an answer from before them can no longer be mended. */
  get overflown(): boolean {
    return this.#overflown;
  }

  note(key: string, change: RowChange): void {
    if (this.#rows.size >= LATE_MAX) this.#overflown = true;
    else this.#rows.set(key, change);
  }

  find(key: string): RowChange | undefined {
    return this.#rows.get(key);
  }
}

/**
 * Which commit each row of a topic is known from, rows that are gone included.
 *
 * A row is only ever replaced by one of a later commit. So it does not matter whether a change or
 * an answer that holds it comes first, nor whether either comes twice.
 */
export class RowGuard {
  readonly #seqs = new Map<string, number>();
  readonly #open = new Set<Late>();

  /** The changes that are newer than what is at hand; these are at hand from now on. */
  admit(changes: readonly RowChange[]): RowChange[] {
    return changes.filter((change) => {
      const key = keyOf(change);
      if (change.seq <= (this.#seqs.get(key) ?? -1)) return false;
      this.#seqs.set(key, change.seq);
      for (const late of this.#open) late.note(key, change);
      return true;
    });
  }

  /**
   * What to believe where an answer holds `row`: the row itself, the change that came while it was
   * on its way (without a row: gone), or null where what is held is newer.
   */
  overlay(row: RowChange, late: Late | null): RowChange | null {
    const key = keyOf(row);
    const known = this.#seqs.get(key) ?? -1;
    if (known < row.seq) {
      this.#seqs.set(key, row.seq);
      return row;
    }
    return late?.find(key) ?? (known === row.seq ? row : null);
  }

  /** From now on changes are kept until `shut`, for the answer that is being waited for. */
  open(): Late {
    const late = new Late();
    this.#open.add(late);
    return late;
  }

  shut(late: Late): void {
    this.#open.delete(late);
  }

  /** Another history: its numbers have nothing to do with those before. */
  clear(): void {
    this.#seqs.clear();
  }
}

function keyOf({ kind, id }: RowChange): string {
  return `${kind} ${id}`;
}
