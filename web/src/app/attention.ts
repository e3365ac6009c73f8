import { type News, newsOf, occasionOf } from "../attention/news";
import type { Timers } from "../live/timers";
import type { RowChange, Task, TaskId } from "../wire.gen";
import type { TaskEar } from "./sync";

/** A failure stops being news without anything being told. */
const LOOK_AGAIN_MS = 60_000;

interface Options {
  timers: Timers;
  /** The tasks of the list as it was read. */
  tasks: () => Iterable<Task>;
  onCount: (count: number) => void;
  onNews: (news: readonly News[]) => void;
}

/**
 * Knows who needs a person, from the messages themselves: a hidden tab paints nothing, and this is
 * what a hidden tab is for.
 */
export class AttentionWatch implements TaskEar {
  readonly #options: Options;
  /** The tasks that need a person, and for what. */
  readonly #needing = new Map<TaskId, { task: Task; occasion: string }>();
  #cancel: (() => void) | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  start(): void {
    this.#cancel = this.#options.timers.after(LOOK_AGAIN_MS, () => {
      for (const { task } of [...this.#needing.values()]) this.#note(task);
      this.#count();
      this.start();
    });
  }

  stop(): void {
    this.#cancel?.();
  }

  /** What a task needs a person for by now. */
  occasion(id: TaskId): string | undefined {
    return this.#needing.get(id)?.occasion;
  }

  /** What was so when the page was opened is no news. */
  read(again: boolean): void {
    const tasks = [...this.#options.tasks()];
    const news = again ? this.#newsIn(tasks) : [];
    this.#needing.clear();
    for (const task of tasks) this.#note(task);
    this.#count();
    if (news.length > 0) this.#options.onNews(news);
  }

  told(changes: readonly RowChange[]): void {
    const tasks: Task[] = [];
    for (const change of changes) {
      if (change.kind !== "task") continue;
      if (change.row === undefined) this.#needing.delete(change.id);
      else tasks.push(change.row);
    }
    const news = this.#newsIn(tasks);
    for (const task of tasks) this.#note(task);
    this.#count();
    if (news.length > 0) this.#options.onNews(news);
  }

  #newsIn(tasks: readonly Task[]): News[] {
    const now = this.#options.timers.now();
    return tasks.flatMap((task) => newsOf(task, this.occasion(task.id), now) ?? []);
  }

  #note(task: Task): void {
    const occasion = occasionOf(task, this.#options.timers.now());
    if (occasion === null) this.#needing.delete(task.id);
    else this.#needing.set(task.id, { task, occasion });
  }

  #count(): void {
    this.#options.onCount(this.#needing.size);
  }
}
