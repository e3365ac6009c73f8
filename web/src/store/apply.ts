import type { TaskPage, TimelinePage } from "../api/api";
import type { Bookmark, Event, Task, TaskId, TaskObservability } from "../wire.gen";
import { EMPTY_TABLE, keep, rowsOf, type Table, toTable, without } from "./identity";
import {
  type MonitorState,
  NO_EVENTS,
  type Overview,
  type TaskDetail,
  type TaskList,
} from "./state";

/** How many tasks' details are kept for going back. */
const DETAILS_KEPT = 6;

export function applyOverview(state: MonitorState, overview: Overview): MonitorState {
  return { ...state, overview: keep(state.overview, overview) };
}

/** The first page of the list with the tasks that wait, which replace what was held. */
export function applyTasks(
  state: MonitorState,
  page: TaskPage,
  waiting: readonly Task[] = [],
): MonitorState {
  const table = toTable(state.tasks ?? EMPTY_TABLE, joined(page.tasks, waiting));
  return { ...state, tasks: taskList(state.tasks, table, page.tasks.length, page.before) };
}

/** A further page; rows that moved up between the two reads are not repeated. */
export function applyOlderTasks(state: MonitorState, page: TaskPage): MonitorState {
  const held = state.tasks ?? { ...EMPTY_TABLE, paged: 0 };
  const table = toTable(held, joined(rowsOf(held), page.tasks));
  const paged = held.paged + page.tasks.length;
  return { ...state, tasks: taskList(state.tasks, table, paged, page.before) };
}

/** Both lists as one, each task once and as the first list has it, the last active first. */
function joined(first: readonly Task[], second: readonly Task[]): readonly Task[] {
  const known = new Set(first.map(({ id }) => id));
  const more = second.filter(({ id }) => !known.has(id));
  if (more.length === 0) return first;
  return [...first, ...more].sort((a, b) => compare(b.lastActivityAt, a.lastActivityAt));
}

/** Moments are all written alike, so their texts sort as they do. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function taskList(
  old: TaskList | null,
  table: Table<Task>,
  paged: number,
  before: string | undefined,
): TaskList {
  if (
    old !== null &&
    table.byId === old.byId &&
    table.order === old.order &&
    old.paged === paged &&
    old.before === before
  ) {
    return old;
  }
  const { byId, order } = table;
  return before === undefined ? { byId, order, paged } : { byId, order, paged, before };
}

export function applyBookmarks(state: MonitorState, bookmarks: readonly Bookmark[]): MonitorState {
  const table = toTable(state.bookmarks ?? EMPTY_TABLE, bookmarks);
  return table === state.bookmarks ? state : { ...state, bookmarks: table };
}

/** The newest part of a timeline. Older rows that were loaded before stay where they still join it. */
export function applyTimeline(
  state: MonitorState,
  page: TimelinePage,
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
  page: TimelinePage,
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
  const tasks = list && taskList(list, without(list, set), list.paged, list.before);
  const kept = [...state.details].filter(([id]) => !set.has(id));
  const details = new Map(kept.map(([id, detail]) => [id, withoutChildren(detail, set)]));
  const marked = state.bookmarks ? rowsOf(state.bookmarks).filter((b) => set.has(b.taskId)) : [];
  const bookmarks = state.bookmarks && without(state.bookmarks, new Set(marked.map((b) => b.id)));
  return { ...state, tasks, details, bookmarks, gone: new Set([...state.gone, ...set]) };
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
  const surplus = [...details.keys()].slice(0, Math.max(0, details.size - DETAILS_KEPT));
  for (const id of surplus) details.delete(id);
  return { ...state, details };
}
