import { type News, type Notice, noticesOf } from "../attention/news";
import type { Timers } from "../live/timers";
import type { TaskId } from "../wire.gen";

/** Agents that stop together are told of together. */
const GATHER_MS = 600;
/** However often something happens, a person is called no more often than this. */
const CALM_MS = 5_000;

interface Options {
  timers: Timers;
  /** Whether the person wants to be called, and the browser lets us. */
  isWanted: () => boolean;
  /** What a task needs a person for by now. */
  occasion: (id: TaskId) => string | undefined;
  /** Whether this tab of the page does the calling. */
  isLeader: () => boolean;
  /** The tasks that somebody looks at, in whichever tab. */
  lookedAt: () => Promise<ReadonlySet<TaskId>>;
  show: (notice: Notice) => void;
}

/** Gathers news for a moment, leaves out what is seen or settled by then, and calls the person. */
export class Notifier {
  readonly #options: Options;
  #gathered: News[] = [];
  #planned = false;
  #calmUntil = Number.NEGATIVE_INFINITY;

  constructor(options: Options) {
    this.#options = options;
  }

  hear(news: readonly News[]): void {
    const { isWanted, timers } = this.#options;
    if (!isWanted()) return;
    this.#gathered.push(...news);
    if (this.#planned) return;
    this.#planned = true;
    timers.after(Math.max(GATHER_MS, this.#calmUntil - timers.now()), () => void this.#call());
  }

  async #call(): Promise<void> {
    const lookedAt = await this.#options.lookedAt();
    this.#planned = false;
    const gathered = this.#gathered;
    this.#gathered = [];
    // Asked only now: the tab that called before may have gone since.
    if (!this.#options.isLeader()) return;
    const holds = ({ id, occasion }: News) =>
      this.#options.occasion(id) === occasion && !lookedAt.has(id);
    const notices = noticesOf(gathered.filter(holds));
    if (notices.length === 0) return;
    this.#calmUntil = this.#options.timers.now() + CALM_MS;
    for (const notice of notices) this.#options.show(notice);
  }
}
