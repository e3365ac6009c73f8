import type { Api, At } from "../../api/api";
import { type Following, overlaid } from "../../live/follow/following";
import { type Late, RowGuard } from "../../live/follow/guard";
import { applyOlderTasks, applyOlderTimeline, edgeOf } from "../../store/apply";
import { patchRows } from "../../store/patch";
import type { MonitorState } from "../../store/state";
import type { Store } from "../../store/store";
import { OVERVIEW, topicOf } from "../../store/topics";
import type { Event, Task, TaskId, Topic } from "../../wire.gen";
import { TASKS_PER_PAGE } from "../sync";
import { heldTask, showTasks } from "./topicReads";

/** A page that more changes overtook than are kept is asked for again, but not for ever. */
const TRIES = 3;

interface Page extends At {
  /** Null where a row was known from a later commit and is not held: the page is too old for it. */
  put(state: MonitorState, guard: RowGuard, late: Late): MonitorState | null;
}

/** Reads rows beside those that are held, mended with what changed while they were on their way. */
export class Pages {
  readonly #api: Api;
  readonly #store: Store<MonitorState>;
  readonly #following: Following;

  constructor(api: Api, store: Store<MonitorState>, following: Following) {
    this.#api = api;
    this.#store = store;
    this.#following = following;
  }

  loadEarlier(id: TaskId, limit: number): Promise<void> {
    return this.#load(topicOf(id), async () => {
      const before = this.#store.get().details.get(id)?.before;
      if (before === undefined) return null;
      const page = await this.#api.timeline(id, limit, before);
      const put = (state: MonitorState, guard: RowGuard, late: Late) => {
        // It was read anew: this page would leave a hole in it.
        if (state.details.get(id)?.before !== before) return state;
        const old = new Finder(
          (event) =>
            state.details.get(id)?.events.byId.get(event) ??
            (late.find({ kind: "event", id: event }) as Event | undefined),
        );
        const timeline = overlaid("event", page.timeline, page.seq, { guard, held: old.find });
        return old.missed ? null : applyOlderTimeline(state, { ...page, timeline }, before);
      };
      return { ...page, put };
    });
  }

  loadOlderTasks(): Promise<void> {
    return this.#load(OVERVIEW, async () => {
      const before = this.#store.get().tasks?.before;
      if (before === undefined) return null;
      const page = await this.#api.tasks(TASKS_PER_PAGE, before);
      const put = (state: MonitorState, guard: RowGuard, late: Late) => {
        if (state.tasks?.before !== before) return state;
        const old = new Finder(
          (task) =>
            heldTask(state, task) ?? (late.find({ kind: "task", id: task }) as Task | undefined),
        );
        const tasks = overlaid("task", page.tasks, page.seq, { guard, held: old.find });
        if (old.missed) return null;
        return showTasks(applyOlderTasks(state, { ...page, tasks }, edgeOf(page)), tasks);
      };
      return { ...page, put };
    });
  }

  async #load(topic: Topic, read: () => Promise<Page | null>): Promise<void> {
    for (let tries = 0; tries < TRIES && this.#following.has(topic); tries += 1) {
      const guard = this.#following.find(topic)?.guard ?? new RowGuard();
      const late = guard.open();
      try {
        const page = await read();
        if (page === null) return;
        if (late.overflown || !this.#following.acceptPage(topic, page)) continue;
        if (this.#put(topic, page, guard, late)) return;
      } finally {
        guard.shut(late);
      }
    }
  }

  #put(topic: Topic, page: Page, guard: RowGuard, late: Late): boolean {
    const state = page.put(this.#store.get(), guard, late);
    if (state === null) return false;
    this.#store.change(() => patchRows(state, topic, guard.newest(late)));
    return true;
  }
}

/** Looks rows up, and remembers whether one was not there. */
class Finder<T> {
  missed = false;
  readonly #look: (id: string) => T | undefined;

  constructor(look: (id: string) => T | undefined) {
    this.#look = look;
  }

  readonly find = (id: string): T | undefined => {
    const found = this.#look(id);
    if (found === undefined) this.missed = true;
    return found;
  };
}
