import type { Event } from "../wire.gen";
import { type TodoChange, type TodoMove, type TodoState, todoMoveOf } from "./todo";

/** A to-do at some moment; its key finds it again later. */
export interface KnownTodo {
  readonly key: string;
  readonly text: string;
  readonly state: TodoState;
}

/** A to-do after an event, and what the event did to it. */
export interface MovedTodo extends KnownTodo {
  readonly moved: boolean;
  /** Its state before, if it was there. */
  readonly before?: TodoState;
}

/** The list as it is known right before an event, from the events before it. */
export function todosBefore(events: readonly Event[], event: Event): readonly KnownTodo[] {
  const end = events.findIndex(({ id }) => id === event.id);
  let todos: readonly KnownTodo[] = [];
  for (const other of events.slice(0, Math.max(0, end))) {
    // What was refused changed nothing.
    if (other.kind !== "todo.logged" || other.metadata.toolStatus === "refused") continue;
    const move = todoMoveOf(other);
    if (move !== null) todos = changesOf(todos, move);
  }
  return todos;
}

/** The list after a move. */
export function changesOf(before: readonly KnownTodo[], move: TodoMove): readonly MovedTodo[] {
  if (move.list === undefined) return withItem(before, move.item);
  const known = new Map(before.map((todo) => [todo.text, todo]));
  return move.list.map(({ text, state }) => {
    const old = known.get(text)?.state;
    const moved = before.length > 0 && old !== state;
    return { key: text, text, state, moved, ...(old === undefined ? {} : { before: old }) };
  });
}

function withItem(
  before: readonly KnownTodo[],
  item: TodoChange | undefined,
): readonly MovedTodo[] {
  const rest = before.map((todo) => ({ ...todo, moved: false }));
  if (item === undefined) return rest;
  const key = item.id ?? item.text ?? "";
  const at = rest.findIndex((todo) => todo.key === key);
  const held = rest[at];
  const old = item.before ?? held?.state;
  const next: MovedTodo = {
    key,
    text: item.text ?? held?.text ?? key,
    state: item.state ?? held?.state ?? "open",
    moved: true,
    ...(old === undefined ? {} : { before: old }),
  };
  return at < 0 ? [...rest, next] : rest.with(at, next);
}
