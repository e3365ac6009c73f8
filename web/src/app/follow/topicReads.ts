import type { Api, At, TaskPage } from "../../api/api";
import { overlaid } from "../../live/follow/following";
import type { RowGuard } from "../../live/follow/guard";
import type { ReadPoint } from "../../live/follow/port";
import { applyBookmarks, applyOverview, applyTask, applyTasks, edgeOf } from "../../store/apply";
import { patchChildren, patchTasks } from "../../store/patch";
import type { MonitorState } from "../../store/state";
import { BOOKMARKS, OVERVIEW, taskOf } from "../../store/topics";
import type { Task, TaskId, Topic } from "../../wire.gen";
import { EVENTS_PER_PAGE, TASKS_PER_PAGE } from "../sync";

/** A place that was scrolled to stays loaded when it must be read anew, up to so many rows. */
const ROWS_AGAIN_MAX = 2_000;

/** What the rows of a topic are held against. */
export type GuardOf = (topic: Topic) => RowGuard;

export interface TopicAnswer extends ReadPoint {
  put(state: MonitorState, guardOf: GuardOf): MonitorState;
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
    put: (state, guardOf) => {
      const next = applyOverview(state, { stats, observability });
      const guard = guardOf(OVERVIEW);
      const isNewer = ({ id }: Task) => guard.isAfter(page.seq, { kind: "task", id });
      const newer = detailed(state).filter(isNewer);
      const { paged, rest } = listOf(state, page, waiting, guardOf);
      const listed = applyTasks(next, { ...page, tasks: paged }, rest, edgeOf(page));
      return showTasks(listed, [...newer, ...paged, ...rest]);
    },
  };
}

/** The page and the tasks that wait, each task as the newer of both answers has it. */
function listOf(state: MonitorState, page: TaskPage, waiting: TaskPage, guardOf: GuardOf) {
  const guard = guardOf(OVERVIEW);
  const held = (id: TaskId) => heldTask(state, id);
  const first = overlaid("task", page.tasks, page.seq, { guard, held });
  const known = new Map(first.map((task) => [task.id, task]));
  const rest = overlaid("task", waiting.tasks, waiting.seq, {
    guard,
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
  return patchChildren({ ...state, tasks: state.tasks && patchTasks(state.tasks, patch) }, patch);
}

/** A task row of the overview, wherever it is shown. */
export function heldTask(state: MonitorState, id: TaskId): Task | undefined {
  const listed = state.tasks?.byId.get(id);
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
