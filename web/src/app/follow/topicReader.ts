import { ApiError } from "../../api/errors";
import { backoffMs } from "../../live/backoff";
import type { Following } from "../../live/follow/following";
import { type Late, RowGuard } from "../../live/follow/guard";
import type { ReadReason } from "../../live/follow/port";
import { forgetTopic } from "../../store/apply";
import { patchRows } from "../../store/patch";
import type { MonitorState, ReadPart } from "../../store/state";
import { BOOKMARKS, OVERVIEW, taskOf } from "../../store/topics";
import type { Topic } from "../../wire.gen";
import { failureOf } from "../reread/reads";
import type { SyncOptions } from "../sync";
import { Retrier } from "./retrier";
import { readTopic, type TopicAnswer } from "./topicReads";

/** Reads of one topic that follow each other faster than this are slowed down. */
const CALM_MS = 30_000;

/** An answer that something newer overtook: it is asked for again, and nobody has to know. */
class Overtaken extends Error {}

interface Hooks {
  following: Following;
  /** The overview was read, for the first time or anew. */
  onOverview: (reason: ReadReason) => void;
  /** Whether a failure to read the topic is shown. */
  isShown: (topic: Topic) => boolean;
}

/** Reads topics until it succeeds, and puts what they hold in the place of what was held. */
export class TopicReader {
  readonly #options: SyncOptions;
  readonly #hooks: Hooks;
  readonly #retrier: Retrier;
  readonly #last = new Map<Topic, { at: number; hurried: number }>();

  constructor(options: SyncOptions, hooks: Hooks) {
    this.#options = options;
    this.#hooks = hooks;
    this.#retrier = new Retrier(options.timers, (topic, error) => this.#fail(topic, error));
  }

  read(topic: Topic, reason: ReadReason): void {
    const { api, store, tally } = this.#options;
    if (reason !== "first") tally.addResync(reason);
    if (isHeld(store.get(), topic)) tally.add("rereads");
    // Another history: nothing of the old one may stand beside what comes of the new one.
    if (reason === "epoch") store.change((state) => forgetTopic(state, topic));
    const attempt = async (isCurrent: () => boolean) => {
      const overview = this.#guardOf(OVERVIEW);
      const late = overview.open();
      try {
        const answer = await readTopic(api, store.get(), topic, this.#options.timers.now());
        if (isCurrent()) this.#use(topic, answer, late, reason);
      } catch (error) {
        if (!isMissing(error) || !isCurrent()) throw error;
        this.#hooks.following.notFound(topic);
      } finally {
        overview.shut(late);
      }
    };
    this.#retrier.run(topic, attempt, reason === "first" ? 0 : this.#pause(topic));
  }

  /** A server that answers every subscription with `resync` must not make the page read for ever. */
  #pause(topic: Topic): number {
    const { now, random } = this.#options.timers;
    const last = this.#last.get(topic);
    const hurried = last !== undefined && now() - last.at < CALM_MS ? last.hurried + 1 : 0;
    this.#last.set(topic, { at: now(), hurried });
    return hurried === 0 ? 0 : backoffMs(hurried - 1, random());
  }

  cancel(topic: Topic): void {
    this.#retrier.cancel(topic);
  }

  stop(): void {
    this.#retrier.stop();
  }

  #use(topic: Topic, answer: TopicAnswer, late: Late, reason: ReadReason): void {
    const { following } = this.#hooks;
    const usable =
      following.accept(topic, answer) &&
      (taskOf(topic) === null || this.#acceptChildren(answer, late));
    if (!usable) throw new Overtaken();
    const guardOf = (name: Topic) => this.#guardOf(name);
    this.#options.store.change((state) => {
      const { [partOf(topic)]: _, ...failures } = state.failures;
      const next = patchRows(answer.put(state, guardOf), OVERVIEW, guardOf(OVERVIEW).newest(late));
      return { ...next, failures, readAt: this.#options.timers.now() };
    });
    following.resume(topic, answer);
    if (topic === OVERVIEW) this.#hooks.onOverview(reason);
  }

  /**
   * Subagents are rows of the overview that come with their parent: what happened to them between
   * this answer and the overview's read, the start of a new one included, would never be told.
   */
  #acceptChildren({ epoch, seq }: TopicAnswer, late: Late): boolean {
    const { following } = this.#hooks;
    if (late.overflown || !following.acceptPage(OVERVIEW, { epoch, seq })) return false;
    following.lower(OVERVIEW, seq);
    return true;
  }

  #fail(topic: Topic, error: unknown): void {
    if (error instanceof Overtaken || !this.#hooks.isShown(topic)) return;
    const failure = failureOf(error);
    this.#options.store.change((state) => ({
      ...state,
      failures: { ...state.failures, [partOf(topic)]: failure },
    }));
  }

  #guardOf(topic: Topic): RowGuard {
    return this.#hooks.following.find(topic)?.guard ?? new RowGuard();
  }
}

function partOf(topic: Topic): ReadPart {
  if (topic === OVERVIEW) return "tasks";
  return topic === BOOKMARKS ? "bookmarks" : "task";
}

function isHeld(state: MonitorState, topic: Topic): boolean {
  if (topic === OVERVIEW) return state.tasks !== null;
  if (topic === BOOKMARKS) return state.bookmarks !== null;
  return state.details.has(taskOf(topic) ?? "");
}

function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
