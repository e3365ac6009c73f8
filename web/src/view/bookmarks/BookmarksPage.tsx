import { Link } from "wouter";
import { useApp, useMonitor } from "../../app/context";
import { showDialog } from "../../app/dialogs";
import { plainLine } from "../../format/plain";
import { rowsOf } from "../../store/identity";
import type { Bookmark } from "../../wire.gen";
import { IconButton } from "../common/IconButton";
import { Age } from "../common/Moments";

export function BookmarksPage() {
  const { actions } = useApp();
  const bookmarks = useMonitor((state) => state.bookmarks);
  const failure = useMonitor((state) => state.failures.bookmarks);
  return (
    <main className="page">
      <h1>Bookmarks</h1>
      {bookmarks === null && (
        <p className="muted" role="status">
          {failure === undefined ? "Reading the bookmarks…" : plainLine(failure.message)}
        </p>
      )}
      {bookmarks?.order.length === 0 && (
        <p className="muted">
          No bookmarks yet. Press <kbd>s</kbd> on a task or an event to keep it here.
        </p>
      )}
      {bookmarks && (
        <ul className="cards">
          {rowsOf(bookmarks).map((bookmark) => (
            <BookmarkRow
              key={bookmark.id}
              bookmark={bookmark}
              onDelete={() => void actions.deleteBookmark(bookmark)}
            />
          ))}
        </ul>
      )}
    </main>
  );
}

function BookmarkRow({ bookmark, onDelete }: { bookmark: Bookmark; onDelete: () => void }) {
  const { kind, title, note } = bookmark;
  // The title that came with the bookmark is from then; the task's own row knows it now.
  const task = useMonitor((state) => state.tasks?.byId.get(bookmark.taskId));
  const taskTitle = task?.displayTitle ?? bookmark.taskTitle;
  return (
    <li className="bookmark">
      <Link href={placeOf(bookmark)} className="card-row">
        <span className="bookmark-kind">{kind === "event" ? "Event" : "Task"}</span>
        <span className="card-title" dir="auto">
          {plainLine(title)}
          {note !== undefined && <span className="muted"> {plainLine(note)}</span>}
        </span>
        {kind === "event" && taskTitle !== undefined && (
          <span className="muted bookmark-task">in {plainLine(taskTitle, 80)}</span>
        )}
        <span className="muted tabular card-age">
          <Age at={bookmark.createdAt} />
        </span>
      </Link>
      <IconButton
        icon="edit"
        label={note === undefined ? "Add a note" : "Change the note"}
        onClick={() => showDialog({ kind: "note", bookmark })}
      />
      <IconButton icon="trash" label="Remove this bookmark" danger onClick={onDelete} />
    </li>
  );
}

function placeOf({ taskId, eventId }: Bookmark): string {
  const task = `/tasks/${encodeURIComponent(taskId)}`;
  return eventId === undefined ? task : `${task}?event=${encodeURIComponent(eventId)}`;
}
