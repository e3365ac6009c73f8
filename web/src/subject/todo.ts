import type { Event } from "../wire.gen";
import { fieldsOf, inputOf, known, listOf, textOf } from "./read";

export type TodoState = "open" | "doing" | "done" | "dropped";

export interface Todo {
  readonly text: string;
  readonly state: TodoState;
}

/** What an event says of the agent's to-dos: all of them at once, or what became of one. */
export interface TodoMove {
  readonly list?: readonly Todo[];
  readonly item?: TodoChange;
}

export interface TodoChange {
  readonly id?: string;
  readonly text?: string;
  readonly state?: TodoState;
  readonly before?: TodoState;
}

const STATES: Readonly<Record<string, TodoState>> = {
  pending: "open",
  added: "open",
  in_progress: "doing",
  completed: "done",
  cancelled: "dropped",
  deleted: "dropped",
};

const stateOf = (word: unknown): TodoState | undefined =>
  typeof word === "string" ? STATES[word] : undefined;

export function todoMoveOf(event: Event): TodoMove | null {
  const { kind, metadata, title } = event;
  if (kind !== "todo.logged") return lookedAt(event);
  const list = listed(event);
  if (list.length > 0) return { list };
  const change = fieldsOf(fieldsOf(metadata.toolResponse).statusChange);
  return {
    item: known<TodoChange>({
      id: textOf(metadata, "todoId"),
      text: textOf(metadata, "todoTitle") ?? title,
      state: stateOf(metadata.todoState) ?? stateOf(change.to),
      before: stateOf(change.from),
    }),
  };
}

/** The agent only looked: the list is in the answer. */
function lookedAt({ lane, metadata }: Event): TodoMove | null {
  if (lane !== "todos" || metadata.operation !== "list") return null;
  const list = itemsOf(listOf(fieldsOf(metadata.toolResponse), "tasks", "todos"));
  return list.length === 0 ? null : { list };
}

function listed(event: Event): Todo[] {
  const input = inputOf(event);
  const items = itemsOf(listOf(input, "todos", "plan"));
  return items.length > 0 ? items : written(textOf(input, "todos") ?? "");
}

function itemsOf(items: readonly unknown[]): Todo[] {
  return items.map(fieldsOf).flatMap((item) => {
    const text = textOf(item, "content", "description", "step", "subject", "title");
    return text === undefined ? [] : [{ text, state: stateOf(item.status) ?? "open" }];
  });
}

/** GitHub Copilot CLI writes its list as text, with boxes. */
function written(text: string): Todo[] {
  return text.split("\n").flatMap((line) => {
    const [, box, words] = /^ *[-*] \[([ xX])\] (.+)$/.exec(line) ?? [];
    return words === undefined ? [] : [{ text: words, state: box === " " ? "open" : "done" }];
  });
}
