import type { Api, At } from "../../api/api";
import { type Following, overlaid } from "../../live/follow/following";
import { RowGuard } from "../../live/follow/guard";
import { applyOlderTasks, applyOlderTimeline, edgeOf } from "../../store/apply";
import { patchRows } from "../../store/patch";
import type { MonitorState } from "../../store/state";
import type { Store } from "../../store/store";
import { OVERVIEW, topicOf } from "../../store/topics";
import type { TaskId, Topic } from "../../wire.gen";
import { TASKS_PER_PAGE } from "../sync";
import { heldTask, showTasks } from "./topicReads";

/** A page that more changes overtook than are kept is asked for again, but not for ever. */
const TRIES = 3;

interface Page extends At {
  put(state: MonitorState, guard: RowGuard): MonitorState;
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
      const put = (state: MonitorState, guard: RowGuard) => {
        // It was read anew: this page would leave a hole in it.
        if (state.details.get(id)?.before !== before) return state;
        const held = (event: string) => state.details.get(id)?.events.byId.get(event);
        const timeline = overlaid("event", page.timeline, page.seq, { guard, held });
        return applyOlderTimeline(state, { ...page, timeline }, before);
      };
      return { ...page, put };
    });
  }

  loadOlderTasks(): Promise<void> {
    return this.#load(OVERVIEW, async () => {
      const before = this.#store.get().tasks?.before;
      if (before === undefined) return null;
      const page = await this.#api.tasks(TASKS_PER_PAGE, before);
      const put = (state: MonitorState, guard: RowGuard) => {
        if (state.tasks?.before !== before) return state;
        const held = (task: TaskId) => heldTask(state, task);
        const tasks = overlaid("task", page.tasks, page.seq, { guard, held });
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
        this.#store.change((state) => patchRows(page.put(state, guard), topic, guard.newest(late)));
        return;
      } finally {
        guard.shut(late);
      }
    }
  }
}
