import { taskState } from "../../event/status";
import type { Task } from "../../wire.gen";

interface Props {
  task: Pick<Task, "status" | "activity">;
  /** The word stands nearby already: only who cannot see that is told it again. */
  quiet?: boolean;
}

/** A task's state: a dot and its word, for colour alone tells some people nothing. */
export function Status({ task, quiet = false }: Props) {
  const { label, tone, explains } = taskState(task);
  return (
    <span className={`status tone-${tone}`} title={explains}>
      <span className="dot" aria-hidden="true" />
      {quiet ? <span className="visually-hidden">{label}</span> : label}
    </span>
  );
}
