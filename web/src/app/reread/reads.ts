import type { Api } from "../../api/api";
import { ApiError, messageOf } from "../../api/errors";
import { CLEAN, type Marks, mergeMarks } from "../../live/dirty";
import { Latest } from "../../live/latest";
import {
  applyBookmarks,
  applyFiltered,
  applyOverview,
  applyTasks,
  applyTimeline,
  dropTasks,
  keepDetails,
} from "../../store/apply";
import { filterQuery, startOf, type TaskFilter } from "../../store/filter";
import type { Failure, MonitorState, ReadPart } from "../../store/state";
import type { Store } from "../../store/store";
import type { TaskId } from "../../wire.gen";
import { readOpen } from "../follow/topicReads";
import { EVENTS_PER_PAGE, TASKS_PER_PAGE } from "../sync";

/** How many tasks' details are kept for going back. */
const DETAILS_KEPT = 6;

type Apply = (state: MonitorState) => MonitorState;

/** Reads the marked parts anew and puts them into the store. */
export class Reads {
  /** The task on screen. */
  selected: TaskId | null = null;
  filter: TaskFilter | null = null;
  readonly #api: Api;
  readonly #store: Store<MonitorState>;
  readonly #now: () => number;
  readonly #onReread: () => void;
  readonly #order: Record<ReadPart, Latest> = {
    tasks: new Latest(),
    task: new Latest(),
    bookmarks: new Latest(),
  };

  /** `onReread` is told of each read of something that is held already. */
  constructor(api: Api, store: Store<MonitorState>, now: () => number, onReread: () => void) {
    this.#onReread = onReread;
    this.#api = api;
    this.#store = store;
    this.#now = now;
  }

  /** Reads what is marked, each part on its own; resolves with the marks that failed. */
  readonly read = async (marks: Marks): Promise<Marks> => {
    const { selected } = this;
    const unread = await Promise.all([
      marks.overview ? this.#readPart("tasks", this.#readOverview()) : true,
      marks.task && selected !== null ? this.#readPart("task", this.#readTask(selected)) : true,
      marks.bookmarks ? this.#readPart("bookmarks", this.#readBookmarks()) : true,
    ]);
    const [overview, task, bookmarks] = unread.map((done) => !done);
    return mergeMarks(CLEAN, { overview: !!overview, task: !!task, bookmarks: !!bookmarks });
  };

  async #readPart(part: ReadPart, answer: Promise<Apply>): Promise<boolean> {
    const ticket = this.#order[part].take();
    try {
      const apply = await answer;
      if (this.#order[part].admit(ticket)) this.#put(part, apply);
      return true;
    } catch (error) {
      this.#fail(part, failureOf(error));
      return false;
    }
  }

  async #readOverview(): Promise<Apply> {
    if (this.#store.get().tasks !== null) this.#onReread();
    const limit = Math.max(TASKS_PER_PAGE, this.#store.get().tasks?.paged ?? 0);
    const { filter } = this;
    const now = this.#now();
    const [overview, page, fitting, ...open] = await Promise.all([
      this.#api.overview(),
      this.#api.tasks(limit),
      filter && this.#api.tasks(TASKS_PER_PAGE, undefined, filterQuery(filter, now)),
      ...readOpen(this.#api, now),
    ]);
    const rest = open.flatMap(({ tasks }) => tasks);
    return (state) => {
      const next = applyTasks(applyOverview(state, overview), page, rest);
      if (filter === null || fitting === null || this.filter !== filter) return next;
      return applyFiltered(next, fitting, filter, startOf(filter, now));
    };
  }

  /** Reads as many events as are held, so that a change of an early one is seen too. */
  async #readTask(id: TaskId): Promise<Apply> {
    const detail = this.#store.get().details.get(id);
    if (detail !== undefined) this.#onReread();
    const held = detail?.events.order.length ?? 0;
    const limit = Math.max(EVENTS_PER_PAGE, held);
    try {
      const [page, figures] = await Promise.all([
        this.#api.timeline(id, limit),
        this.#api.observability(id),
      ]);
      return (state) => withoutOldest(applyTimeline(state, page, figures.observability));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return (s) => dropTasks(s, [id]);
      throw error;
    }
  }

  async #readBookmarks(): Promise<Apply> {
    if (this.#store.get().bookmarks !== null) this.#onReread();
    const { bookmarks, evaluations } = await this.#api.bookmarks();
    return (state) => applyBookmarks(state, bookmarks, evaluations);
  }

  #put(part: ReadPart, apply: Apply): void {
    this.#store.change((state) => {
      const { [part]: _, ...failures } = state.failures;
      const held = part in state.failures ? failures : state.failures;
      return { ...apply(state), failures: held, readAt: this.#now() };
    });
  }

  #fail(part: ReadPart, failure: Failure): void {
    this.#store.change((state) => ({ ...state, failures: { ...state.failures, [part]: failure } }));
  }
}

function withoutOldest(state: MonitorState): MonitorState {
  return keepDetails(state, new Set([...state.details.keys()].slice(-DETAILS_KEPT)));
}

export function failureOf(error: unknown): Failure {
  return { message: messageOf(error), reached: error instanceof ApiError && error.status > 0 };
}
