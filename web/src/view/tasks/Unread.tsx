import { useSyncExternalStore } from "react";
import { useApp } from "../../app/context";
import type { Attention } from "../../attention/attention";
import { isUnread } from "../../attention/seen";
import type { Task } from "../../wire.gen";

/**
 * Something happened since the task was looked at. Of one that is at work that is always so, and
 * needs no dot.
 */
export function Unread({ task, attention }: { task: Task; attention: Attention }) {
  const { seen } = useApp();
  const unread = useSyncExternalStore(seen.state.subscribe, () => isUnread(seen.state.get(), task));
  if (!unread || attention === "working" || attention === "silent") return null;
  return <span className="unread" role="img" aria-label="New" title="New since you looked" />;
}
