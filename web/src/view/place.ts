import { useCallback } from "react";
import { useLocation, useRouter } from "wouter";
import type { EventId, TaskId } from "../wire.gen";

/** Where the page is: everything that a link must bring back is in the address. */
export function usePlace() {
  const [, navigate] = useLocation();
  const { path, search } = useRawAddress();
  const taskId: TaskId | null = taskIdIn(path);
  const eventId: EventId | null = new URLSearchParams(search).get("event");

  /** Going through events one by one leaves one step of history, not one for each. */
  const selectEvent = useCallback(
    (id: EventId | null) => {
      if (taskId === null) return;
      const query = id === null ? "" : `?event=${encodeURIComponent(id)}`;
      navigate(`/tasks/${encodeURIComponent(taskId)}${query}`, {
        replace: id !== null && eventId !== null,
      });
    },
    [navigate, taskId, eventId],
  );
  const openTask = useCallback(
    (id: TaskId) => navigate(`/tasks/${encodeURIComponent(id)}`),
    [navigate],
  );
  return { taskId, eventId, selectEvent, openTask, goTo: navigate };
}

/** The address as it stands: the router's own reading decodes it once, but not all of it. */
function useRawAddress() {
  const router = useRouter();
  const { hook: useRawPath, searchHook: useRawSearch } = router;
  const [path] = useRawPath(router);
  return { path, search: useRawSearch(router) };
}

/** The task that a path names; a segment with a broken escape is taken as it is. */
export function taskIdIn(path: string): TaskId | null {
  const segment = /^\/tasks\/([^/]+)\/?$/.exec(path)?.[1];
  if (segment === undefined) return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
