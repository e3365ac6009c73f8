import { useEffect } from "react";
import { useApp, useMonitor } from "../../app/context";
import { plainLine } from "../../format/plain";
import type { MonitorState } from "../../store/state";
import type { TaskId } from "../../wire.gen";

/** The tab says which task is on the screen; how many need a person stands before it. */
export function useDocumentTitle(taskId: TaskId | null): void {
  const { badge } = useApp();
  const place = useMonitor((state) => placeName(state, taskId));
  useEffect(() => badge.setPlace(place), [badge, place]);
}

function placeName({ details, tasks }: MonitorState, taskId: TaskId | null): string {
  const task = taskId === null ? undefined : (details.get(taskId)?.task ?? tasks?.byId.get(taskId));
  return task ? `${plainLine(task.displayTitle, 60)} – Agent Tracer` : "Agent Tracer";
}
