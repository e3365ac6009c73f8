import { ApiError } from "../api/errors";
import { fits, readFilter } from "../store/filter";
import type {
  FollowCommand,
  FollowFrame,
  RowChange,
  Subscribe,
  TaskObservability,
  Topic,
} from "../wire.gen";
import type { Answers } from "./fakeApi";
import { FakeSocket } from "./fakeSocket";
import type { Model } from "./model";
import type { Random } from "./random";
import { OBSERVABILITY } from "./samples";

/** So many rows are in a page, however many are asked for. */
const ROWS = 4;

interface Line {
  socket: FakeSocket;
  topics: Set<Topic>;
  /** Frames on their way. */
  frames: FollowFrame[];
  taken: number;
}

interface Request {
  answer: () => void;
  /** The answer, once it was made; it may arrive much later. */
  made: (() => void) | null;
}

interface Placed {
  id: string;
  createdAt: string;
  lastActivityAt?: string;
}

function placeOf({ id, createdAt, lastActivityAt = createdAt }: Placed): string {
  return `${lastActivityAt}/${id}`;
}

/** A server of `/ws?v=2` and its read models, whose every step the test decides on. */
export class ModelServer {
  readonly #model: Model;
  readonly #random: Random;
  line: Line | null = null;
  readonly requests: Request[] = [];

  constructor(model: Model, random: Random) {
    this.#model = model;
    this.#random = random;
  }

  open(query: string): FakeSocket {
    const socket = new FakeSocket(query);
    this.line = { socket, topics: new Set(), frames: [], taken: 0 };
    return socket;
  }

  /** The socket opens: what its address asks for comes first. */
  accept(): void {
    const { line } = this;
    if (line === null || line.socket.onopen === null || line.taken > 0) return;
    line.taken = 1;
    const query = new URLSearchParams(line.socket.query);
    let last: Subscribe | null = null;
    const wanted: Subscribe[] = [];
    for (const [key, value] of query) {
      if (key === "topic") wanted.push({ topic: value });
      last = wanted.at(-1) ?? null;
      if (key === "after" && last) Object.assign(last, { after: Number(value) });
    }
    const epoch = query.get("epoch");
    line.socket.onopen();
    for (const want of wanted) this.#subscribe(line, { ...want, ...(epoch && { epoch }) });
  }

  close(): void {
    const socket = this.line?.socket;
    this.line = null;
    socket?.onclose?.();
  }

  /** Takes the next command of the page. */
  obey(): void {
    const { line } = this;
    const command = line?.socket.commands.shift() as FollowCommand | undefined;
    if (line === null || command === undefined) return;
    if (command.type === "subscribe") this.#subscribe(line, command.payload);
    else if (command.type === "unsubscribe") line.topics.delete(command.payload.topic);
    else line.frames.push({ type: "pong", payload: {} });
  }

  commit(): void {
    const { line } = this;
    const before = new Map(
      [...(line?.topics ?? [])].map((topic) => [topic, this.#model.seqOf(topic)]),
    );
    const rows = this.#model.commit();
    if (line === null) return;
    for (const topic of this.#model.topicsOf(rows)) {
      if (line.topics.has(topic)) this.#tell(line, topic, before.get(topic) ?? 0);
    }
    if (line.topics.has("overview")) this.#figures(line);
  }

  progress(): void {
    const { line } = this;
    if (line === null) return;
    for (const topic of line.topics) {
      const prev = this.#model.seqOf(topic);
      line.frames.push({ type: "progress", topic, seq: this.#model.seq, prev, payload: {} });
    }
  }

  /** A read model, whose answer is made and sent when the test says so. */
  readonly answers: Partial<Answers> = {
    overview: () => this.#ask(() => ({ stats: this.#model.stats, observability: OBSERVABILITY })),
    tasks: (_, before, { q, state } = {}) =>
      this.#ask(() => {
        const filter = readFilter((name) => String({ q, state }[name as "q"] ?? ""));
        const scope = { workspaces: new Map(), start: null };
        const fitting = this.#model.tasks.filter((task) => fits(task, filter, scope));
        const { page, ...end } = this.#page(fitting, before);
        return { tasks: page, total: fitting.length, ...end };
      }),
    tasksIn: (wanted) =>
      this.#ask(() => ({ tasks: this.#model.tasks.filter(({ status }) => status === wanted) })),
    failedSince: () => this.#ask(() => ({ tasks: [] })),
    bookmarks: () =>
      this.#ask(() => {
        const { bookmarks, evaluations } = this.#model;
        return { bookmarks, evaluations };
      }),
    observability: (id) =>
      this.#ask(() => ({ observability: { taskId: id } as TaskObservability })),
    timeline: (id, _, before) =>
      this.#ask(() => {
        const task = this.#model.tasks.find((held) => held.id === id);
        if (task === undefined) throw new ApiError("Task not found", 404, "not_found");
        const { page, ...end } = this.#page(this.#model.eventsOf(id).reverse(), before);
        return {
          task,
          timeline: page.reverse(),
          sessions: this.#model.sessionsOf(id),
          children: this.#model.childrenOf(id),
          ...end,
        };
      }),
  };

  /** The rows after a place; a place stays where it is when its row moves or goes. */
  #page<T extends Placed>(rows: readonly T[], before?: string) {
    const rest = rows.filter((row) => before === undefined || placeOf(row) < before);
    const page = rest.slice(0, ROWS);
    const last = page.at(-1);
    return last !== undefined && rest.length > ROWS ? { page, before: placeOf(last) } : { page };
  }

  #ask<T>(make: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const request: Request = {
        made: null,
        answer: () => {
          try {
            const { epoch, seq } = this.#model;
            const answer = structuredClone({ ...make(), epoch, seq });
            request.made = () => resolve(answer);
          } catch (error) {
            request.made = () => reject(error);
          }
        },
      };
      this.requests.push(request);
    });
  }

  #tell(line: Line, topic: Topic, prev: number): void {
    const { seq } = this.#model;
    if (this.#isDeleted(topic)) {
      line.topics.delete(topic);
      line.frames.push({ type: "removed", topic, seq, prev, payload: {} });
      return;
    }
    const rows = this.#model.changedSince(topic, seq - 1);
    line.frames.push({ type: "changes", topic, seq, prev, payload: { rows } });
  }

  #subscribe(line: Line, { topic, epoch, after }: Subscribe): void {
    const { seq, epoch: own } = this.#model;
    line.topics.delete(topic);
    const prev = this.#model.seqOf(topic);
    if (this.#isDeleted(topic)) {
      line.frames.push({ type: "removed", topic, seq: prev, prev, payload: {} });
      return;
    }
    if (after !== undefined && (epoch !== own || after > seq || this.#random.chance(0.1))) {
      const reason = epoch === own ? "window" : "epoch";
      const payload = { reason, epoch: own, href: "/api/tasks" } as const;
      line.frames.push({ type: "resync", topic, seq, payload });
      return;
    }
    if (after !== undefined) this.#catchUp(line, topic, after);
    line.topics.add(topic);
    const payload = { epoch: own, recovered: after !== undefined };
    line.frames.push({ type: "subscribed", topic, seq, prev, payload });
    if (topic === "overview") this.#figures(line);
  }

  /** In parts, each from where the one before ended. */
  #catchUp(line: Line, topic: Topic, after: number): void {
    const missed = this.#model.changedSince(topic, after);
    let prev = after;
    while (missed.length > 0) {
      const part: RowChange[] = missed.splice(0, 1 + this.#random.below(4));
      const last = part.at(-1)?.seq ?? prev;
      while (missed[0]?.seq === last) part.push(missed.shift() as RowChange);
      line.frames.push({ type: "catchup", topic, seq: last, prev, payload: { rows: part } });
      prev = last;
    }
    const seq = this.#model.seqOf(topic);
    if (seq > prev) line.frames.push({ type: "catchup", topic, seq, prev, payload: { rows: [] } });
  }

  #figures(line: Line): void {
    const payload = { stats: this.#model.stats, observability: OBSERVABILITY };
    line.frames.push({ type: "figures", topic: "overview", seq: this.#model.seq, payload });
  }

  #isDeleted(topic: Topic): boolean {
    const id = topic.startsWith("task:") ? topic.slice(5) : null;
    return id !== null && !this.#model.tasks.some((task) => task.id === id);
  }
}
