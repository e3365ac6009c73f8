import type { ConnectionState } from "../live/connection";
import type {
  Bookmark,
  Evaluation,
  Event,
  EventId,
  OverviewObservability,
  OverviewStats,
  Session,
  Task,
  TaskId,
  TaskObservability,
  Timestamp,
} from "../wire.gen";
import type { TaskFilter } from "./filter";
import { EMPTY_TABLE, type Table } from "./identity";
import type { TaskPlace } from "./order";
import type { Workspaces } from "./workspace";

/** The task list as far as it was read. */
export interface TaskList extends Table<Task> {
  /** How many of the rows came page by page; others may be held because they are open. */
  readonly paged: number;
  /** Where the next older page begins; absent at the end. */
  readonly before?: string;
  /** The place of the last row that was paged: all rows up to it are held. */
  readonly edge?: TaskPlace;
}

/** The tasks that fit a filter, as far as they were read. */
export interface Filtered extends TaskList {
  readonly filter: TaskFilter;
  /** Only what happened since then fits. */
  readonly start: Timestamp | null;
  /** How many fit, whether they are loaded or not, as far as the server says it. */
  readonly total?: number;
}

export interface Overview {
  readonly stats: OverviewStats;
  readonly observability: OverviewObservability;
}

/** One task with the newest part of its timeline. */
export interface TaskDetail {
  readonly task: Task;
  readonly events: Table<Event>;
  readonly sessions: readonly Session[];
  readonly children: readonly Task[];
  readonly observability: TaskObservability | null;
  /** Where the next older page of the timeline begins; absent at the beginning. */
  readonly before?: string;
}

/** An event read whole, and the row it was read for: another row means it must be read again. */
export interface WholeEvent {
  readonly row: Event | null;
  readonly event: Event;
}

/** Why a read failed: the server said so, or it could not be reached at all. */
export interface Failure {
  readonly message: string;
  readonly reached: boolean;
}

export type ReadPart = "tasks" | "task" | "bookmarks";

export interface MonitorState {
  readonly connection: ConnectionState;
  /** The server's disk is full: it answers, and stores nothing. */
  readonly diskFull: boolean;
  /** The server has another page by now than the one that runs here. */
  readonly pageIsOld: boolean;
  /** When a read last succeeded. */
  readonly readAt: number | null;
  /** Why the last read of a part failed; absent while it succeeds. */
  readonly failures: Readonly<Partial<Record<ReadPart, Failure>>>;
  readonly tasks: TaskList | null;
  /** Null while no filter is set, and until it was read. */
  readonly filtered: Filtered | null;
  readonly workspaces: Workspaces;
  readonly overview: Overview | null;
  readonly bookmarks: Table<Bookmark> | null;
  readonly evaluations: ReadonlyMap<TaskId, Evaluation>;
  /** Details that were looked at lately, so that going back shows them at once. */
  readonly details: ReadonlyMap<TaskId, TaskDetail>;
  /** Tasks that the server no longer has. */
  readonly gone: ReadonlySet<TaskId>;
  readonly wholes: ReadonlyMap<EventId, WholeEvent>;
}

export const INITIAL: MonitorState = {
  connection: { phase: "connecting", since: 0 },
  diskFull: false,
  pageIsOld: false,
  readAt: null,
  failures: {},
  tasks: null,
  filtered: null,
  workspaces: new Map(),
  overview: null,
  bookmarks: null,
  evaluations: new Map(),
  details: new Map(),
  gone: new Set(),
  wholes: new Map(),
};

export const NO_EVENTS: Table<Event> = EMPTY_TABLE;
