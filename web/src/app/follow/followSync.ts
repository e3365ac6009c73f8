import { Connection } from "../../live/connection";
import { Following } from "../../live/follow/following";
import { parseFollow } from "../../live/follow/parse";
import type { Occasion, ReadReason } from "../../live/follow/port";
import { Heartbeat } from "../../live/heartbeat";
import { Watch } from "../../live/watch";
import { applyGone, keepDetails } from "../../store/apply";
import { Batch } from "../../store/batch";
import type { TaskFilter } from "../../store/filter";
import { patchState } from "../../store/patch";
import type { MonitorState } from "../../store/state";
import { BOOKMARKS, OVERVIEW, taskOf, topicOf } from "../../store/topics";
import { FOLLOWED, READ, trimmed } from "../../store/trim";
import type { FollowFrame, RowChange, TaskId, Topic } from "../../wire.gen";
import type { Sync, SyncOptions } from "../sync";
import type { Counts } from "../tally";
import { Pages } from "./pages";
import { TopicReader } from "./topicReader";

/** So many tasks stay followed after they were left, so that coming back costs nothing. */
const TASKS_FOLLOWED = 8;
const CHECK_ANSWERS_MS = 5_000;

const COUNTS: Readonly<Record<Occasion, keyof Counts>> = {
  applied: "rowsApplied",
  ignored: "rowsIgnored",
  gap: "gaps",
};

/** Reads once, then follows topics and patches the store with the rows that their frames bring. */
export class FollowSync implements Sync {
  readonly #options: SyncOptions;
  readonly #following: Following;
  readonly #reader: TopicReader;
  readonly #pages: Pages;
  readonly #connection: Connection;
  readonly #heartbeat: Heartbeat;
  readonly #answers: Watch;
  readonly #batch = new Batch();
  #patching = false;
  #filter: TaskFilter | null = null;
  #filterReads = 0;
  /** The tasks that are followed, the one that was looked at last at the end. */
  #recent: readonly TaskId[] = [];
  #selected: TaskId | null = null;
  /** Tasks that are shown inside another one, and how often. */
  readonly #included = new Map<TaskId, number>();
  /** Tasks in whose timelines somebody reads further back. */
  readonly #held = new Set<TaskId>();

  constructor(options: SyncOptions) {
    const { api, store, timers, tally } = options;
    this.#options = options;
    this.#following = this.#makeFollowing();
    this.#reader = new TopicReader(options, {
      following: this.#following,
      onOverview: (reason) => this.#overviewRead(reason),
      isShown: (topic) => taskOf(topic) === null || taskOf(topic) === this.#selected,
    });
    this.#pages = new Pages(api, store, this.#following);
    this.#connection = this.#makeConnection();
    this.#heartbeat = new Heartbeat({
      timers,
      ping: () => this.#connection.send(JSON.stringify({ type: "ping", payload: {} })),
      giveUp: () => this.#connection.giveUp(),
    });
    const check = async () => this.#following.checkAnswered();
    this.#answers = new Watch(check, CHECK_ANSWERS_MS, timers);
    tally.place = () => ({ epoch: this.#following.epoch, topics: this.#following.places() });
  }

  get selected(): TaskId | null {
    return this.#selected;
  }

  start(): void {
    this.#following.follow(OVERVIEW);
    this.#following.follow(BOOKMARKS);
    this.#connection.start();
    this.#answers.start();
  }

  stop(): void {
    this.#connection.stop();
    this.#heartbeat.stop();
    this.#answers.stop();
    this.#reader.stop();
  }

  /** A machine that slept may hold a socket that is dead and does not know it. */
  wake(): void {
    this.#connection.wake();
    this.#heartbeat.probe();
  }

  select(id: TaskId | null): void {
    this.#selected = id;
    if (id === null) return;
    this.#followTask(id);
  }

  include(id: TaskId): () => void {
    this.#included.set(id, (this.#included.get(id) ?? 0) + 1);
    this.#followTask(id);
    return () => {
      const left = (this.#included.get(id) ?? 1) - 1;
      if (left > 0) this.#included.set(id, left);
      else this.#included.delete(id);
    };
  }

  hold(id: TaskId, held: boolean): void {
    if (held) this.#held.add(id);
    else this.#held.delete(id);
  }

  #followTask(id: TaskId): void {
    const recent = [...this.#recent.filter((other) => other !== id), id];
    const needed = (other: TaskId) => other === this.#selected || this.#included.has(other);
    const spare = recent.filter((other) => !needed(other)).slice(1 - TASKS_FOLLOWED);
    this.#keepRecent(recent.filter((other) => needed(other) || spare.includes(other)));
    this.#following.follow(topicOf(id));
  }

  loadEarlier(id: TaskId, limit: number): Promise<void> {
    return this.#pages.loadEarlier(id, limit);
  }

  loadOlderTasks(): Promise<void> {
    if (this.#filter === null) return this.#pages.loadOlderTasks();
    return this.#pages.loadOlderFiltered(this.#options.timers.now());
  }

  /** What fits is read once the list is, for it is kept up with from the list's read on. */
  async filter(filter: TaskFilter | null): Promise<void> {
    const { store } = this.#options;
    this.#filter = filter;
    if (filter === null) store.change((state) => ({ ...state, filtered: null }));
    else if (store.get().tasks !== null) await this.#readFiltered(filter);
  }

  /** Of several reads only the last one counts: one from before would take rows away again. */
  #readFiltered(filter: TaskFilter): Promise<void> {
    this.#filterReads += 1;
    const read = this.#filterReads;
    const isWanted = () => this.#filter === filter && this.#filterReads === read;
    return this.#pages.loadFiltered(filter, this.#options.timers.now(), isWanted);
  }

  /** The rating comes as a row like any other. */
  rated(): void {}

  #makeFollowing(): Following {
    const { store, tally } = this.#options;
    return new Following({
      send: (command) => this.#connection.send(JSON.stringify(command)),
      read: (topic, reason) => this.#reader.read(topic, reason),
      apply: (topic, rows) => this.#apply(topic, rows),
      figures: (topic, figures) => {
        this.#batch.setFigures(topic, figures);
        this.#patchSoon();
      },
      removed: (topic) => this.#remove(topic),
      moved: () => store.change((state) => ({ ...state, wholes: new Map(), gone: new Set() })),
      count: (occasion, by) => tally.add(COUNTS[occasion], by),
    });
  }

  #makeConnection(): Connection {
    const { store, timers, tally, open } = this.#options;
    return new Connection({
      open: () => open(this.#following.address()),
      timers,
      onState: (connection) => store.change((state) => ({ ...state, connection })),
      onOpen: () => {
        tally.add("connections");
        this.#heartbeat.start();
        this.#following.opened();
      },
      onLost: () => {
        this.#heartbeat.stop();
        this.#following.lost();
      },
      onFrame: (data) => this.#hear(data),
    });
  }

  #hear(data: unknown): void {
    const { tally } = this.#options;
    tally.addFrame(data);
    this.#heartbeat.heard();
    const parsed = parseFollow(data);
    tally.add("unknownFrames", parsed?.dropped ?? 1);
    if (parsed !== null) this.#take(parsed.frame);
  }

  /** Any frame of a topic says that the page is up to date, `progress` too. */
  #take(frame: FollowFrame): void {
    this.#following.hear(frame);
    if ("topic" in frame) this.#patchSoon();
  }

  #apply(topic: Topic, rows: readonly RowChange[]): void {
    this.#batch.add(topic, rows);
    this.#patchSoon();
    if (topic === OVERVIEW) this.#options.ear?.told(rows);
    const { selected } = this;
    if (topic !== OVERVIEW || selected === null) return;
    // A task that was not there, or was deleted, is made while somebody looks at its place.
    const made = rows.some(({ id, row }) => id === selected && row !== undefined);
    if (made && !this.#following.has(topicOf(selected))) this.select(selected);
  }

  /** However many frames come until the next painting, they are one change of the store. */
  #patchSoon(): void {
    if (this.#patching) return;
    this.#patching = true;
    this.#options.store.defer((state) => {
      this.#patching = false;
      const batches = this.#batch.take();
      const next = patchState(state, batches, this.#options.timers.now());
      return [...batches.keys()].reduce((whole, topic) => this.#trim(whole, topic), next);
    });
  }

  /** However long an agent goes on, so many rows of its timeline are held and no more. */
  #trim(state: MonitorState, topic: Topic): MonitorState {
    const id = taskOf(topic);
    const detail = id === null ? undefined : state.details.get(id);
    if (id === null || detail === undefined) return state;
    const cut = trimmed(detail, this.#held.has(id) ? READ : FOLLOWED);
    if (cut === null) return state;
    this.#following.find(topic)?.guard.forget("event", cut.dropped);
    return { ...state, details: new Map(state.details).set(id, cut.detail) };
  }

  #remove(topic: Topic): void {
    const id = taskOf(topic);
    this.#reader.cancel(topic);
    if (id !== null) this.#options.store.change((state) => applyGone(state, id));
  }

  /** Read anew, what happened to tasks that its list leaves out is unknown. */
  #overviewRead(reason: ReadReason): void {
    this.#options.ear?.read(reason !== "first");
    if (reason !== "first") this.#readFamilies(reason);
    // A read that fails leaves what was held; the next change of the filter asks again.
    if (this.#filter !== null) void this.#readFiltered(this.#filter).catch(() => {});
  }

  /** Only the task on screen is worth a read; the others are read when somebody looks at them. */
  #readFamilies(reason: ReadReason): void {
    const shown = this.#recent.filter((id) => id === this.selected || this.#included.has(id));
    this.#keepRecent(shown);
    for (const id of shown) this.#following.readAnew(topicOf(id), reason);
  }

  #keepRecent(ids: readonly TaskId[]): void {
    const kept = new Set(ids);
    const left = this.#recent.filter((id) => !kept.has(id)).map(topicOf);
    this.#recent = ids;
    for (const topic of left) {
      this.#reader.cancel(topic);
      this.#following.unfollow(topic);
    }
    this.#options.store.change((state) => keepDetails(state, kept));
  }
}
