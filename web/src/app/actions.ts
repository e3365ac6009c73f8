import type { Api } from "../api/api";
import { ApiError, messageOf } from "../api/errors";
import { counted } from "../format/number";
import { applyEvent } from "../store/apply";
import type { MonitorState } from "../store/state";
import type { Store } from "../store/store";
import type { BookmarkId, EventId, Rating, TaskId } from "../wire.gen";
import { lookAtHistory, watchHistory } from "./history";
import { notify } from "./notices";

/**
 * What a person can do. Each goes to the server and says when it failed; what it changed comes back
 * like any other change, so the screen never shows a wish as a fact.
 */
export class Actions {
  readonly #api: Api;
  readonly #store: Store<MonitorState>;

  readonly #onRated: () => void;

  constructor(api: Api, store: Store<MonitorState>, onRated: () => void) {
    this.#api = api;
    this.#store = store;
    this.#onRated = onRated;
  }

  /** Saves a bookmark, or takes it away where there is one. */
  toggleBookmark(taskId: TaskId, eventId: EventId | undefined, held: BookmarkId | undefined) {
    if (held !== undefined) return this.deleteBookmark(held);
    const input = eventId === undefined ? { taskId } : { taskId, eventId };
    return attempt("save the bookmark", async () => {
      await this.#api.saveBookmark(input);
      notify("Bookmark saved.", "good");
    });
  }

  deleteBookmark(id: BookmarkId) {
    return attempt("remove the bookmark", async () => {
      await this.#api.deleteBookmark(id);
      notify("Bookmark removed.", "good");
    });
  }

  renameTask(id: TaskId, title: string) {
    return attempt("rename the task", () => this.#api.changeTask(id, { title }));
  }

  rateTask(id: TaskId, rating: Rating) {
    return attempt("rate the task", async () => {
      await this.#api.rateTask(id, rating);
      this.#onRated();
    });
  }

  deleteTask(id: TaskId) {
    return attempt("delete the task", async () => {
      await this.#api.deleteTask(id);
      notify("Task deleted.", "good");
    });
  }

  deleteFinished() {
    return attempt("delete the finished tasks", async () => {
      const { deleted } = await this.#api.deleteFinished();
      notify(`${counted(deleted, "task")} deleted.`, "good");
    });
  }

  renameEvent(id: EventId, title: string | null) {
    return attempt("rename the event", async () => {
      const { event } = await this.#api.renameEvent(id, title);
      this.#store.change((state) => applyEvent(state, event));
    });
  }

  lookAtHistory() {
    return lookAtHistory(this.#api);
  }

  /** Brings in what agents wrote down; one that somebody else started is watched all the same. */
  importHistory() {
    return attempt("import the history", async () => {
      await this.#api.startImport().catch((error) => {
        if (!(error instanceof ApiError && error.code === "import_running")) throw error;
      });
      const status = await watchHistory(this.#api);
      if (status?.state === "failed")
        throw new Error(status.problem ?? "the server's log says why");
      const read = (status?.sessionsDone ?? 0) - (status?.sessionsFailed ?? 0);
      notify(`Imported ${counted(read, "session")}.`, "good");
    });
  }

  copy(text: string, what: string) {
    return attempt(`copy the ${what}`, async () => {
      // The type says it is always there; on a plain address that is not this machine, it is not.
      const clipboard: Clipboard | undefined = navigator.clipboard;
      if (clipboard === undefined)
        throw new Error("the browser allows it only on localhost or HTTPS");
      await clipboard.writeText(text);
      notify(`Copied the ${what}.`, "good");
    });
  }
}

/** Resolves with whether it went well. */
async function attempt(what: string, run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    notify(`Could not ${what}: ${messageOf(error)}`, "bad");
    return false;
  }
}
