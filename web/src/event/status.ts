import { plainLine } from "../format/plain";
import type { ActivityState, Task, TaskStatus, ToolStatus } from "../wire.gen";
import type { Standing } from "./standing";

/** Tone decides the colour: only what needs a person's eye is loud. */
export type Tone = "active" | "waiting" | "good" | "bad" | "quiet";

export interface StatusInfo {
  readonly label: string;
  readonly tone: Tone;
  readonly explains: string;
}

export const TASK_STATUS: Readonly<Record<TaskStatus, StatusInfo>> = {
  running: { label: "Running", tone: "active", explains: "The agent is at work." },
  waiting: {
    label: "Waiting",
    tone: "waiting",
    explains: "The agent waits for a person: it asked for something, or its turn ended.",
  },
  completed: { label: "Completed", tone: "good", explains: "The agent's session ended." },
  errored: { label: "Errored", tone: "bad", explains: "The task ended with an error." },
};

/** Why a task is in its state. */
const ACTIVITY: Readonly<Record<ActivityState, StatusInfo>> = {
  working: { label: "Working", tone: "active", explains: TASK_STATUS.running.explains },
  person: { label: "Waits for you", tone: "waiting", explains: TASK_STATUS.waiting.explains },
  done: { label: "Done", tone: "good", explains: TASK_STATUS.completed.explains },
  permission: {
    label: "Needs permission",
    tone: "waiting",
    explains: "The agent asked for a permission, and no answer was reported yet.",
  },
  background: {
    label: "Background work",
    tone: "active",
    explains: "The agent's turn is over, and work that it delegated goes on.",
  },
  interrupted: {
    label: "Interrupted",
    tone: "quiet",
    explains: "The turn was broken off before it ended.",
  },
  failed: { label: "Failed", tone: "bad", explains: "The turn or the task ended with an error." },
  silent: {
    label: "Silent",
    tone: "quiet",
    explains: "The agent should be at work, and nothing was heard of it for long.",
  },
};

export const TOOL_STATUS: Readonly<Record<ToolStatus, StatusInfo>> = {
  running: { label: "Running", tone: "active", explains: "The call has not ended yet." },
  completed: { label: "Completed", tone: "good", explains: "The call ended." },
  failed: { label: "Failed", tone: "bad", explains: "The call ended with an error." },
  interrupted: {
    label: "Interrupted",
    tone: "waiting",
    explains: "The call was stopped before it ended.",
  },
  refused: { label: "Refused", tone: "bad", explains: "The call was not allowed to run." },
  unfinished: {
    label: "No end reported",
    tone: "quiet",
    explains: "The agent never said how this call ended. It may have been refused or lost.",
  },
};

export const STANDING: Readonly<Record<Standing, StatusInfo>> = {
  unanswered: {
    label: "Unanswered",
    tone: "waiting",
    explains: "The agent asked, and no answer was reported yet.",
  },
  unpermitted: {
    label: "Waits for permission",
    tone: "waiting",
    explains: "The agent asked whether it may make this call, and no answer was reported yet.",
  },
};

/** A status this page does not know is shown raw. */
export function taskStatus(status: string): StatusInfo {
  return (
    (TASK_STATUS as Record<string, StatusInfo>)[status] ?? {
      label: status,
      tone: "quiet",
      explains: "This page does not know this status.",
    }
  );
}

/** The state that an agent's hooks tell, or what the plain status says where none do. */
export function stateOf({ status, activity }: Pick<Task, "status" | "activity">): ActivityState {
  if (activity !== undefined) return activity.state;
  return ({ running: "working", waiting: "person", completed: "done", errored: "failed" } as const)[
    status
  ];
}

/** A task's state, and why it is in it where that is known. */
export function taskState(task: Pick<Task, "status" | "activity">): StatusInfo {
  const { activity } = task;
  const { label, tone, explains } = infoOf(task);
  const detail = activity?.detail === undefined ? "" : ` ${plainLine(activity.detail)}.`;
  const guess = activity?.guess === true;
  return {
    label: guess ? `${label}?` : label,
    tone,
    explains: `${explains}${detail}${guess ? " Nobody reported it: it is a guess." : ""}`,
  };
}

/** What a newer server calls a state this page does not know is told by its status. */
function infoOf(task: Pick<Task, "status" | "activity">): StatusInfo {
  const known = (ACTIVITY as Partial<Record<string, StatusInfo>>)[stateOf(task)];
  if (known === undefined) return taskStatus(task.status);
  if (task.status !== "completed" || known.tone !== "waiting") return known;
  // What was open when the session ended asks for nothing any longer.
  return { ...known, tone: "quiet" };
}
