import type { Api } from "../api/api";
import type { Timers } from "../live/timers";
import type { History } from "../overview/history";
import type { Period } from "../overview/span";
import type { Failure, MonitorState } from "../store/state";
import { Store } from "../store/store";
import { failureOf } from "./reread/reads";

/** Figures of weeks change little in a moment, and reading them is not free. */
const AGAIN_MS = 15_000;

/** The last answers, by period, and why the newest read failed. */
export interface HeldHistory {
  readonly answers: ReadonlyMap<Period, History>;
  readonly failure: Failure | null;
}

/** Which part of the history somebody looks at. */
export interface Wanted {
  readonly period: Period;
  /** Where what it is held against begins. */
  readonly from: number;
}

/**
 * Reads the figures of the overview. No topic tells them, so they are read when somebody begins to
 * look, and again while they are looked at: once anything happened, and not too often.
 */
export class HistoryFigures {
  readonly state = new Store<HeldHistory>({ answers: new Map(), failure: null }, queueMicrotask);
  readonly #api: Api;
  readonly #store: Store<MonitorState>;
  readonly #timers: Timers;

  constructor(api: Api, store: Store<MonitorState>, timers: Timers) {
    this.#api = api;
    this.#store = store;
    this.#timers = timers;
  }

  /** Keeps a period current until the answer is called. */
  look(wanted: Wanted): () => void {
    let read: unknown = null;
    let mayRead = true;
    let isOver = false;
    let cancel = () => {};
    const look = () => {
      const now = this.#moved();
      if (isOver || !mayRead || now === read || document.hidden) return;
      read = now;
      mayRead = false;
      void this.#read(wanted).then((succeeded) => {
        if (!succeeded) read = null;
        if (!isOver) cancel = again();
      });
    };
    const again = () =>
      this.#timers.after(AGAIN_MS, () => {
        mayRead = true;
        look();
      });
    const unsubscribe = this.#store.subscribe(look);
    document.addEventListener("visibilitychange", look);
    look();
    return () => {
      isOver = true;
      document.removeEventListener("visibilitychange", look);
      unsubscribe();
      cancel();
    };
  }

  /** Stays the same for as long as nothing happened: all that is counted moves the row of a task. */
  #moved(): unknown {
    return this.#store.get().tasks ?? NOT_READ;
  }

  /** Says whether it succeeded. A failure takes nothing away. */
  async #read({ period, from }: Wanted): Promise<boolean> {
    try {
      const answer = await this.#api.history(new Date(from).toISOString());
      this.state.change(({ answers }) => ({
        answers: new Map(answers).set(period, answer),
        failure: null,
      }));
      return true;
    } catch (error) {
      this.state.change((held) => ({ ...held, failure: failureOf(error) }));
      return false;
    }
  }
}

const NOT_READ = {};
