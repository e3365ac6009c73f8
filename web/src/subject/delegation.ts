import { detailsOf } from "../event/details";
import type { Event, Task } from "../wire.gen";
import { fieldsOf, known, textOf } from "./read";

/** Work that was handed to a subagent, or the word that it is done. */
export interface Delegation {
  readonly agent?: string;
  readonly prompt?: string;
  readonly result?: { readonly text: string; readonly field: string };
  readonly status?: string;
}

export function delegationOf(event: Event): Delegation | null {
  const { metadata, body } = event;
  const notified = fieldsOf(metadata.taskNotification);
  const isNotification = metadata.taskNotification !== undefined;
  if (metadata.activityType !== "delegation" && !isNotification) return null;
  const { output } = detailsOf(event);
  const result = textOf(notified, "result");
  return known<Delegation>({
    agent: textOf(metadata, "agentName"),
    prompt: isNotification ? undefined : body,
    result:
      result !== undefined
        ? { text: result, field: "taskNotification.result" }
        : output !== undefined
          ? { text: output, field: "output" }
          : undefined,
    status: textOf(notified, "status"),
  });
}

/** How much of an event is looked at for the id of a subagent. */
const LOOKED_AT = 20_000;

/** The subagents' tasks that an event names: the agent's own id of the work is in its answer. */
export function namedTasks(event: Event, children: readonly Task[]): Task[] {
  const { toolResponse, taskNotification, output, toolInput } = event.metadata;
  const told = JSON.stringify([toolResponse, taskNotification, toolInput, output]);
  const looked = told.slice(0, LOOKED_AT);
  return children.filter(
    ({ backgroundTaskId: id }) => id !== undefined && id.length > 3 && looked.includes(id),
  );
}
