import { useEffect, useSyncExternalStore } from "react";
import { useApp, useMonitor } from "../../app/context";
import type { TaskId } from "../../wire.gen";

function onVisibility(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

/** A task that is on the screen of a visible tab is seen, and needs nobody to be called for it. */
export function useLooking(taskId: TaskId | null): void {
  const { tabs, seen } = useApp();
  const visible = useSyncExternalStore(onVisibility, () => !document.hidden);
  const shown = visible ? taskId : null;
  const task = useMonitor(({ details, tasks }) => {
    if (shown === null) return undefined;
    return details.get(shown)?.task ?? tasks?.byId.get(shown);
  });
  useEffect(() => tabs.look(shown), [tabs, shown]);
  useEffect(() => {
    if (task !== undefined) seen.mark(task);
  }, [seen, task]);
}
