import type { Event } from "../wire.gen";
import { detailsOf } from "./details";

/** Whether it went wrong: a call that failed or was not let, or an error of the task. */
export function hasFailed(event: Event): boolean {
  const { toolStatus } = detailsOf(event);
  return toolStatus === "failed" || toolStatus === "refused" || event.kind === "task.error";
}
