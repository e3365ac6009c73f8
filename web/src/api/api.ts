import type {
  Bookmark,
  BookmarkId,
  Event,
  EventId,
  OverviewObservability,
  OverviewStats,
  Session,
  Task,
  TaskId,
  TaskObservability,
  TaskStatus,
} from "../wire.gen";
import { request } from "./request";

export interface TaskPage {
  tasks: Task[];
  before?: string;
}

export interface TimelinePage {
  task: Task;
  timeline: Event[];
  sessions: Session[];
  children: Task[];
  before?: string;
}

export interface BookmarkInput {
  taskId: TaskId;
  eventId?: EventId;
}

/** Strings longer than this arrive cut in a timeline; the inspector reads the whole event. */
const CUT_BYTES = 2048;

/** More tasks than this that wait at once are counted, and not all listed. */
const WAITING_READ = 200;

/** How the server is, beyond that it answers. */
export interface Health {
  ok: boolean;
  /** `full`: nothing more can be stored until space is freed. */
  storage?: "ok" | "full";
}

/** Every request the page can make. */
export const api = {
  health: () => request<Health>("GET", "/health"),

  overview: () =>
    request<{ stats: OverviewStats; observability: OverviewObservability }>("GET", "/api/overview"),

  tasks: (limit: number, before?: string) =>
    request<TaskPage>("GET", `/api/tasks?${query({ limit, before })}`),

  /** The tasks that wait for a person, however long ago anything happened in them. */
  waitingTasks: () =>
    request<TaskPage>("GET", `/api/tasks?${query({ status: "waiting", limit: WAITING_READ })}`),

  timeline: (id: TaskId, limit: number, before?: string) =>
    request<TimelinePage>("GET", `${taskPath(id)}?${query({ limit, before, cut: CUT_BYTES })}`),

  observability: (id: TaskId) =>
    request<{ observability: TaskObservability }>("GET", `${taskPath(id)}/observability`),

  event: (id: EventId) => request<{ event: Event }>("GET", eventPath(id)),

  bookmarks: () => request<{ bookmarks: Bookmark[] }>("GET", "/api/bookmarks"),

  saveBookmark: (input: BookmarkInput) =>
    request<{ bookmark: Bookmark }>("POST", "/api/bookmarks", input),

  deleteBookmark: (id: BookmarkId) =>
    request<{ ok: boolean }>("DELETE", `/api/bookmarks/${encodeURIComponent(id)}`),

  changeTask: (id: TaskId, change: { title?: string; status?: TaskStatus }) =>
    request<{ task: Task }>("PATCH", taskPath(id), change),

  deleteTask: (id: TaskId) => request<{ ok: boolean }>("DELETE", taskPath(id)),

  deleteFinished: () => request<{ ok: boolean; deleted: number }>("DELETE", "/api/tasks/finished"),

  renameEvent: (id: EventId, displayTitle: string | null) =>
    request<{ event: Event }>("PATCH", eventPath(id), { displayTitle }),
};

export type Api = typeof api;

const taskPath = (id: TaskId) => `/api/tasks/${encodeURIComponent(id)}`;
const eventPath = (id: EventId) => `/api/events/${encodeURIComponent(id)}`;

function query(values: Record<string, string | number | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
}
