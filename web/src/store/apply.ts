import type { TaskPage, TimelinePage } from "../api/api";
import type {
  Bookmark,
  Evaluation,
  Event,
  Task,
  TaskId,
  TaskObservability,
  Timestamp,
  Topic,
} from "../wire.gen";
import type { TaskFilter } from "./filter";
import { EMPTY_TABLE, keep, rowsOf, type Table, toTable, without } from "./identity";
import { byActivity, type TaskPlace } from "./order";
import {
  type MonitorState,
  NO_EVENTS,
  type Overview,
  type TaskDetail,
  type TaskList,
} from "./state";
import { BOOKMARKS, OVERVIEW, topicOf } from "./topics";

/** The part of a page of tasks that the list is made of. */
type Tasks = Pick<TaskPage, "tasks" | "before">;
type Timeline = Pick<TimelinePage, "task" | "timeline" | "sessions" | "children" | "before">;

export function applyOverview(state: MonitorState, overview: Overview): MonitorState {
  return { ...state, overview: keep(state.overview, overview) };
}

/** The first page of the list with the tasks that are open, which replace what was held. */
export function applyTasks(
  state: MonitorState,
  page: Tasks,
  open: readonly Task[] = [],
  edge = edgeOf(page),
): MonitorState {
  const table = toTable(state.tasks ?? EMPTY_TABLE, joined(page.tasks, open));
  const ends = { paged: page.tasks.length, before: page.before, edge };
  return { ...state, tasks: taskList(state.tasks, table, ends) };
}

/** The last place of a page, unless it is the last page. */
export function edgeOf({ tasks, before }: Tasks): TaskPlace | undefined {
  const last = before === undefined ? undefined : tasks.at(-1);
  return last && { id: last.id, lastActivityAt: last.lastActivityAt };
}

/** A further page; rows that moved up between the two reads are not repeated. */
export function applyOlderTasks(
  state: MonitorState,
  page: Tasks,
  edge = edgeOf(page),
): MonitorState {
  const held = state.tasks ?? { ...EMPTY_TABLE, paged: 0 };
  const table = toTable(held, joined(rowsOf(held), page.tasks));
  const ends = { paged: held.paged + page.tasks.length, before: page.before, edge };
  return { ...state, tasks: taskList(state.tasks, table, ends) };
}

/** The first page of what fits a filter. */
export function applyFiltered(
  state: MonitorState,
  page: Pick<TaskPage, "tasks" | "before" | "total">,
  filter: TaskFilter,
  start: Timestamp | null,
  edge = edgeOf(page),
): MonitorState {
  const table = toTable(state.filtered ?? EMPTY_TABLE, page.tasks);
  const ends = { paged: page.tasks.length, before: page.before, edge };
  const total = page.total === undefined ? {} : { total: page.total };
  return { ...state, filtered: { ...taskList(null, table, ends), filter, start, ...total } };
}

/** A further page of it. */
export function applyOlderFiltered(
  state: MonitorState,
  page: Tasks,
  edge = edgeOf(page),
): MonitorState {
  const { filtered: held } = state;
  if (held === null) return state;
  const table = toTable(held, joined(rowsOf(held), page.tasks));
  const ends = { paged: held.paged + page.tasks.length, before: page.before, edge };
  const { filter, start, total } = held;
  const list = { ...taskList(null, table, ends), filter, start };
  return { ...state, filtered: total === undefined ? list : { ...list, total } };
}

/** Both lists as one, each task once and as the first list has it, the last active first. */
function joined(first: readonly Task[], second: readonly Task[]): readonly Task[] {
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...second.filter(({ id }) => !known.has(id))].sort(byActivity);
}

interface Ends {
  paged: number;
  before: string | undefined;
  edge: TaskPlace | undefined;
}

function taskList(old: TaskList | null, { byId, order }: Table<Task>, ends: Ends): TaskList {
  const { paged, before, edge } = ends;
  const next: TaskList = {
    byId,
    order,
    paged,
    ...(before !== undefined && { before }),
    ...(edge !== undefined && { edge: keep(old?.edge, edge) }),
  };
  const keys = ["byId", "order", "paged", "before", "edge"] as const;
  return old !== null && keys.every((key) => old[key] === next[key]) ? old : next;
}

/** An older server tells no evaluations here. */
export function applyBookmarks(
  state: MonitorState,
  rows: readonly Bookmark[],
  rated: readonly Evaluation[] = [],
): MonitorState {
  const bookmarks = toTable(state.bookmarks ?? EMPTY_TABLE, rows);
  const kept = rated.map(
    (row) => [row.taskId, keep(state.evaluations.get(row.taskId), row)] as const,
  );
  return { ...state, bookmarks, evaluations: new Map(kept) };
}

/** A task read from its newest events on, in the place of whatever is held of it. */
export function applyTask(
  state: MonitorState,
  page: Timeline,
  observability: TaskObservability | null,
): MonitorState {
  const old = state.details.get(page.task.id);
  const gone = new Set([...state.gone].filter((id) => id !== page.task.id));
  return putDetail(
    { ...state, gone },
    {
      task: keep(old?.task, page.task),
      events: toTable(old?.events ?? NO_EVENTS, page.timeline),
      sessions: keep(old?.sessions, page.sessions),
      children: keep(old?.children, page.children),
      observability: keep(old?.observability, observability),
      ...(page.before !== undefined && { before: page.before }),
    },
  );
}

/** The newest part of a timeline. Older rows that were loaded before stay where they still join it. */
export function applyTimeline(
  state: MonitorState,
  page: Timeline,
  observability: TaskObservability | null,
): MonitorState {
  const old = state.details.get(page.task.id);
  const older = rowsBefore(old?.events ?? NO_EVENTS, page.timeline[0]);
  const before = older.length > 0 ? old?.before : page.before;
  return putDetail(state, {
    task: keep(old?.task, page.task),
    events: toTable(old?.events ?? NO_EVENTS, [...older, ...page.timeline]),
    sessions: keep(old?.sessions, page.sessions),
    children: keep(old?.children, page.children),
    observability: keep(old?.observability, observability ?? old?.observability ?? null),
    ...(before === undefined ? {} : { before }),
  });
}

/** An older page, unless the timeline moved on from `cursor` while it was read. */
export function applyOlderTimeline(
  state: MonitorState,
  page: Timeline,
  cursor: string,
): MonitorState {
  const old = state.details.get(page.task.id);
  if (old === undefined || old.before !== cursor) return state;
  const { before: _, ...rest } = old;
  const fresh = page.timeline.filter((event) => !old.events.byId.has(event.id));
  const events = toTable(old.events, [...fresh, ...rowsOf(old.events)]);
  const before = page.before === undefined ? {} : { before: page.before };
  return putDetail(state, { ...rest, events, ...before });
}

/** What a deletion leaves: neither the tasks nor their bookmarks are shown any longer. */
export function dropTasks(state: MonitorState, ids: readonly TaskId[]): MonitorState {
  const set = new Set(ids);
  const { tasks: list } = state;
  const ends = { paged: list?.paged ?? 0, before: list?.before, edge: list?.edge };
  const tasks = list && taskList(list, without(list, set), ends);
  const filtered = state.filtered && { ...state.filtered, ...without(state.filtered, set) };
  const kept = [...state.details].filter(([id]) => !set.has(id));
  const details = new Map(kept.map(([id, detail]) => [id, withoutChildren(detail, set)]));
  const marked = state.bookmarks ? rowsOf(state.bookmarks).filter((b) => set.has(b.taskId)) : [];
  const bookmarks = state.bookmarks && without(state.bookmarks, new Set(marked.map((b) => b.id)));
  const gone = new Set([...state.gone, ...set]);
  return { ...state, tasks, filtered, details, bookmarks, gone };
}

function withoutChildren(detail: TaskDetail, ids: ReadonlySet<TaskId>): TaskDetail {
  const children = detail.children.filter(({ id }) => !ids.has(id));
  return children.length === detail.children.length ? detail : { ...detail, children };
}

/** An answer to a change of our own, shown at once where the event is held. */
export function applyEvent(state: MonitorState, event: Event): MonitorState {
  const whole = state.wholes.get(event.id);
  if (whole === undefined) return state;
  return { ...state, wholes: new Map(state.wholes).set(event.id, { row: null, event }) };
}

/** The rows above `first`; none when `first` is not held, for then rows may be missing between. */
function rowsBefore(events: Table<Event>, first: Event | undefined): Event[] {
  const at = first === undefined ? -1 : events.order.indexOf(first.id);
  return at <= 0 ? [] : rowsOf(events).slice(0, at);
}

function putDetail(state: MonitorState, detail: TaskDetail): MonitorState {
  const details = new Map(state.details);
  details.delete(detail.task.id);
  details.set(detail.task.id, detail);
  return { ...state, details };
}

/** Forgets all details but those of these tasks. */
export function keepDetails(state: MonitorState, ids: ReadonlySet<TaskId>): MonitorState {
  if ([...state.details.keys()].every((id) => ids.has(id))) return state;
  return { ...state, details: new Map([...state.details].filter(([id]) => ids.has(id))) };
}

/** Forgets all that a topic holds: it is of another history than what will be read. */
export function forgetTopic(state: MonitorState, topic: Topic): MonitorState {
  if (topic === OVERVIEW) return { ...state, tasks: null, filtered: null, overview: null };
  if (topic === BOOKMARKS) return { ...state, bookmarks: null, evaluations: new Map() };
  const details = new Map([...state.details].filter(([id]) => topicOf(id) !== topic));
  return { ...state, details, wholes: new Map() };
}

/** A task that is not there, as far as its own page goes. */
export function applyGone(state: MonitorState, id: TaskId): MonitorState {
  const details = new Map([...state.details].filter(([held]) => held !== id));
  return { ...state, details, gone: new Set(state.gone).add(id) };
}
