import type { Timers } from "./timers";

/** Runs `look` now and then again a while after each look has ended, until it is stopped. */
export class Watch {
  readonly #look: () => Promise<void>;
  readonly #every: number;
  readonly #timers: Timers;
  #cancel: (() => void) | null = null;
  #stopped = false;

  constructor(look: () => Promise<void>, every: number, timers: Timers) {
    this.#look = look;
    this.#every = every;
    this.#timers = timers;
  }

  start(): void {
    void this.#look().finally(() => {
      if (!this.#stopped) this.#cancel = this.#timers.after(this.#every, () => this.start());
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }
}
