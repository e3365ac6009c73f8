import { taskState } from "../../event/status";
import type { Task } from "../../wire.gen";

/** A task's state: a dot and its word, for colour alone tells some people nothing. */
export function Status({ task }: { task: Pick<Task, "status" | "activity"> }) {
  const { label, tone, explains } = taskState(task);
  return (
    <span className={`status tone-${tone}`} title={explains}>
      <span className="dot" aria-hidden="true" />
      {label}
    </span>
  );
}
