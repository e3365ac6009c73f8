import type { Api } from "../api/api";
import { ApiError } from "../api/errors";
import type { Timers } from "../live/timers";
import type { MonitorState } from "../store/state";
import type { Store } from "../store/store";
import { hasUnknownFolder } from "../store/workspace";

/** A folder that nobody knows yet must not be asked for with every change. */
const ASK_AGAIN_MS = 5_000;

/** Keeps the names of projects: asks when a task is in a folder that is not known yet. */
export class WorkspaceReader {
  readonly #api: Api;
  readonly #store: Store<MonitorState>;
  readonly #timers: Timers;
  #looked: unknown = null;
  #waiting = false;

  constructor(api: Api, store: Store<MonitorState>, timers: Timers) {
    this.#api = api;
    this.#store = store;
    this.#timers = timers;
  }

  start(): () => void {
    return this.#store.subscribe(() => this.#look());
  }

  #look(): void {
    const { tasks, workspaces } = this.#store.get();
    if (this.#waiting || tasks === null || tasks.byId === this.#looked) return;
    this.#looked = tasks.byId;
    if (hasUnknownFolder(tasks.byId.values(), workspaces)) void this.#read();
  }

  async #read(): Promise<void> {
    this.#waiting = true;
    try {
      const { workspaces } = await this.#api.workspaces();
      const known = new Map(workspaces.map((workspace) => [workspace.path, workspace]));
      this.#store.change((state) => ({ ...state, workspaces: known }));
    } catch (error) {
      // A server that does not tell will not tell later either: folders keep their own names.
      if (error instanceof ApiError && error.status === 404) return;
    }
    this.#timers.after(ASK_AGAIN_MS, () => {
      this.#waiting = false;
      this.#look();
    });
  }
}
