import type { Sent, TaskUsage, TimelinePage } from "../api/api";
import { Watch } from "../live/watch";
import type { TaskFilter } from "../store/filter";
import type { Event, EventId, Task, TaskId, Timestamp } from "../wire.gen";
import { FollowSync } from "./follow/followSync";
import { RereadSync } from "./reread/rereadSync";
import { EVENTS_PER_PAGE, type Sync, type SyncOptions } from "./sync";

/** Whole events are big; only the last few that were looked at are kept. */
const WHOLES_KEPT = 20;

/** An event that is far back is reached in few requests. */
const EVENTS_PER_LEAP = 2_000;

/** Enough rows around a moment to read in. */
const EVENTS_PER_MOMENT = 500;

/** A full disk stops everything new, so no message can tell of it: the page has to ask. */
const HEALTH_EVERY_MS = 15_000;

/** What the views ask of the server's state, whichever way it is kept up with. */
export class Monitor {
  readonly #options: SyncOptions;
  readonly #sync: Sync;
  readonly #health: Watch;
  /** The page that the server had when it was asked first: the one that runs here. */
  #page: string | undefined;

  constructor(options: SyncOptions) {
    this.#options = options;
    this.#sync =
      options.tally.strategy === "reread" ? new RereadSync(options) : new FollowSync(options);
    this.#health = new Watch(() => this.#askHealth(), HEALTH_EVERY_MS, options.timers);
  }

  start(): void {
    this.#sync.start();
    this.#health.start();
  }

  stop(): void {
    this.#sync.stop();
    this.#health.stop();
  }

  /** The network or the page came back: try at once instead of waiting out a pause. */
  wake(): void {
    this.#sync.wake();
    void this.#askHealth();
  }

  select(id: TaskId | null): void {
    this.#sync.select(id);
  }

  include(id: TaskId): () => void {
    return this.#sync.include(id);
  }

  hold(id: TaskId, held: boolean): void {
    this.#sync.hold(id, held);
  }

  loadEarlier(id: TaskId, limit = EVENTS_PER_PAGE): Promise<void> {
    return this.#sync.loadEarlier(id, limit);
  }

  /** The newest rows of a task's timeline up to a moment; not kept up with. */
  readUntil(id: TaskId, until: Timestamp): Promise<TimelinePage> {
    return this.#options.api.timelineUntil(id, EVENTS_PER_MOMENT, until);
  }

  async findTasks(words: string, limit: number): Promise<readonly Task[]> {
    const { tasks } = await this.#options.api.findTasks(words, limit);
    return tasks;
  }

  filter(filter: TaskFilter | null): Promise<void> {
    return this.#sync.filter(filter);
  }

  loadOlderTasks(): Promise<void> {
    return this.#sync.loadOlderTasks();
  }

  rated(): void {
    this.#sync.rated();
  }

  /** Loads earlier pages of the task on screen until they hold the event; says whether they do. */
  async loadBackTo(id: TaskId, event: EventId): Promise<boolean> {
    const detail = () => this.#options.store.get().details.get(id);
    while (detail()?.events.byId.has(event) === false && this.#sync.selected === id) {
      const before = detail()?.before;
      if (before === undefined) return false;
      await this.loadEarlier(id, EVENTS_PER_LEAP);
      // A page that leads nowhere would be asked for again for ever.
      if (detail()?.before === before) return detail()?.events.byId.has(event) ?? false;
    }
    return detail()?.events.byId.has(event) ?? false;
  }

  /**
   * Reads an event for a row that is cut (or for none, when no row is held): as much of its texts as
   * is shown at first, or all of them.
   */
  async loadWhole(id: EventId, row: Event | null, all = false): Promise<Event> {
    const { event } = await this.#options.api.event(id, all);
    this.#options.store.change((state) => {
      const wholes = new Map(state.wholes).set(id, { row, event });
      for (const old of [...wholes.keys()].slice(0, -WHOLES_KEPT)) wholes.delete(old);
      return { ...state, wholes };
    });
    return event;
  }

  /** What hooks sent that an event was made of: bodies, which nobody keeps. */
  async readPayloads(id: EventId): Promise<readonly Sent[]> {
    return (await this.#options.api.payloads(id)).payloads;
  }

  async readUsage(id: TaskId): Promise<TaskUsage> {
    return (await this.#options.api.usage(id)).usage;
  }

  /** A server that does not answer is told by the connection; what was known of its disk stays. */
  async #askHealth(): Promise<void> {
    const health = await this.#options.api.health().catch(() => null);
    if (health === null) return;
    this.#page ??= health.page;
    const diskFull = health.storage === "full";
    const pageIsOld = health.page !== undefined && health.page !== this.#page;
    this.#options.store.change((state) =>
      state.diskFull === diskFull && state.pageIsOld === pageIsOld
        ? state
        : { ...state, diskFull, pageIsOld },
    );
  }
}
