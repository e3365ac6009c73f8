import type { Event, EventKind } from "../wire.gen";
import { detailsOf, isGap } from "./details";

/** One word for what kind of thing happened, so that rows of one lane can be told apart. */
const WORDS: Readonly<Record<EventKind, string>> = {
  "task.start": "Began",
  "task.complete": "Ended",
  "task.error": "Error",
  "plan.logged": "Plan",
  "action.logged": "Action",
  "agent.activity.logged": "Agent",
  "verification.logged": "Check",
  "rule.logged": "Rule",
  "tool.used": "Tool",
  "terminal.command": "Command",
  "context.saved": "Context",
  "file.changed": "File",
  "thought.logged": "Thought",
  "user.message": "Prompt",
  "question.logged": "Question",
  "todo.logged": "To-do",
  "assistant.response": "Answer",
};

/** A call is named by its tool; a kind that this page does not know is shown raw. */
export function kindWord(event: Event): string {
  if (isGap(event)) return "gap";
  const { toolName, toolStatus } = detailsOf(event);
  // A question about a tool is not the tool's call.
  const called = event.kind === "question.logged" && toolStatus === undefined ? null : toolName;
  return called ?? (WORDS as Record<string, string>)[event.kind] ?? event.kind;
}

/** Whether a person, or who stands in for one, said something to the agent. */
export function isPrompt({ kind }: Event): boolean {
  return kind === "user.message";
}
