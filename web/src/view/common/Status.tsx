import { taskStatus } from "../../event/status";

/** A task's state: a dot and its word, for colour alone tells some people nothing. */
export function Status({ status }: { status: string }) {
  const { label, tone, explains } = taskStatus(status);
  return (
    <span className={`status tone-${tone}`} title={explains}>
      <span className="dot" aria-hidden="true" />
      {label}
    </span>
  );
}
