import type { Bookmark, EventId, TaskId } from "../wire.gen";
import { rowsOf } from "./identity";
import type { MonitorState } from "./state";

/** The bookmark of an event, or of the task itself when no event is named. */
export function bookmarkOf(
  { bookmarks }: MonitorState,
  taskId: TaskId,
  eventId?: EventId,
): Bookmark | undefined {
  if (bookmarks === null) return undefined;
  return rowsOf(bookmarks).find((held) => held.taskId === taskId && held.eventId === eventId);
}
