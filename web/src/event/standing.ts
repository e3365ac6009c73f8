import { sameJson } from "../store/identity";
import type { Event, EventId } from "../wire.gen";
import { detailsOf } from "./details";

/** What an event still waits for: a question for its answer, a running call for its permission. */
export type Standing = "unanswered" | "unpermitted";

/**
 * What is open among these events, which are in order and reach to the newest.
 *
 * A question is settled in its own row or by a later row with its id. A call waits for permission
 * when it runs and a later open question is about the same tool with the same input.
 */
export function standings(events: readonly Event[]): ReadonlyMap<EventId, Standing> {
  const open = new Map<EventId, Standing>();
  const settled = new Set<unknown>();
  const asks: Event[] = [];
  for (const event of events.toReversed()) {
    if (isQuestion(event)) {
      const { questionId, questionPhase } = event.metadata;
      if (questionPhase === "asked") {
        if (isOpen(event) && !settled.has(questionId)) {
          open.set(event.id, "unanswered");
          asks.push(event);
        }
      } else if (questionId !== undefined) settled.add(questionId);
    } else if (asks.some((ask) => isAbout(ask, event))) open.set(event.id, "unpermitted");
  }
  return open;
}

function isQuestion({ kind }: Event): boolean {
  return kind === "question.logged";
}

/** A question that is a call itself is over when the call is. */
function isOpen(question: Event): boolean {
  const { toolStatus } = detailsOf(question);
  return toolStatus === undefined || toolStatus === "running";
}

function isAbout(ask: Event, call: Event): boolean {
  const asked = detailsOf(ask);
  const { toolName, toolStatus, toolInput } = detailsOf(call);
  return (
    toolStatus === "running" &&
    toolName !== undefined &&
    toolName === asked.toolName &&
    sameJson(toolInput, asked.toolInput)
  );
}
