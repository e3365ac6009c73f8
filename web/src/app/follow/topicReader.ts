import { ApiError } from "../../api/errors";
import type { Following } from "../../live/follow/following";
import { type Late, RowGuard } from "../../live/follow/guard";
import type { ReadReason } from "../../live/follow/port";
import type { MonitorState, ReadPart } from "../../store/state";
import { BOOKMARKS, OVERVIEW, taskOf, topicOf } from "../../store/topics";
import type { Topic } from "../../wire.gen";
import { failureOf } from "../reread/reads";
import type { SyncOptions } from "../sync";
import { Retrier } from "./retrier";
import { readTopic, type TopicAnswer } from "./topicReads";

/** An answer that something newer overtook: it is asked for again, and nobody has to know. */
class Overtaken extends Error {}

interface Hooks {
  following: Following;
  /** Whether a failure to read the topic is shown. */
  isShown: (topic: Topic) => boolean;
}

/** Reads topics until it succeeds, and puts what they hold in the place of what was held. */
export class TopicReader {
  readonly #options: SyncOptions;
  readonly #hooks: Hooks;
  readonly #retrier: Retrier;

  constructor(options: SyncOptions, hooks: Hooks) {
    this.#options = options;
    this.#hooks = hooks;
    this.#retrier = new Retrier(options.timers, (topic, error) => this.#fail(topic, error));
  }

  read(topic: Topic, reason: ReadReason): void {
    const { api, store, tally } = this.#options;
    if (reason !== "first") tally.addResync(reason);
    if (isHeld(store.get(), topic)) tally.add("rereads");
    this.#retrier.run(topic, async (isCurrent) => {
      const overview = this.#guardOf(OVERVIEW);
      const late = overview.open();
      try {
        const answer = await readTopic(api, store.get(), topic);
        if (isCurrent()) this.#use(topic, answer, late, reason);
      } catch (error) {
        if (!isMissing(error) || !isCurrent()) throw error;
        this.#hooks.following.notFound(topic);
      } finally {
        overview.shut(late);
      }
    });
  }

  cancel(topic: Topic): void {
    this.#retrier.cancel(topic);
  }

  stop(): void {
    this.#retrier.stop();
  }

  #use(topic: Topic, answer: TopicAnswer, late: Late, reason: ReadReason): void {
    const { following } = this.#hooks;
    const usable = following.accept(topic, answer) && this.#acceptChildren(answer, late);
    if (!usable) throw new Overtaken();
    const guardOf = (name: Topic) => this.#guardOf(name);
    this.#options.store.change((state) => {
      const { [partOf(topic)]: _, ...failures } = state.failures;
      const next = answer.put(state, { guardOf, late });
      return { ...next, failures, readAt: this.#options.timers.now() };
    });
    following.resume(topic, answer);
    if (topic === OVERVIEW && reason !== "first") this.#readStrayChildren(answer, reason);
  }

  /** Subagents are rows of the overview that come with their parent. */
  #acceptChildren({ children, epoch, seq }: TopicAnswer, late: Late): boolean {
    if (children.length === 0) return true;
    const { following } = this.#hooks;
    if (late.overflown || !following.acceptPage(OVERVIEW, { epoch, seq })) return false;
    following.lower(OVERVIEW, seq);
    return true;
  }

  /** Subagents that the list does not hold were followed by the topic that was just lost. */
  #readStrayChildren({ tasks }: TopicAnswer, reason: ReadReason): void {
    for (const { task, children } of this.#options.store.get().details.values()) {
      const stray = children.some(({ id }) => !tasks.has(id));
      if (stray) this.#hooks.following.readAnew(topicOf(task.id), reason);
    }
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
