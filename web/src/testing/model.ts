import { byActivity, byCreation, byMoment, byStart, newestBookmark } from "../store/order";
import type {
  Bookmark,
  Evaluation,
  Event,
  OverviewStats,
  RowChange,
  Session,
  Task,
  TaskId,
  Topic,
} from "../wire.gen";
import type { Random } from "./random";
import { aBookmark, anEvent, aTask, STATS } from "./samples";

const STATUSES = ["running", "waiting", "completed"] as const;

/** All that a server holds, with a number for each change: what a page has to end up showing. */
export class Model {
  epoch = "epoch 1";
  seq = 0;
  readonly #random: Random;
  #rows = new Map<string, RowChange>();
  #topics = new Map<string, Set<Topic>>();
  #made = 0;
  #epochs = 1;

  constructor(random: Random) {
    this.#random = random;
  }

  get tasks(): Task[] {
    return this.#all<Task>("task").sort(byActivity);
  }

  get stats(): OverviewStats {
    return { ...STATS, totalTasks: this.tasks.length, totalEvents: this.#all("event").length };
  }

  get bookmarks(): Bookmark[] {
    return this.#all<Bookmark>("bookmark").sort(newestBookmark);
  }

  get evaluations(): Evaluation[] {
    return this.#all<Evaluation>("evaluation");
  }

  eventsOf(id: TaskId): Event[] {
    return this.#all<Event>("event")
      .filter(({ taskId }) => taskId === id)
      .sort(byMoment);
  }

  sessionsOf(id: TaskId): Session[] {
    return this.#all<Session>("session")
      .filter(({ taskId }) => taskId === id)
      .sort(byStart);
  }

  childrenOf(id: TaskId): Task[] {
    return this.tasks.filter(({ parentTaskId }) => parentTaskId === id).sort(byCreation);
  }

  /**
   * The changes of a topic after a commit, in the order of their own. A task's own row touches its
   * topic, and is told in the overview alone.
   */
  changedSince(topic: Topic, after: number): RowChange[] {
    const touched = this.#touches(topic, after);
    return touched.filter(({ kind }) => kind !== "task" || topic === "overview");
  }

  #touches(topic: Topic, after: number): RowChange[] {
    const own = [...this.#rows].filter(([key, { seq }]) => this.#isOf(key, topic) && seq > after);
    return own.map(([, row]) => row).sort((a, b) => a.seq - b.seq);
  }

  /** The last commit that touched a topic. */
  seqOf(topic: Topic): number {
    return Math.max(0, ...this.#touches(topic, -1).map(({ seq }) => seq));
  }

  topicsOf(changes: readonly RowChange[]): Set<Topic> {
    return new Set(changes.flatMap((change) => [...(this.#topics.get(keyOf(change)) ?? [])]));
  }

  /** One change of anything, and the rows it touched. */
  commit(): RowChange[] {
    this.seq += 1;
    const task = this.#random.pick(this.tasks);
    const dice = this.#random.next();
    if (task === undefined || dice < 0.15) return this.#start(task);
    if (dice < 0.55) return this.#log(task);
    if (dice < 0.65) return this.#update(task);
    if (dice < 0.75) return this.#setStatus(task);
    if (dice < 0.82) return this.#mark(task);
    if (dice < 0.87) return this.#rate(task);
    return dice < 0.95 ? this.#rename(task) : this.#delete(task);
  }

  /** The file was exchanged for another one. */
  exchange(): void {
    this.#epochs += 1;
    this.epoch = `epoch ${this.#epochs}`;
    this.#rows.clear();
    this.#topics.clear();
    this.seq = 0;
    for (let count = 0; count < 6; count += 1) this.commit();
  }

  #start(parent: Task | undefined): RowChange[] {
    const at = this.#now();
    const child = parent !== undefined && this.#random.chance(0.4);
    const task = aTask({ id: this.#id(), createdAt: at, lastActivityAt: at });
    if (child) task.parentTaskId = parent.id;
    const session: Session = { id: this.#id(), taskId: task.id, status: "running", startedAt: at };
    return [this.#put("task", task), this.#put("session", session)];
  }

  #log(task: Task): RowChange[] {
    const event = anEvent({ id: this.#id(), taskId: task.id, createdAt: this.#now() });
    const at = event.createdAt > task.lastActivityAt ? event.createdAt : task.lastActivityAt;
    return [this.#put("event", event), this.#put("task", { ...task, lastActivityAt: at })];
  }

  #update(task: Task): RowChange[] {
    const event = this.#random.pick(this.eventsOf(task.id));
    if (event === undefined) return this.#log(task);
    return [this.#put("event", { ...event, title: `Changed by ${this.seq}` })];
  }

  #setStatus(task: Task): RowChange[] {
    return [this.#put("task", { ...task, status: this.#random.pick(STATUSES) ?? "running" })];
  }

  #rename(task: Task): RowChange[] {
    return [this.#put("task", { ...task, displayTitle: `Named by ${this.seq}` })];
  }

  #mark(task: Task): RowChange[] {
    const old = this.#random.pick(this.bookmarks);
    if (old !== undefined && this.#random.chance(0.5)) return [this.#drop("bookmark", old.id)];
    const row = aBookmark({ id: this.#id(), taskId: task.id, createdAt: this.#now() });
    return [this.#put("bookmark", row)];
  }

  #rate(task: Task): RowChange[] {
    return [this.#put("evaluation", anEvaluation(task.id, `As of ${this.seq}`))];
  }

  #delete({ id }: Task): RowChange[] {
    const dropped = this.childrenOf(id).flatMap((child) => this.#delete(child));
    for (const { id: event } of this.eventsOf(id)) dropped.push(this.#drop("event", event));
    for (const { id: session } of this.sessionsOf(id)) dropped.push(this.#drop("session", session));
    for (const row of this.bookmarks) {
      if (row.taskId === id) dropped.push(this.#drop("bookmark", row.id));
    }
    if (this.#rows.get(`evaluation ${id}`)?.row) dropped.push(this.#drop("evaluation", id));
    return [...dropped, this.#drop("task", id)];
  }

  #put(kind: RowChange["kind"], whole: Task | Session | Event | Bookmark | Evaluation): RowChange {
    const row: { id?: string; taskId?: string } = whole;
    const id = (kind === "evaluation" ? row.taskId : row.id) ?? "";
    const change = { kind, id, seq: this.seq, row } as RowChange;
    this.#rows.set(keyOf(change), change);
    this.#topics.set(keyOf(change), topicsOf(kind, kind === "task" ? id : (row.taskId ?? "")));
    return change;
  }

  #drop(kind: RowChange["kind"], id: string): RowChange {
    const change = { kind, id, seq: this.seq } as RowChange;
    this.#rows.set(keyOf(change), change);
    return change;
  }

  #isOf(key: string, topic: Topic): boolean {
    return this.#topics.get(key)?.has(topic) ?? false;
  }

  #all<T>(kind: RowChange["kind"]): T[] {
    const own = [...this.#rows.values()].filter((change) => change.kind === kind);
    return own.flatMap(({ row }) => (row === undefined ? [] : [row as T]));
  }

  /** Grows with what is made, as a server's ids do. */
  #id(): string {
    this.#made += 1;
    return `00000000-0000-7000-8000-${String(this.#made).padStart(12, "0")}`;
  }

  /** Several rows are of one moment, and some are told late. */
  #now(): string {
    const late = this.#random.chance(0.2) ? 3_000 : 0;
    return new Date(1e12 + Math.floor(this.seq / 3) * 1_000 - late).toISOString();
  }
}

function anEvaluation(taskId: TaskId, useCase: string): Evaluation {
  const nothing = { outcomeNote: null, approachNote: null, reuseWhen: null, watchouts: null };
  const rest = { workflowSnapshot: null, workflowContext: null, searchText: null };
  const at = "2026-11-23T12:00:00.000Z";
  return {
    taskId,
    rating: "good",
    useCase,
    workflowTags: [],
    ...nothing,
    ...rest,
    evaluatedAt: at,
  };
}

function topicsOf(kind: RowChange["kind"], task: TaskId): Set<Topic> {
  if (kind === "task") return new Set(["overview", `task:${task}`]);
  if (kind === "event" || kind === "session") return new Set([`task:${task}`]);
  return new Set(["bookmarks"]);
}

export function keyOf({ kind, id }: { kind: string; id: string }): string {
  return `${kind} ${id}`;
}
