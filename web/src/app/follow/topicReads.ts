import type { Api, At, TaskPage } from "../../api/api";
import { overlaid } from "../../live/follow/following";
import type { RowGuard } from "../../live/follow/guard";
import type { ReadPoint } from "../../live/follow/port";
import { applyBookmarks, applyOverview, applyTask, applyTasks, edgeOf } from "../../store/apply";
import { patchChildren, patchFiltered, patchTasks } from "../../store/patch";
import type { MonitorState } from "../../store/state";
import { BOOKMARKS, OVERVIEW, taskOf } from "../../store/topics";
import type { Task, TaskId, Topic } from "../../wire.gen";
import { EVENTS_PER_PAGE, OPEN_READ, TASKS_PER_PAGE } from "../sync";

/** A place that was scrolled to stays loaded when it must be read anew, up to so many rows. */
const ROWS_AGAIN_MAX = 2_000;

/** A failure is news for a day. */
const FAILED_MS = 24 * 60 * 60_000;
const FAILED_READ = 200;

/** What the rows of a topic are held against. */
export type GuardOf = (topic: Topic) => RowGuard;

export interface TopicAnswer extends ReadPoint {
  put(state: MonitorState, guardOf: GuardOf): MonitorState;
}

/** Reads all that a topic holds, as far as the page shows it. */
export function readTopic(
  api: Api,
  state: MonitorState,
  topic: Topic,
  now: number,
): Promise<TopicAnswer> {
  if (topic === OVERVIEW) return readOverview(api, again(state.tasks?.paged, TASKS_PER_PAGE), now);
  if (topic === BOOKMARKS) return readBookmarks(api);
  const id = taskOf(topic) ?? topic;
  const held = state.details.get(id)?.events.order.length;
  return readTask(api, id, again(held, EVENTS_PER_PAGE));
}

function again(held: number | undefined, page: number): number {
  return Math.max(page, Math.min(held ?? 0, ROWS_AGAIN_MAX));
}

async function readOverview(api: Api, limit: number, now: number): Promise<TopicAnswer> {
  const [overview, page, ...open] = await Promise.all([
    api.overview(),
    api.tasks(limit),
    ...readOpen(api, now),
  ]);
  const { epoch, seq } = together(overview, page, ...open);
  const { stats, observability } = overview;
  return {
    epoch,
    seq,
    figuresSeq: overview.seq,
    put: (state, guardOf) => {
      const next = applyOverview(state, { stats, observability });
      const guard = guardOf(OVERVIEW);
      const isNewer = ({ id }: Task) => guard.isAfter(page.seq, { kind: "task", id });
      const newer = detailed(state).filter(isNewer);
      const { paged, rest } = listOf(state, page, open, guardOf);
      const listed = applyTasks(next, { ...page, tasks: paged }, rest, edgeOf(page));
      return showTasks(listed, [...newer, ...paged, ...rest]);
    },
  };
}

/** The tasks of the list that are in no page yet: all that are open, and what failed lately. */
export function readOpen(api: Api, now: number): Promise<TaskPage>[] {
  const from = new Date(now - FAILED_MS).toISOString();
  return [
    api.tasksIn("running", OPEN_READ),
    api.tasksIn("waiting", OPEN_READ),
    api.failedSince(from, FAILED_READ),
  ];
}

/** The page and the open tasks, each as the newest of the answers has it. */
function listOf(state: MonitorState, page: TaskPage, open: readonly TaskPage[], guardOf: GuardOf) {
  const guard = guardOf(OVERVIEW);
  const known = new Map<TaskId, Task>();
  for (const { tasks, seq } of [page, ...open]) {
    const held = (id: TaskId) => known.get(id) ?? heldTask(state, id);
    for (const task of overlaid("task", tasks, seq, { guard, held })) known.set(task.id, task);
  }
  const newest = (tasks: readonly Task[]) => tasks.flatMap(({ id }) => known.get(id) ?? []);
  return { paged: newest(page.tasks), rest: newest(open.flatMap(({ tasks }) => tasks)) };
}

async function readTask(api: Api, id: TaskId, limit: number): Promise<TopicAnswer> {
  const [page, figures] = await Promise.all([api.timeline(id, limit), api.observability(id)]);
  const { epoch, seq } = together(page, figures);
  return {
    epoch,
    seq,
    figuresSeq: figures.seq,
    put: (state, guardOf) => {
      const old = state.details.get(id);
      const guard = guardOf(`task:${id}`);
      const rows = { ...page };
      rows.timeline = overlaid("event", page.timeline, page.seq, {
        guard,
        held: (event) => old?.events.byId.get(event),
      });
      rows.sessions = overlaid("session", page.sessions, page.seq, {
        guard,
        held: (session) => old?.sessions.find((row) => row.id === session),
      });
      const told = {
        guard: guardOf(OVERVIEW),
        held: (task: TaskId) => heldTask(state, task),
      };
      rows.children = overlaid("task", page.children, page.seq, told);
      // The task's own row is not counted as told: the overview tells every change of it anyway.
      const isOld = told.guard.isAfter(page.seq, { kind: "task", id });
      rows.task = (isOld ? heldTask(state, id) : undefined) ?? page.task;
      return showTasks(applyTask(state, rows, figures.observability), rows.children);
    },
  };
}

async function readBookmarks(api: Api): Promise<TopicAnswer> {
  const { epoch, seq, bookmarks, evaluations } = await api.bookmarks();
  return {
    epoch,
    seq,
    figuresSeq: seq,
    put: (state, guardOf) => {
      const guard = guardOf(BOOKMARKS);
      const held = (id: string) => state.bookmarks?.byId.get(id);
      const rows = overlaid("bookmark", bookmarks, seq, { guard, held });
      const keyed = evaluations.map((row) => ({ ...row, id: row.taskId }));
      overlaid("evaluation", keyed, seq, { guard, held: () => undefined });
      return applyBookmarks(state, rows, evaluations);
    },
  };
}

/**
 * Puts rows of the overview wherever they are shown: a change that they hold already is not taken
 * when its frame comes, so that must not be needed by any of the places.
 */
export function showTasks(state: MonitorState, rows: readonly Task[]): MonitorState {
  const patch = new Map(rows.map((task) => [task.id, task]));
  const tasks = state.tasks && patchTasks(state.tasks, patch);
  const filtered = state.filtered && patchFiltered(state.filtered, patch, state);
  return patchChildren({ ...state, tasks, filtered }, patch);
}

/** A task row of the overview, wherever it is shown. */
export function heldTask(state: MonitorState, id: TaskId): Task | undefined {
  const listed = state.tasks?.byId.get(id) ?? state.filtered?.byId.get(id);
  if (listed !== undefined) return listed;
  return detailed(state).find((task) => task.id === id);
}

/** The tasks that were opened, with their subagents: they may stand in no list. */
function detailed(state: MonitorState): Task[] {
  return [...state.details.values()].flatMap(({ task, children }) => [task, ...children]);
}

/** Answers that make up one topic: followed from the oldest of them, and never of two histories. */
function together(first: At, ...others: readonly At[]): At {
  if (others.some(({ epoch }) => epoch !== first.epoch)) {
    throw new Error("The server's data was exchanged while it was read.");
  }
  return { epoch: first.epoch, seq: Math.min(first.seq, ...others.map(({ seq }) => seq)) };
}
