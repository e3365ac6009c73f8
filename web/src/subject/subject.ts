import type { Event, EventKind } from "../wire.gen";
import { type Change, changeOf } from "./change";
import { type Delegation, delegationOf } from "./delegation";
import { type Gap, gapOf } from "./gap";
import { type McpCall, mcpCallOf } from "./mcp";
import { type Permission, permissionOf } from "./permission";
import { type Question, questionOf } from "./question";
import { type Reading, readingOf } from "./reading";
import { type Search, searchOf } from "./search";
import { type Terminal, terminalOf } from "./terminal";
import { type TodoMove, todoMoveOf } from "./todo";
import { type WebLookup, webLookupOf } from "./web";

/** What an event is about, whichever agent it is of: decides how it is shown. */
export type Subject =
  | Of<"gap", Gap>
  | Of<"permission", Permission>
  | Of<"question", Question>
  | Of<"todos", TodoMove>
  | Of<"mcp", McpCall>
  | Of<"delegation", Delegation>
  | Of<"terminal", Terminal>
  | Of<"change", Change>
  | Of<"reading", Reading>
  | Of<"search", Search>
  | Of<"web", WebLookup>
  | Of<"message", { readonly text: string; readonly field: string }>
  | Of<"other", object>;

type Of<K extends string, T> = T & { readonly kind: K };
type Look = (event: Event) => Subject | null;

function look<K extends string, T extends object>(kind: K, read: (event: Event) => T | null) {
  return (event: Event): Of<K, T> | null => {
    const found = read(event);
    return found === null ? null : { ...found, kind };
  };
}

/** The first that fits: a question about a command is a question. */
const LOOKS: readonly Look[] = [
  look("gap", gapOf),
  look("permission", permissionOf),
  look("question", questionOf),
  look("todos", todoMoveOf),
  look("mcp", mcpCallOf),
  look("delegation", delegationOf),
  look("terminal", terminalOf),
  look("change", changeOf),
  look("reading", readingOf),
  look("search", searchOf),
  look("web", webLookupOf),
  look("message", messageOf),
];

export function subjectOf(event: Event): Subject {
  for (const look of LOOKS) {
    const subject = look(event);
    if (subject !== null) return subject;
  }
  return { kind: "other" };
}

const MESSAGES: ReadonlySet<EventKind> = new Set<EventKind>([
  "user.message",
  "assistant.response",
  "thought.logged",
  "plan.logged",
]);

/** Words of a person or of the agent, and notes that have a text of their own. */
function messageOf({ body, kind, title }: Event) {
  if (body === undefined) return MESSAGES.has(kind) ? { text: title, field: "title" } : null;
  return MESSAGES.has(kind) || kind === "context.saved" ? { text: body, field: "body" } : null;
}
