import type { Api, At, TaskPage } from "../../api/api";
import { type Following, overlaid } from "../../live/follow/following";
import { type Late, RowGuard } from "../../live/follow/guard";
import {
  applyFiltered,
  applyOlderFiltered,
  applyOlderTasks,
  applyOlderTimeline,
  edgeOf,
} from "../../store/apply";
import { filterQuery, startOf, type TaskFilter } from "../../store/filter";
import { patchRows } from "../../store/patch";
import type { MonitorState } from "../../store/state";
import type { Store } from "../../store/store";
import { OVERVIEW, topicOf } from "../../store/topics";
import type { Event, EventId, RowChange, Task, TaskId, Topic } from "../../wire.gen";
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
        const held = (event: EventId) =>
          state.details.get(id)?.events.byId.get(event) ??
          (late.find({ kind: "event", id: event }) as Event | undefined);
        if (isTooOld("event", page.timeline, page.seq, { guard, held })) return null;
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
      return pageOf(page, {
        isWanted: ({ tasks }) => tasks?.before === before,
        apply: (state, tasks) => applyOlderTasks(state, { ...page, tasks }, edgeOf(page)),
      });
    });
  }

  /** Reads what fits a filter, from its newest task on. */
  loadFiltered(filter: TaskFilter, now: number, isWanted: () => boolean): Promise<void> {
    return this.#load(OVERVIEW, async () => {
      if (!isWanted()) return null;
      const page = await this.#api.tasks(TASKS_PER_PAGE, undefined, filterQuery(filter, now));
      const start = startOf(filter, now);
      return pageOf(page, {
        isWanted,
        apply: (state, tasks) =>
          applyFiltered(state, { ...page, tasks }, filter, start, edgeOf(page)),
      });
    });
  }

  loadOlderFiltered(now: number): Promise<void> {
    return this.#load(OVERVIEW, async () => {
      const { filter, before } = this.#store.get().filtered ?? {};
      if (filter === undefined || before === undefined) return null;
      const page = await this.#api.tasks(TASKS_PER_PAGE, before, filterQuery(filter, now));
      return pageOf(page, {
        isWanted: ({ filtered }) => filtered?.before === before,
        apply: (state, tasks) => applyOlderFiltered(state, { ...page, tasks }, edgeOf(page)),
      });
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

interface TaskPlacing {
  /** Whether the page still belongs to what is shown. */
  isWanted: (state: MonitorState) => boolean;
  apply: (state: MonitorState, tasks: Task[]) => MonitorState;
}

/** A page of tasks. What it says counts as known only once it is put somewhere. */
function pageOf(page: TaskPage, { isWanted, apply }: TaskPlacing): Page {
  return {
    ...page,
    put: (state, guard, late) => {
      if (!isWanted(state)) return state;
      const held = (id: TaskId) =>
        heldTask(state, id) ?? (late.find({ kind: "task", id }) as Task | undefined);
      if (isTooOld("task", page.tasks, page.seq, { guard, held })) return null;
      const tasks = overlaid("task", page.tasks, page.seq, { guard, held });
      return showTasks(apply(state, tasks), tasks);
    },
  };
}

/**
 * Whether one of the rows is known from a later commit and is held nowhere. Asked before anything of
 * the page counts as known: what is learned of rows that are then put nowhere would be lost.
 */
function isTooOld<T extends { id: string }>(
  kind: RowChange["kind"],
  rows: readonly T[],
  seq: number,
  { guard, held }: { guard: RowGuard; held: (id: string) => T | undefined },
): boolean {
  return rows.some(({ id }) => guard.isNewer(seq, { kind, id }) && held(id) === undefined);
}
