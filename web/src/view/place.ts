import { useCallback } from "react";
import { useLocation, useRoute, useSearchParams } from "wouter";
import type { EventId, TaskId } from "../wire.gen";

/** Where the page is: everything that a link must bring back is in the address. */
export function usePlace() {
  const [, navigate] = useLocation();
  const [, params] = useRoute<{ id: string }>("/tasks/:id");
  const [search] = useSearchParams();
  const taskId: TaskId | null = params?.id ?? null;
  const eventId: EventId | null = search.get("event");

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
