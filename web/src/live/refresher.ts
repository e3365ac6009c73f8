import { backoffMs } from "./backoff";
import { CLEAN, isClean, type Marks, mergeMarks } from "./dirty";
import type { Timers } from "./timers";

/** The longest a change waits for the read that shows it. */
export const WINDOW_MS = 500;

/** Reads the marked parts; resolves with the marks it could not read. */
export type ReadMarked = (marks: Marks) => Promise<Marks>;

/**
 * Turns marks into reads.
 *
 * Guarantees: a read starts at the latest 500 ms after the first mark of a window, however many
 * marks follow (the timer is never restarted, else a busy agent would freeze the screen); at most
 * one read runs at a time; a mark made while one runs, or that a read could not clear, is kept for
 * the next. Failures are retried with growing pauses.
 */
export class Refresher {
  #pending: Marks = CLEAN;
  #cancel: (() => void) | null = null;
  #running = false;
  #failures = 0;
  #firstMarkAt = 0;
  #stopped = false;
  readonly #read: ReadMarked;
  readonly #timers: Timers;

  constructor(read: ReadMarked, timers: Timers) {
    this.#read = read;
    this.#timers = timers;
  }

  mark(marks: Marks): void {
    if (this.#stopped || isClean(marks)) return;
    if (isClean(this.#pending)) this.#firstMarkAt = this.#timers.now();
    this.#pending = mergeMarks(this.#pending, marks);
    if (!this.#running && this.#cancel === null) this.#arm(WINDOW_MS);
  }

  /** Marks and reads without waiting for the window, unless a read is already running. */
  markNow(marks: Marks): void {
    this.mark(marks);
    if (this.#running || this.#stopped || isClean(this.#pending)) return;
    this.#disarm();
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    this.#disarm();
  }

  #arm(ms: number): void {
    this.#cancel = this.#timers.after(ms, () => {
      this.#cancel = null;
      void this.#run();
    });
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  async #run(): Promise<void> {
    const marks = this.#pending;
    this.#pending = CLEAN;
    this.#running = true;
    const unread = await this.#read(marks).catch(() => marks);
    this.#running = false;
    if (!this.#stopped) this.#settle(unread);
  }

  #settle(unread: Marks): void {
    this.#failures = isClean(unread) ? 0 : this.#failures + 1;
    this.#pending = mergeMarks(this.#pending, unread);
    if (isClean(this.#pending)) return;
    const sinceMark = this.#timers.now() - this.#firstMarkAt;
    const wait = isClean(unread)
      ? Math.max(0, WINDOW_MS - sinceMark)
      : backoffMs(this.#failures + 1, this.#timers.random());
    this.#arm(wait);
  }
}
