import { type Tone, taskState } from "../event/status";
import { plainLine } from "../format/plain";
import type { Task, Timestamp } from "../wire.gen";
import { stateSince } from "./attention";

/** Why a task stands where it stands in the list. */
export interface Reason {
  /** A word or two; with a question mark where nobody said so. */
  readonly label: string;
  readonly tone: Tone;
  /** What about: the command that needs permission, the question, the error. */
  readonly detail: string;
  readonly since: Timestamp;
  readonly explains: string;
}

/** How the agents' adapters begin what a permission is about; the label says that already. */
const PERMISSION = /^Permission to (?:run: |use )?/;

export function reasonOf(task: Task): Reason {
  const { label, tone, explains } = taskState(task);
  const told = plainLine(task.activity?.detail ?? "", 200);
  const asks = task.activity?.state === "permission";
  return {
    label,
    tone,
    explains,
    detail: asks ? told.replace(PERMISSION, "") : told,
    since: stateSince(task),
  };
}
