import { backoffMs } from "../../live/backoff";
import type { Timers } from "../../live/timers";

/** Tries once; `isCurrent` turns false when a newer run of the same name took over. */
export type Attempt = (isCurrent: () => boolean) => Promise<void>;

/** Runs what has a name until it succeeds, with growing pauses; a newer run replaces an older one. */
export class Retrier {
  readonly #timers: Timers;
  readonly #onFailure: (name: string, error: unknown) => void;
  readonly #runs = new Map<string, { cancel: () => void }>();

  constructor(timers: Timers, onFailure: (name: string, error: unknown) => void) {
    this.#timers = timers;
    this.#onFailure = onFailure;
  }

  /** `delay` puts the first try off. */
  run(name: string, attempt: Attempt, delay = 0): void {
    this.cancel(name);
    const run = { cancel: () => {} };
    this.#runs.set(name, run);
    const isCurrent = () => this.#runs.get(name) === run;
    const go = async (tries: number) => {
      try {
        await attempt(isCurrent);
        if (isCurrent()) this.#runs.delete(name);
      } catch (error) {
        if (!isCurrent()) return;
        this.#onFailure(name, error);
        const wait = backoffMs(tries, this.#timers.random());
        run.cancel = this.#timers.after(wait, () => void go(tries + 1));
      }
    };
    if (delay === 0) void go(0);
    else run.cancel = this.#timers.after(delay, () => void go(0));
  }

  cancel(name: string): void {
    this.#runs.get(name)?.cancel();
    this.#runs.delete(name);
  }

  stop(): void {
    for (const name of [...this.#runs.keys()]) this.cancel(name);
  }
}
