import type { Timers } from "./timers";

export const SILENCE_MS = 20_000;
export const PATIENCE_MS = 10_000;

interface Options {
  timers: Timers;
  ping: () => void;
  giveUp: () => void;
}

/**
 * Notices a socket that is dead and does not say so, as after a sleep or behind a broken network.
 *
 * After 20 s of silence it asks for a sign of life; without any frame within 10 s it gives up.
 */
export class Heartbeat {
  readonly #options: Options;
  #cancel: (() => void) | null = null;
  #heardAt = 0;
  #answered = false;

  constructor(options: Options) {
    this.#options = options;
  }

  start(): void {
    this.heard();
    this.#listen(SILENCE_MS);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Moves no timer: frames are far more frequent than anybody's looking at the clock. */
  heard(): void {
    this.#heardAt = this.#options.timers.now();
    this.#answered = true;
  }

  /** Asks at once, where time may have stood still. */
  probe(): void {
    if (this.#cancel === null) return;
    this.#cancel();
    this.#ask();
  }

  #listen(ms: number): void {
    this.#cancel = this.#options.timers.after(ms, () => {
      const silent = this.#options.timers.now() - this.#heardAt;
      if (silent < SILENCE_MS) this.#listen(SILENCE_MS - silent);
      else this.#ask();
    });
  }

  #ask(): void {
    this.#answered = false;
    this.#cancel = this.#options.timers.after(PATIENCE_MS, () => {
      this.#cancel = null;
      if (!this.#answered) return this.#options.giveUp();
      this.#listen(SILENCE_MS);
    });
    this.#options.ping();
  }
}
