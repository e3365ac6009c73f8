import type { Api } from "../api/api";
import { Connection, type Socket } from "../live/connection";
import { CLEAN, EVERYTHING, marksOf } from "../live/dirty";
import { parseFrame } from "../live/parse";
import { Refresher } from "../live/refresher";
import type { Timers } from "../live/timers";
import { Watch } from "../live/watch";
import { applyOlderTasks, applyOlderTimeline, dropTasks } from "../store/apply";
import { familyOf } from "../store/family";
import type { MonitorState } from "../store/state";
import type { Store } from "../store/store";
import type { Event, EventId, Message, TaskId } from "../wire.gen";
import { EVENTS_PER_PAGE, Reads, TASKS_PER_PAGE } from "./reads";

export interface MonitorOptions {
  api: Api;
  store: Store<MonitorState>;
  timers: Timers;
  open: () => Socket;
}

/** Whole events are big; only the last few that were looked at are kept. */
const WHOLES_KEPT = 20;

/** An event that is far back is reached in few requests. */
const EVENTS_PER_LEAP = 2_000;

/** A full disk stops everything new, so no message can tell of it: the page has to ask. */
const HEALTH_EVERY_MS = 15_000;

/** Joins socket, marks, reads and store: what a message means is decided here and nowhere else. */
export class Monitor {
  readonly #options: MonitorOptions;
  readonly #reads: Reads;
  readonly #refresher: Refresher;
  readonly #connection: Connection;
  readonly #health: Watch;

  constructor(options: MonitorOptions) {
    const { api, store, timers, open } = options;
    this.#options = options;
    this.#reads = new Reads(api, store, timers.now);
    this.#refresher = new Refresher(this.#reads.read, timers);
    this.#connection = new Connection({
      open,
      timers,
      onState: (connection) => store.change((state) => ({ ...state, connection })),
      onFrame: (data) => this.#hear(parseFrame(data)),
    });
    this.#health = new Watch(() => this.#askHealth(), HEALTH_EVERY_MS, timers);
  }

  start(): void {
    this.#refresher.markNow(EVERYTHING);
    this.#connection.start();
    this.#health.start();
  }

  stop(): void {
    this.#refresher.stop();
    this.#connection.stop();
    this.#health.stop();
  }

  /** The network or the page came back: try at once instead of waiting out a pause. */
  wake(): void {
    this.#connection.wake();
  }

  /** Reads a task at once, beside whatever else is being read. */
  select(id: TaskId | null): void {
    if (this.#reads.selected === id) return;
    this.#reads.selected = id;
    if (id === null) return;
    void this.#reads.read({ ...CLEAN, task: true }).then((unread) => this.#refresher.mark(unread));
  }

  async loadEarlier(id: TaskId, limit = EVENTS_PER_PAGE): Promise<void> {
    const before = this.#options.store.get().details.get(id)?.before;
    if (before === undefined) return;
    const page = await this.#options.api.timeline(id, limit, before);
    this.#options.store.change((state) => applyOlderTimeline(state, page, before));
  }

  /** Loads earlier pages of the task on screen until they hold the event; says whether they do. */
  async loadBackTo(id: TaskId, event: EventId): Promise<boolean> {
    const detail = () => this.#options.store.get().details.get(id);
    while (detail()?.events.byId.has(event) === false && this.#reads.selected === id) {
      const before = detail()?.before;
      if (before === undefined) return false;
      await this.loadEarlier(id, EVENTS_PER_LEAP);
      // A page that leads nowhere would be asked for again for ever.
      if (detail()?.before === before) return detail()?.events.byId.has(event) ?? false;
    }
    return detail()?.events.byId.has(event) ?? false;
  }

  async loadOlderTasks(): Promise<void> {
    const before = this.#options.store.get().tasks?.before;
    if (before === undefined) return;
    const page = await this.#options.api.tasks(TASKS_PER_PAGE, before);
    this.#options.store.change((state) => applyOlderTasks(state, page));
  }

  /** Reads an event whole, for a row that is cut (or for none, when no row is held). */
  async loadWhole(id: EventId, row: Event | null): Promise<void> {
    const { event } = await this.#options.api.event(id);
    this.#options.store.change((state) => {
      const wholes = new Map(state.wholes).set(id, { row, event });
      for (const old of [...wholes.keys()].slice(0, -WHOLES_KEPT)) wholes.delete(old);
      return { ...state, wholes };
    });
  }

  /** A server that does not answer is told by the connection; what was known of its disk stays. */
  async #askHealth(): Promise<void> {
    const health = await this.#options.api.health().catch(() => null);
    if (health === null) return;
    const diskFull = health.storage === "full";
    this.#options.store.change((state) =>
      state.diskFull === diskFull ? state : { ...state, diskFull },
    );
  }

  #hear(message: Message | null): void {
    const { store } = this.#options;
    if (message === null) {
      store.change((state) => ({ ...state, ignoredFrames: state.ignoredFrames + 1 }));
      return;
    }
    this.#forget(message);
    const marks = marksOf(message, familyOf(store.get(), this.#reads.selected));
    // Whatever happened while the socket was away is unknown, so a snapshot waits for no window.
    if (message.type === "snapshot") this.#refresher.markNow(marks);
    else this.#refresher.mark(marks);
  }

  /** A deletion is shown at once: its rows must not be acted on while a read is on its way. */
  #forget(message: Message): void {
    const { store } = this.#options;
    if (message.type === "task.deleted") {
      store.change((state) => dropTasks(state, [message.payload.taskId]));
    } else if (message.type === "tasks.purged") {
      store.change((state) => dropTasks(state, message.payload.taskIds));
    }
  }
}
