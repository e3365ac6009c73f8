import type { Api, At, TaskPage } from "../../api/api";
import { overlaid } from "../../live/follow/following";
import type { Late, RowGuard } from "../../live/follow/guard";
import type { ReadPoint } from "../../live/follow/port";
import { applyBookmarks, applyOverview, applyTask, applyTasks, edgeOf } from "../../store/apply";
import { patchChildren } from "../../store/patch";
import type { MonitorState } from "../../store/state";
import { BOOKMARKS, OVERVIEW, taskOf } from "../../store/topics";
import type { Task, TaskId, Topic } from "../../wire.gen";
import { EVENTS_PER_PAGE, TASKS_PER_PAGE } from "../sync";

/** A place that was scrolled to stays loaded when it must be read anew, up to so many rows. */
const ROWS_AGAIN_MAX = 2_000;

/** What rows of an answer are held against. */
export interface Ground {
  guardOf: (topic: Topic) => RowGuard;
  /** The overview's changes since the read began. */
  late: Late;
}

export interface TopicAnswer extends ReadPoint {
  /** Rows of the overview that are in it too. */
  readonly children: readonly Task[];
  /** The tasks it tells of, for the overview. */
  readonly tasks: ReadonlySet<TaskId>;
  put(state: MonitorState, ground: Ground): MonitorState;
}

/** Reads all that a topic holds, as far as the page shows it. */
export function readTopic(api: Api, state: MonitorState, topic: Topic): Promise<TopicAnswer> {
  if (topic === OVERVIEW) return readOverview(api, again(state.tasks?.paged, TASKS_PER_PAGE));
  if (topic === BOOKMARKS) return readBookmarks(api);
  const id = taskOf(topic) ?? topic;
  const held = state.details.get(id)?.events.order.length;
  return readTask(api, id, again(held, EVENTS_PER_PAGE));
}

function again(held: number | undefined, page: number): number {
  return Math.max(page, Math.min(held ?? 0, ROWS_AGAIN_MAX));
}

async function readOverview(api: Api, limit: number): Promise<TopicAnswer> {
  const [overview, page, waiting] = await Promise.all([
    api.overview(),
    api.tasks(limit),
    api.waitingTasks(),
  ]);
  const { epoch, seq } = together(overview, page, waiting);
  const { stats, observability } = overview;
  return {
    epoch,
    seq,
    figuresSeq: overview.seq,
    children: [],
    tasks: new Set([...page.tasks, ...waiting.tasks].map(({ id }) => id)),
    put: (state, ground) => {
      const next = applyOverview(state, { stats, observability });
      const { paged, rest } = listOf(state, page, waiting, ground);
      const edge = edgeOf(page);
      const listed = applyTasks(next, { ...page, tasks: paged }, rest, edge);
      return patchChildren(listed, new Map([...paged, ...rest].map((task) => [task.id, task])));
    },
  };
}

/** The page and the tasks that wait, each task as the newer of both answers has it. */
function listOf(state: MonitorState, page: TaskPage, waiting: TaskPage, { guardOf }: Ground) {
  const guard = guardOf(OVERVIEW);
  const held = (id: TaskId) => heldTask(state, id);
  const first = overlaid("task", page.tasks, page.seq, { guard, late: null, held });
  const known = new Map(first.map((task) => [task.id, task]));
  const rest = overlaid("task", waiting.tasks, waiting.seq, {
    guard,
    late: null,
    held: (id) => known.get(id) ?? held(id),
  });
  const newer = new Map(rest.map((task) => [task.id, task]));
  return { paged: first.map((task) => newer.get(task.id) ?? task), rest };
}

async function readTask(api: Api, id: TaskId, limit: number): Promise<TopicAnswer> {
  const [page, figures] = await Promise.all([api.timeline(id, limit), api.observability(id)]);
  const { epoch, seq } = together(page, figures);
  return {
    epoch,
    seq,
    figuresSeq: figures.seq,
    children: page.children,
    tasks: new Set(),
    put: (state, { guardOf, late }) => {
      const old = state.details.get(id);
      const guard = guardOf(`task:${id}`);
      const ground = { guard, late: null };
      const rows = { ...page };
      rows.timeline = overlaid("event", page.timeline, page.seq, {
        ...ground,
        held: (event) => old?.events.byId.get(event),
      });
      rows.sessions = overlaid("session", page.sessions, page.seq, {
        ...ground,
        held: (session) => old?.sessions.find((row) => row.id === session),
      });
      rows.task =
        overlaid("task", [page.task], page.seq, { ...ground, held: () => old?.task })[0] ??
        page.task;
      rows.children = overlaid("task", page.children, page.seq, {
        guard: guardOf(OVERVIEW),
        late,
        held: (task) => heldTask(state, task),
      });
      return applyTask(state, rows, figures.observability);
    },
  };
}

async function readBookmarks(api: Api): Promise<TopicAnswer> {
  const { epoch, seq, bookmarks, evaluations } = await api.bookmarks();
  return {
    epoch,
    seq,
    figuresSeq: seq,
    children: [],
    tasks: new Set(),
    put: (state, { guardOf }) => {
      const guard = guardOf(BOOKMARKS);
      const held = (id: string) => state.bookmarks?.byId.get(id);
      const rows = overlaid("bookmark", bookmarks, seq, { guard, late: null, held });
      const keyed = evaluations.map((row) => ({ ...row, id: row.taskId }));
      overlaid("evaluation", keyed, seq, { guard, late: null, held: () => undefined });
      return applyBookmarks(state, rows, evaluations);
    },
  };
}

/** A task row of the overview, wherever it is shown. */
export function heldTask(state: MonitorState, id: TaskId): Task | undefined {
  const listed = state.tasks?.byId.get(id);
  if (listed !== undefined) return listed;
  for (const { children } of state.details.values()) {
    const child = children.find((task) => task.id === id);
    if (child !== undefined) return child;
  }
  return undefined;
}

/** Answers that make up one topic: followed from the oldest of them, and never of two histories. */
function together(first: At, ...others: readonly At[]): At {
  if (others.some(({ epoch }) => epoch !== first.epoch)) {
    throw new Error("The server's data was exchanged while it was read.");
  }
  return { epoch: first.epoch, seq: Math.min(first.seq, ...others.map(({ seq }) => seq)) };
}
