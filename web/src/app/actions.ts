import { type Api, type BookmarkInput, type FinishedPreview, taskFile } from "../api/api";
import { ApiError, messageOf } from "../api/errors";
import { counted } from "../format/number";
import { applyEvent } from "../store/apply";
import type { MonitorState } from "../store/state";
import type { Store } from "../store/store";
import type { Bookmark, EventId, Rating, TaskId, TaskStatus, Timestamp } from "../wire.gen";
import { showDialog } from "./dialogs";
import { lookAtHistory, watchHistory } from "./history";
import { notify } from "./notices";

type Place = Pick<BookmarkInput, "taskId" | "eventId">;

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
  toggleBookmark(place: Place, held: Bookmark | undefined) {
    if (held !== undefined) return this.deleteBookmark(held);
    return attempt("save the bookmark", async () => {
      const { bookmark } = await this.#api.saveBookmark(place);
      notify("Bookmark saved.", "good", {
        label: "Add a note",
        run: () => showDialog({ kind: "note", bookmark }),
      });
    });
  }

  deleteBookmark(bookmark: Bookmark) {
    return attempt("remove the bookmark", async () => {
      await this.#api.deleteBookmark(bookmark.id);
      const undo = () => void this.saveBookmark(bookmark);
      notify("Bookmark removed.", "good", { label: "Undo", run: undo });
    });
  }

  /** With its note and title as they are given. */
  saveBookmark({ taskId, eventId, title, note }: Bookmark) {
    const place = eventId === undefined ? { taskId } : { taskId, eventId };
    const told = note === undefined || note === "" ? { title } : { title, note };
    return attempt("save the bookmark", () => this.#api.saveBookmark({ ...place, ...told }));
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

  setStatus(id: TaskId, status: TaskStatus) {
    return attempt("set the status", () => this.#api.changeTask(id, { status }));
  }

  /** Can be taken back for ten minutes; `onBack` is told when it was. */
  deleteTask(id: TaskId, onBack: () => void) {
    return attempt("delete the task", async () => {
      await this.#api.deleteTask(id);
      const undo = async () => {
        if (await this.restoreTasks([id])) onBack();
      };
      notify("Task deleted.", "good", { label: "Undo", run: () => void undo() });
    });
  }

  restoreTasks(ids: readonly TaskId[]) {
    return attempt("bring it back", () => this.#api.restoreTasks(ids));
  }

  /** What a clean-up would delete; null when that cannot be said. */
  async previewFinished(before: Timestamp | undefined): Promise<FinishedPreview | null> {
    let preview: FinishedPreview | null = null;
    await attempt("look at the finished tasks", async () => {
      preview = await this.#api.finishedTasks(before);
    });
    return preview;
  }

  deleteFinished(before: Timestamp | undefined) {
    return attempt("delete the finished tasks", async () => {
      const { deleted, taskIds } = await this.#api.deleteFinished(before);
      const undo = () => void this.restoreTasks(taskIds);
      notify(`${counted(deleted, "task")} deleted.`, "good", { label: "Undo", run: undo });
    });
  }

  renameEvent(id: EventId, title: string | null) {
    return attempt("rename the event", async () => {
      const { event } = await this.#api.renameEvent(id, title);
      this.#store.change((state) => applyEvent(state, event));
    });
  }

  /** The whole of it as a file, made by the server. */
  exportTask(id: TaskId) {
    const link = document.createElement("a");
    link.href = taskFile(id);
    link.download = `agent-tracer-${id}.json`;
    link.click();
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

  /** Copies a text, or one that must be read first. */
  copy(text: string | (() => Promise<string>), what: string) {
    return attempt(`copy the ${what}`, async () => {
      // The type says it is always there; on a plain address that is not this machine, it is not.
      const clipboard: Clipboard | undefined = navigator.clipboard;
      if (clipboard === undefined)
        throw new Error("the browser allows it only on localhost or HTTPS");
      await clipboard.writeText(typeof text === "string" ? text : await text());
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
