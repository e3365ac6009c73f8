import type { Answer } from "../facts/curve";
import type { History } from "../overview/history";
import type { Workspace } from "../store/workspace";
import type {
  Bookmark,
  BookmarkId,
  Evaluation,
  Event,
  EventId,
  ImportStatus,
  OverviewObservability,
  OverviewStats,
  Rating,
  Session,
  Task,
  TaskId,
  TaskObservability,
  TaskStatus,
  Timestamp,
  Usage,
} from "../wire.gen";
import { createRequest } from "./request";

/** Which moment an answer shows: every commit of a history up to a number, and none after it. */
export interface At {
  epoch: string;
  seq: number;
}

export interface OverviewAnswer extends At {
  stats: OverviewStats;
  observability: OverviewObservability;
}

export interface BookmarksAnswer extends At {
  bookmarks: Bookmark[];
  evaluations: Evaluation[];
}

export interface TaskPage extends At {
  tasks: Task[];
  before?: string;
  /** How many there are in all, where a filter was asked for. */
  total?: number;
}

export interface TimelinePage extends At {
  task: Task;
  timeline: Event[];
  sessions: Session[];
  children: Task[];
  before?: string;
}

/** What hooks sent that an event was made of. */
export interface Sent {
  receivedAt: Timestamp;
  hookEvent: string;
  /** Null where it is stored, and cannot be read any more. */
  payload: unknown;
}

/** What a task used of models, in sums and answer by answer. */
export interface TaskUsage {
  total: Usage;
  models: { model: string; usage: Usage }[];
  prompts: { promptId: string; usage: Usage }[];
  /** The newest answers, the oldest of them first. */
  series?: Answer[];
  context?: ContextUse;
}

/** How much of a model's context the main agent's last answer filled. */
export interface ContextUse {
  tokens: number;
  at: Timestamp;
  model: string;
  /** How much it holds, where that is known. */
  window?: number;
}

export interface BookmarkInput {
  taskId: TaskId;
  eventId?: EventId;
  title?: string;
  note?: string;
}

/** What deleting the finished tasks would take away. */
export interface FinishedPreview extends At {
  /** The first of them. */
  tasks: readonly Pick<
    Task,
    "id" | "displayTitle" | "status" | "lastActivityAt" | "runtimeSource" | "workspacePath"
  >[];
  /** All of them, those that they delegated included. */
  total: number;
  events: number;
}

/** Strings longer than this arrive cut in a timeline; the inspector reads the whole event. */
const CUT_BYTES = 2048;

/** How much of each text of an event is read when it is opened; the rest only when asked for. */
const OPENED_BYTES = 64 * 1024;

/** How the server is, beyond that it answers. */
export interface Health {
  ok: boolean;
  /** `full`: nothing more can be stored until space is freed. */
  storage?: "ok" | "full";
  /** Names the page that the server has: another name is another page. */
  page?: string;
}

interface ApiOptions {
  /** Whether the browser may answer with what it was answered before, once the server agreed. */
  cache: RequestCache;
  onBytes: (bytes: number) => void;
}

/** Every request the page can make. */
export function createApi({ cache, onBytes }: ApiOptions) {
  const request = createRequest(cache, onBytes);
  return {
    health: () => request<Health>("GET", "/health"),

    overview: () => request<OverviewAnswer>("GET", "/api/overview"),

    tasks: (limit: number, before?: string, filter: Query = {}) =>
      request<TaskPage>("GET", `/api/tasks?${query({ ...filter, limit, before })}`),

    /** The newest tasks in a state, however long ago anything happened in them. */
    tasksIn: (status: TaskStatus, limit: number) =>
      request<TaskPage>("GET", `/api/tasks?${query({ status, limit })}`),

    /** What failed and was active since then. */
    failedSince: (from: Timestamp, limit: number) =>
      request<TaskPage>("GET", `/api/tasks?${query({ state: "failed", from, limit })}`),

    /** The folders that agents work in, and their projects. */
    workspaces: () => request<{ workspaces: Workspace[] }>("GET", "/api/workspaces"),

    /** What was done and used since then, by the hour. */
    history: (from: Timestamp) => request<At & History>("GET", `/api/history?${query({ from })}`),

    timeline: (id: TaskId, limit: number, before?: string) =>
      request<TimelinePage>("GET", `${taskPath(id)}?${query({ limit, before, cut: CUT_BYTES })}`),

    /** The newest events up to a moment. */
    timelineUntil: (id: TaskId, limit: number, until: Timestamp) =>
      request<TimelinePage>("GET", `${taskPath(id)}?${query({ limit, until, cut: CUT_BYTES })}`),

    observability: (id: TaskId) =>
      request<At & { observability: TaskObservability }>("GET", `${taskPath(id)}/observability`),

    /** An event with the beginnings of its texts, or with all of them. */
    event: (id: EventId, all: boolean) =>
      request<{ event: Event }>(
        "GET",
        all ? eventPath(id) : `${eventPath(id)}?cut=${OPENED_BYTES}`,
      ),

    payloads: (id: EventId) => request<{ payloads: Sent[] }>("GET", `${eventPath(id)}/raw`),

    usage: (id: TaskId) => request<{ usage: TaskUsage }>("GET", `${taskPath(id)}/usage`),

    bookmarks: () => request<BookmarksAnswer>("GET", "/api/bookmarks"),

    saveBookmark: (input: BookmarkInput) =>
      request<{ bookmark: Bookmark }>("POST", "/api/bookmarks", input),

    deleteBookmark: (id: BookmarkId) =>
      request<{ ok: boolean }>("DELETE", `/api/bookmarks/${encodeURIComponent(id)}`),

    changeTask: (id: TaskId, change: { title?: string; status?: TaskStatus }) =>
      request<{ task: Task }>("PATCH", taskPath(id), change),

    rateTask: (id: TaskId, rating: Rating) =>
      request<{ ok: boolean }>("POST", `${taskPath(id)}/evaluate`, { rating }),

    deleteTask: (id: TaskId) => request<{ ok: boolean }>("DELETE", taskPath(id)),

    restoreTasks: (taskIds: readonly TaskId[]) =>
      request<{ ok: boolean }>("POST", "/api/tasks/restore", { taskIds }),

    /** `before`: only those that did nothing since. */
    finishedTasks: (before?: Timestamp) =>
      request<FinishedPreview>("GET", `/api/tasks/finished?${query({ before })}`),

    deleteFinished: (before?: Timestamp) =>
      request<{ ok: boolean; deleted: number; taskIds: TaskId[] }>(
        "DELETE",
        `/api/tasks/finished?${query({ before })}`,
      ),

    /** Tasks by words, whichever are loaded. */
    findTasks: (q: string, limit: number) =>
      request<TaskPage>("GET", `/api/tasks?${query({ q, limit })}`),

    /** What agents wrote down on the server's machine, and how far it is brought in. */
    importStatus: () => request<ImportStatus>("GET", "/api/import"),

    startImport: () => request<ImportStatus>("POST", "/api/import", {}),

    renameEvent: (id: EventId, displayTitle: string | null) =>
      request<{ event: Event }>("PATCH", eventPath(id), { displayTitle }),
  };
}

export type Api = ReturnType<typeof createApi>;

/** Where one text of an event is, as a file; `field` is `body` or a path in its metadata. */
export const textAddress = (id: EventId, field: string) =>
  `${eventPath(id)}/text?${query({ field })}`;

const taskPath = (id: TaskId) => `/api/tasks/${encodeURIComponent(id)}`;

/** Where the whole of a task can be fetched. */
export const taskFile = taskPath;
const eventPath = (id: EventId) => `/api/events/${encodeURIComponent(id)}`;

type Query = Record<string, string | number | undefined>;

function query(values: Query): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
}
