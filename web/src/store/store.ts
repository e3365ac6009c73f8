import type { Schedule } from "./frame";

type Change<S> = (state: S) => S;

/**
 * The one owner of what the screen shows.
 *
 * State is immutable: a change makes a new object and keeps every untouched part as it was, so a
 * view can compare by identity. Listeners are told once per frame however many changes were made;
 * reading between two frames gives the newest state.
 */
export class Store<S> {
  #state: S;
  #scheduled = false;
  #deferred: Change<S>[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #schedule: Schedule;

  constructor(initial: S, schedule: Schedule) {
    this.#state = initial;
    this.#schedule = schedule;
  }

  readonly get = (): S => {
    this.#settle();
    return this.#state;
  };

  change(change: Change<S>): void {
    this.#settle();
    const next = change(this.#state);
    if (Object.is(next, this.#state)) return;
    this.#state = next;
    this.#plan();
  }

  /** A change that is made when the next frame is painted, or when somebody looks before that. */
  defer(change: Change<S>): void {
    this.#deferred.push(change);
    this.#plan();
  }

  #settle(): void {
    if (this.#deferred.length === 0) return;
    const changes = this.#deferred;
    this.#deferred = [];
    for (const change of changes) this.#state = change(this.#state);
  }

  #plan(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // Taken out first: a browser's own function refuses to be called as a method of ours.
    const schedule = this.#schedule;
    schedule(() => this.#notify());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #notify(): void {
    this.#scheduled = false;
    this.#settle();
    for (const listener of [...this.#listeners]) listener();
  }
}
