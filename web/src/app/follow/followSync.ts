import { Connection } from "../../live/connection";
import { Following } from "../../live/follow/following";
import { parseFollow } from "../../live/follow/parse";
import type { Occasion, ReadReason } from "../../live/follow/port";
import { Heartbeat } from "../../live/heartbeat";
import { Watch } from "../../live/watch";
import { applyGone, keepDetails } from "../../store/apply";
import { Batch } from "../../store/batch";
import { patchState } from "../../store/patch";
import { BOOKMARKS, OVERVIEW, taskOf, topicOf } from "../../store/topics";
import type { FollowFrame, RowChange, TaskId, Topic } from "../../wire.gen";
import type { Sync, SyncOptions } from "../sync";
import type { Counts } from "../tally";
import { Pages } from "./pages";
import { TopicReader } from "./topicReader";

/** Tasks that stay followed after they were left, so that coming back costs nothing. */
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
  /** The tasks that are followed, the one that was looked at last at the end. */
  #recent: readonly TaskId[] = [];
  #selected: TaskId | null = null;

  constructor(options: SyncOptions) {
    const { api, store, timers, tally } = options;
    this.#options = options;
    this.#following = this.#makeFollowing();
    this.#reader = new TopicReader(options, {
      following: this.#following,
      onOverviewLost: (reason) => this.#readFamilies(reason),
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
    this.#keepRecent([...this.#recent.filter((other) => other !== id), id].slice(-TASKS_FOLLOWED));
    this.#following.follow(topicOf(id));
  }

  loadEarlier(id: TaskId, limit: number): Promise<void> {
    return this.#pages.loadEarlier(id, limit);
  }

  loadOlderTasks(): Promise<void> {
    return this.#pages.loadOlderTasks();
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
      return patchState(state, this.#batch.take(), this.#options.timers.now());
    });
  }

  #remove(topic: Topic): void {
    const id = taskOf(topic);
    this.#reader.cancel(topic);
    if (id !== null) this.#options.store.change((state) => applyGone(state, id));
  }

  /** Only the task on screen is worth a read; the others are read when somebody looks at them. */
  #readFamilies(reason: ReadReason): void {
    const { selected } = this;
    this.#keepRecent(this.#recent.filter((id) => id === selected));
    if (selected !== null) this.#following.readAnew(topicOf(selected), reason);
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
