import { useEffect } from "react";
import { useMonitor } from "../../app/context";
import { plainLine } from "../../format/plain";
import type { MonitorState } from "../../store/state";
import type { TaskId } from "../../wire.gen";

/** The tab says how many tasks run and wait, and which one is on the screen. */
export function useDocumentTitle(taskId: TaskId | null): void {
  const title = useMonitor((state) => documentTitle(state, taskId));
  useEffect(() => {
    document.title = title;
  }, [title]);
}

export function documentTitle(state: MonitorState, taskId: TaskId | null): string {
  const { runningTasks = 0, waitingTasks = 0 } = state.overview?.stats ?? {};
  const counts = [
    runningTasks > 0 ? `${runningTasks} running` : "",
    waitingTasks > 0 ? `${waitingTasks} waiting` : "",
  ].filter(Boolean);
  const task =
    taskId === null
      ? undefined
      : (state.details.get(taskId)?.task ?? state.tasks?.byId.get(taskId));
  const head = counts.length > 0 ? `(${counts.join(", ")}) ` : "";
  return `${head}${task ? `${plainLine(task.displayTitle, 60)} – ` : ""}Agent Tracer`;
}
