import { Connection } from "../../live/connection";
import { CLEAN, EVERYTHING, marksOf } from "../../live/dirty";
import { parseFrame } from "../../live/parse";
import { Refresher } from "../../live/refresher";
import { applyOlderTasks, applyOlderTimeline, dropTasks } from "../../store/apply";
import { familyOf } from "../../store/family";
import type { TaskFilter } from "../../store/filter";
import type { Message, TaskId } from "../../wire.gen";
import { type Sync, type SyncOptions, TASKS_PER_PAGE } from "../sync";
import { Reads } from "./reads";

/**
 * Takes messages for signs that something changed, and reads what they mark: on the plain socket,
 * and for comparing. A refresh runs at the latest 500 ms after the first mark.
 */
export class RereadSync implements Sync {
  readonly #options: SyncOptions;
  readonly #reads: Reads;
  readonly #refresher: Refresher;
  readonly #connection: Connection;

  constructor(options: SyncOptions) {
    const { api, store, timers, tally, open } = options;
    this.#options = options;
    this.#reads = new Reads(api, store, timers.now, () => tally.add("rereads"));
    this.#refresher = new Refresher(this.#reads.read, timers);
    this.#connection = new Connection({
      open: () => open(""),
      timers,
      onState: (connection) => store.change((state) => ({ ...state, connection })),
      onOpen: () => tally.add("connections"),
      onFrame: (data) => {
        tally.addFrame(data);
        this.#hear(parseFrame(data));
      },
    });
  }

  get selected(): TaskId | null {
    return this.#reads.selected;
  }

  start(): void {
    this.#refresher.markNow(EVERYTHING);
    this.#connection.start();
  }

  stop(): void {
    this.#refresher.stop();
    this.#connection.stop();
  }

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

  /** One task at a time is read. */
  include(): () => void {
    return () => {};
  }

  /** Each read brings the newest rows alone. */
  hold(): void {}

  async loadEarlier(id: TaskId, limit: number): Promise<void> {
    const before = this.#options.store.get().details.get(id)?.before;
    if (before === undefined) return;
    const page = await this.#options.api.timeline(id, limit, before);
    this.#options.store.change((state) => applyOlderTimeline(state, page, before));
  }

  async filter(filter: TaskFilter | null): Promise<void> {
    this.#reads.filter = filter;
    if (filter === null) this.#options.store.change((state) => ({ ...state, filtered: null }));
    else this.#refresher.markNow({ ...CLEAN, overview: true });
  }

  async loadOlderTasks(): Promise<void> {
    const before = this.#options.store.get().tasks?.before;
    if (before === undefined) return;
    const page = await this.#options.api.tasks(TASKS_PER_PAGE, before);
    this.#options.store.change((state) => applyOlderTasks(state, page));
  }

  rated(): void {
    this.#refresher.markNow({ ...CLEAN, bookmarks: true });
  }

  #hear(message: Message | null): void {
    if (message === null) {
      this.#options.tally.add("unknownFrames");
      return;
    }
    this.#forget(message);
    const marks = marksOf(message, familyOf(this.#options.store.get(), this.#reads.selected));
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
