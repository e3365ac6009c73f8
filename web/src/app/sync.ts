import type { Api } from "../api/api";
import type { Socket } from "../live/connection";
import type { Timers } from "../live/timers";
import type { MonitorState } from "../store/state";
import type { Store } from "../store/store";
import type { TaskId } from "../wire.gen";
import type { Strategy, Tally } from "./tally";

// 120 tasks, 50 that wait and the figures are under 90 kB: what the first painting waits for.
export const TASKS_PER_PAGE = 120;
export const EVENTS_PER_PAGE = 200;

export interface SyncOptions {
  api: Api;
  store: Store<MonitorState>;
  timers: Timers;
  tally: Tally;
  /** Opens a socket with that query in its address. */
  open: (query: string) => Socket;
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
  loadOlderTasks(): Promise<void>;
  /** A rating was saved, which plain messages do not tell. */
  rated(): void;
}

/** `?sync=reread` is for comparing: everything else patches. */
export function strategyIn(search: string): Strategy {
  return new URLSearchParams(search).get("sync") === "reread" ? "reread" : "patch";
}
