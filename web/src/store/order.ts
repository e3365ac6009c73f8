import type { Bookmark, Event, Session, Task } from "../wire.gen";

/** Below 0 when `a` comes first. These are the server's orders: a page of it fits to the next. */
export type Compare<T> = (a: T, b: T) => number;

/** Moments are all written alike, so their texts sort as they do. */
function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export const byId: Compare<{ id: string }> = (a, b) => byText(a.id, b.id);

/** A place in the task list. */
export type TaskPlace = Pick<Task, "lastActivityAt" | "id">;

export const byActivity: Compare<TaskPlace> = (a, b) =>
  byText(b.lastActivityAt, a.lastActivityAt) || byText(b.id, a.id);

export const byCreation: Compare<Task> = (a, b) =>
  byText(a.createdAt, b.createdAt) || byText(a.id, b.id);

export const byStart: Compare<Session> = (a, b) =>
  byText(a.startedAt, b.startedAt) || byText(a.id, b.id);

export const newestBookmark: Compare<Bookmark> = (a, b) =>
  byText(b.createdAt, a.createdAt) || byText(b.id, a.id);

/**
 * Events of one moment are in the order they were stored in, which no field tells. Ids that the
 * server makes grow with it; among others the one that arrives later comes later.
 */
export const byMoment: Compare<Event> = (a, b) =>
  byText(a.createdAt, b.createdAt) || (isOrdered(a.id) && isOrdered(b.id) ? byText(a.id, b.id) : 0);

/** A UUID of version 7 begins with its time. */
function isOrdered(id: string): boolean {
  return id.length === 36 && id[14] === "7";
}
