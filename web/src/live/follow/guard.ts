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

  /** The row as it changed meanwhile. */
  find({ kind, id }: Pick<RowChange, "kind" | "id">): RowChange["row"] {
    return this.#rows.get(keyOf({ kind, id }))?.row;
  }

  all(): RowChange[] {
    return [...this.#rows.values()];
  }
}

interface Known {
  readonly seq: number;
  readonly gone: boolean;
}

/**
 * Which commit each row of a topic is known from, rows that are gone included.
 *
 * A row is only ever replaced by one of a later commit. So it does not matter whether a change or
 * an answer that holds it comes first, nor whether either comes twice.
 */
export class RowGuard {
  readonly #known = new Map<string, Known>();
  readonly #open = new Set<Late>();
  #epoch: string | null = null;

  /** The history that the numbers count in; those of another one are forgotten. */
  enter(epoch: string): void {
    if (this.#epoch !== null && this.#epoch !== epoch) this.#known.clear();
    this.#epoch = epoch;
  }

  get epoch(): string | null {
    return this.#epoch;
  }

  /** The changes that are newer than what is at hand; these are at hand from now on. */
  admit(changes: readonly RowChange[]): RowChange[] {
    return changes.filter((change) => {
      const key = keyOf(change);
      if (change.seq <= (this.#known.get(key)?.seq ?? -1)) return false;
      this.#known.set(key, { seq: change.seq, gone: change.row === undefined });
      for (const late of this.#open) late.note(key, change);
      return true;
    });
  }

  /**
   * What to believe where an answer holds `row`: the row itself, a change without a row where it is
   * gone by now, or null where what is held is newer.
   */
  overlay(row: RowChange): RowChange | null {
    const key = keyOf(row);
    const known = this.#known.get(key);
    if (known === undefined || known.seq < row.seq) {
      this.#known.set(key, { seq: row.seq, gone: false });
      return row;
    }
    if (known.gone) return { kind: row.kind, id: row.id, seq: known.seq } as RowChange;
    return known.seq === row.seq ? row : null;
  }

  /** What was known of a row was shown nowhere any longer: this is what is known of it now. */
  relearn(row: RowChange): void {
    this.#known.set(keyOf(row), { seq: row.seq, gone: false });
  }

  /**
   * These rows are not held any longer. Whatever is read of them from now on is of a later commit
   * than what is forgotten here.
   */
  forget(kind: RowChange["kind"], ids: readonly string[]): void {
    for (const id of ids) this.#known.delete(keyOf({ kind, id }));
  }

  /** Whether a row is known from a later commit. */
  isAfter(seq: number, row: Pick<RowChange, "kind" | "id">): boolean {
    return (this.#known.get(keyOf(row))?.seq ?? -1) > seq;
  }

  /** Whether a row that is still there is known from a later commit. */
  isNewer(seq: number, row: Pick<RowChange, "kind" | "id">): boolean {
    const known = this.#known.get(keyOf(row));
    return known !== undefined && known.seq > seq && !known.gone;
  }

  /**
   * What is to be put on top of the answer that was waited for, as far as it is still the newest:
   * some of it is of rows that the answer does not have.
   */
  newest(late: Late): RowChange[] {
    const newest = late.all().filter((change) => !this.isAfter(change.seq, change));
    for (const { seq, row, ...about } of newest) {
      this.#known.set(keyOf(about), { seq, gone: row === undefined });
    }
    return newest;
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
}

function keyOf({ kind, id }: Pick<RowChange, "kind" | "id">): string {
  return `${kind} ${id}`;
}
