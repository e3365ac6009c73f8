import type { Event, RowChange, Task, TaskId, TaskObservability, Topic } from "../wire.gen";
import type { TopicBatch } from "./batch";
import { fits } from "./filter";
import { keep } from "./identity";
import { byActivity, byCreation, byMoment, byStart, newestBookmark } from "./order";
import { type Patch, patchList, patchTable } from "./patchTable";
import type { Filtered, MonitorState, Overview, TaskDetail, TaskList } from "./state";
import { taskOf } from "./topics";

/** The state with everything in it that frames told since it was painted last. */
export function patchState(
  state: MonitorState,
  batches: ReadonlyMap<Topic, TopicBatch>,
  now: number,
): MonitorState {
  let next = state;
  for (const [topic, batch] of batches) next = patchTopic(next, topic, batch);
  return { ...next, readAt: now };
}

/** The state with these rows of a topic in it, if it is shown. */
export function patchRows(state: MonitorState, topic: Topic, rows: RowChange[]): MonitorState {
  return rows.length === 0 ? state : patchTopic(state, topic, { rows, figures: null });
}

function patchTopic(state: MonitorState, topic: Topic, batch: TopicBatch): MonitorState {
  if (topic === "overview") return patchOverview(state, batch);
  if (topic === "bookmarks") return patchBookmarks(state, batch);
  const id = taskOf(topic);
  const detail = id === null ? undefined : state.details.get(id);
  if (detail === undefined) return state;
  return withDetail(state, detail, patchDetail(detail, batch));
}

function patchOverview(state: MonitorState, { rows, figures }: TopicBatch): MonitorState {
  const patch = patchOf("task", rows);
  const tasks = state.tasks && patchTasks(state.tasks, patch);
  const overview =
    figures !== null && "stats" in figures ? keep(state.overview, { ...figures }) : state.overview;
  const filtered = state.filtered && patchFiltered(state.filtered, patch, state);
  const next = { ...state, tasks, filtered, overview: overview as Overview | null };
  return patchChildren(next, patch);
}

/** A change is told of a failure when it happens, so a task that failed then is not an old one. */
const isShownAlways = ({ status }: Task) => status !== "completed";

/**
 * Tasks that come after the last loaded one are left to the page that will hold them, unless they
 * are open or failed: those are shown however old they are.
 */
export function patchTasks(list: TaskList, patch: Patch<Task>): TaskList {
  const { edge } = list;
  const belongs = (task: Task) =>
    edge === undefined || isShownAlways(task) || byActivity(task, edge) <= 0;
  const wanted = only(patch, (id, task) => list.byId.has(id) || (task !== null && belongs(task)));
  const table = patchTable(list, wanted, byActivity);
  return table === list ? list : { ...list, byId: table.byId, order: table.order };
}

/**
 * What fits the filter by now, and no longer what does not. How many fit in all is kept up with as
 * far as it is known whether a row was counted already: one that is not loaded may have been.
 */
export function patchFiltered(
  list: Filtered,
  patch: Patch<Task>,
  { tasks, workspaces }: Pick<MonitorState, "tasks" | "workspaces">,
): Filtered {
  const isFit = (task: Task) => fits(task, list.filter, { workspaces, start: list.start });
  const fitting = new Map([...patch].map(([id, task]) => [id, task && isFit(task) ? task : null]));
  const next = patchTasks(list, fitting);
  if (next === list) return list;
  if (list.total === undefined) return { ...list, ...next };
  if (list.before === undefined) return { ...list, ...next, total: next.order.length };
  const wasCounted = (id: TaskId) => {
    const old = list.byId.get(id) ?? tasks?.byId.get(id);
    return old !== undefined && isFit(old);
  };
  const change = [...fitting].reduce(
    (sum, [id, task]) => sum + Number(task !== null && next.byId.has(id)) - Number(wasCounted(id)),
    0,
  );
  return { ...list, ...next, total: list.total + change };
}

/**
 * The rows of tasks are told in the overview alone: those of the tasks at hand, and of their
 * subagents, are kept with them.
 */
export function patchChildren(state: MonitorState, patch: Patch<Task>): MonitorState {
  let next = state;
  for (const held of state.details.values()) {
    const row = patch.get(held.task.id);
    const detail = row ? { ...held, task: keep(held.task, row) } : held;
    const known = new Set(detail.children.map(({ id }) => id));
    const own = only(patch, (id, task) => known.has(id) || task?.parentTaskId === detail.task.id);
    const children = patchList(detail.children, own, byCreation);
    const same = children === held.children && detail.task === held.task;
    next = withDetail(next, held, same ? held : { ...detail, children });
  }
  return next;
}

function patchDetail(detail: TaskDetail, { rows, figures }: TopicBatch): TaskDetail {
  const events = patchEvents(detail, patchOf("event", rows));
  const sessions = patchList(detail.sessions, patchOf("session", rows), byStart);
  const told = figures === null ? null : (figures.observability as TaskObservability);
  const observability = told === null ? detail.observability : keep(detail.observability, told);
  const next = { ...detail, events, sessions, observability };
  const same = (Object.keys(next) as (keyof TaskDetail)[]).every(
    (key) => next[key] === detail[key],
  );
  return same ? detail : next;
}

/** Events before the first loaded one are left to the page that will hold them. */
function patchEvents({ events, before }: TaskDetail, patch: Patch<Event>): TaskDetail["events"] {
  const first = before === undefined ? undefined : events.byId.get(events.order[0] ?? "");
  const wanted = only(
    patch,
    (id, event) =>
      events.byId.has(id) || (event !== null && (!first || byMoment(event, first) >= 0)),
  );
  return patchTable(events, wanted, byMoment);
}

function patchBookmarks(state: MonitorState, { rows }: TopicBatch): MonitorState {
  const patch = patchOf("bookmark", rows);
  const bookmarks = state.bookmarks && patchTable(state.bookmarks, patch, newestBookmark);
  const rated = patchOf("evaluation", rows);
  if (rated.size === 0) return { ...state, bookmarks };
  const evaluations = new Map(state.evaluations);
  for (const [id, evaluation] of rated) {
    if (evaluation === null) evaluations.delete(id);
    else evaluations.set(id, evaluation);
  }
  return { ...state, bookmarks, evaluations };
}

type RowOf<K extends RowChange["kind"]> = NonNullable<Extract<RowChange, { kind: K }>["row"]>;

/** The changes of one kind; where a row changed more than once, as it is in the end. */
function patchOf<K extends RowChange["kind"]>(
  kind: K,
  changes: readonly RowChange[],
): Patch<RowOf<K>> {
  const patch = new Map<string, RowOf<K> | null>();
  for (const change of changes) {
    if (change.kind === kind) patch.set(change.id, (change.row as RowOf<K> | undefined) ?? null);
  }
  return patch;
}

function only<T>(patch: Patch<T>, wanted: (id: string, row: T | null) => boolean): Patch<T> {
  return new Map([...patch].filter(([id, row]) => wanted(id, row)));
}

function withDetail(state: MonitorState, old: TaskDetail, detail: TaskDetail): MonitorState {
  if (detail === old) return state;
  return { ...state, details: new Map(state.details).set(detail.task.id, detail) };
}
