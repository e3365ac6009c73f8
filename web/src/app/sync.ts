import type { Api } from "../api/api";
import type { Socket } from "../live/connection";
import type { Timers } from "../live/timers";
import type { TaskFilter } from "../store/filter";
import type { MonitorState } from "../store/state";
import type { Store } from "../store/store";
import type { RowChange, TaskId } from "../wire.gen";
import type { Strategy, Tally } from "./tally";

// 120 tasks and the figures are under 90 kB, and few tasks are open at once: what the first painting
// waits for.
export const TASKS_PER_PAGE = 120;

/** More open tasks than this of one status are counted, and not all listed. */
export const OPEN_READ = 500;

export const EVENTS_PER_PAGE = 200;

export interface SyncOptions {
  api: Api;
  store: Store<MonitorState>;
  timers: Timers;
  tally: Tally;
  /** Opens a socket with that query in its address. */
  open: (query: string) => Socket;
  /** Told of tasks when they come, whether anything is painted or not. */
  ear?: TaskEar;
}

export interface TaskEar {
  /** The list was read: all that is open is in the store. `again`: it was held before. */
  read(again: boolean): void;
  /** Rows as the server tells them. */
  told(changes: readonly RowChange[]): void;
}

/** A way of keeping the store as the server is. */
export interface Sync {
  /** The task on screen. */
  readonly selected: TaskId | null;
  start(): void;
  stop(): void;
  /** The network or the page came back: try at once instead of waiting out a pause. */
  wake(): void;
  select(id: TaskId | null): void;
  /** Keeps a task at hand beside the one on screen, until the answer is called. */
  include(id: TaskId): () => void;
  /** Whether somebody reads further back in a timeline than its end. */
  hold(id: TaskId, held: boolean): void;
  loadEarlier(id: TaskId, limit: number): Promise<void>;
  /** Which tasks the list shows beside those that are held anyway; null is all. */
  filter(filter: TaskFilter | null): Promise<void>;
  /** Further tasks of the list, or of what fits the filter. */
  loadOlderTasks(): Promise<void>;
  /** A rating was saved, which plain messages do not tell. */
  rated(): void;
}

/** `?sync=reread` is for comparing: everything else patches. */
export function strategyIn(search: string): Strategy {
  return new URLSearchParams(search).get("sync") === "reread" ? "reread" : "patch";
}
