import type { Message, TaskId } from "../wire.gen";

/** Which parts of the screen no longer match the server. `overview` covers the task list too. */
export interface Marks {
  readonly overview: boolean;
  readonly task: boolean;
  readonly bookmarks: boolean;
}

export const CLEAN: Marks = { overview: false, task: false, bookmarks: false };
export const EVERYTHING: Marks = { overview: true, task: true, bookmarks: true };

/** The marks of both: marks are only ever added, so no message of a window is lost. */
export function mergeMarks(a: Marks, b: Marks): Marks {
  return {
    overview: a.overview || b.overview,
    task: a.task || b.task,
    bookmarks: a.bookmarks || b.bookmarks,
  };
}

export function isClean(marks: Marks): boolean {
  return !marks.overview && !marks.task && !marks.bookmarks;
}

/**
 * What one message makes dirty. `followed` is the selected task with its descendants; messages
 * about other tasks never cause a read of the selected one.
 */
export function marksOf(message: Message, followed: ReadonlySet<TaskId>): Marks {
  switch (message.type) {
    case "snapshot":
      return EVERYTHING;
    case "bookmark.saved":
    case "bookmark.deleted":
      return { ...CLEAN, bookmarks: true };
    case "event.updated":
      return { ...CLEAN, task: followed.has(message.payload.taskId) };
    case "task.deleted":
    case "tasks.purged":
      return { ...CLEAN, overview: true };
    case "task.started":
    case "task.completed":
    case "task.updated":
      return { ...CLEAN, overview: true, task: isOwn(message.payload, followed) };
    case "session.started":
    case "session.ended":
    case "event.logged":
      return { ...CLEAN, overview: true, task: followed.has(message.payload.taskId) };
  }
}

/** A new child is not among the followed yet, but its parent is. */
function isOwn(task: { id: TaskId; parentTaskId?: TaskId }, followed: ReadonlySet<TaskId>) {
  return (
    followed.has(task.id) || (task.parentTaskId !== undefined && followed.has(task.parentTaskId))
  );
}
