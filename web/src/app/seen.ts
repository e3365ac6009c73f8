import { mergedSeen, type Seen, seenFromText, seenToText, withSeen } from "../attention/seen";
import type { Timers } from "../live/timers";
import { store, stored } from "../prefs/stored";
import { Store } from "../store/store";
import type { Task } from "../wire.gen";

const KEY = "agent-tracer.seen";
/** A busy task changes all the time; what was seen of it is written down this often. */
const WRITE_MS = 2_000;

/** Which tasks were looked at, in this tab or another one. */
export class SeenTasks {
  readonly state: Store<Seen>;
  readonly #timers: Timers;
  #writing = false;

  constructor(timers: Timers) {
    this.#timers = timers;
    const first: Seen = { from: timers.now(), tasks: new Map() };
    const known = seenFromText(stored(KEY));
    this.state = new Store<Seen>(known ?? first, queueMicrotask);
    if (known === null) this.#write();
  }

  mark(task: Task): void {
    const old = this.state.get();
    this.state.change((seen) => withSeen(seen, task));
    if (this.state.get() !== old) this.#writeSoon();
  }

  /** Another tab wrote: `key` says what. */
  heard(key: string | null, text: string | null): void {
    const told = key === KEY ? seenFromText(text) : null;
    if (told !== null) this.state.change((seen) => mergedSeen(seen, told));
  }

  #writeSoon(): void {
    if (this.#writing) return;
    this.#writing = true;
    this.#timers.after(WRITE_MS, () => {
      this.#writing = false;
      this.#write();
    });
  }

  /** What another tab wrote meanwhile is kept. */
  #write(): void {
    const seen = this.state.get();
    const known = seenFromText(stored(KEY));
    store(KEY, seenToText(known === null ? seen : mergedSeen(known, seen)));
  }
}
