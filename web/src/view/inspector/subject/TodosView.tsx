import { useMemo } from "react";
import { detailsOf } from "../../../event/details";
import { plain } from "../../../format/plain";
import type { TodoMove, TodoState } from "../../../subject/todo";
import { changesOf, type MovedTodo, todosBefore } from "../../../subject/todoHistory";
import { Icon, type IconName } from "../../common/Icon";
import { useInspected } from "../inspected";
import { Block } from "../text/Block";
import { useLoadedEvents } from "../useLoadedEvents";
import { ErrorBlock } from "./ErrorBlock";

const ICONS: Readonly<Record<TodoState, IconName | null>> = {
  open: null,
  doing: "doing",
  done: "check",
  dropped: "cross",
};

const WORDS: Readonly<Record<TodoState, string>> = {
  open: "open",
  doing: "in progress",
  done: "done",
  dropped: "dropped",
};

/** The agent's list as it was then, with what this event changed in it. */
export function TodosView(move: TodoMove) {
  const { event } = useInspected();
  const { error } = detailsOf(event);
  const events = useLoadedEvents(event.taskId);
  const todos = useMemo(() => changesOf(todosBefore(events, event), move), [events, event, move]);
  const done = todos.filter(({ state }) => state === "done").length;
  return (
    <>
      {error !== undefined && <ErrorBlock error={error} />}
      <Block
        name="To-dos"
        tools={
          <span className="muted tabular">
            {done} of {todos.length} done
          </span>
        }
      >
        <ul className="todos">
          {todos.map((todo) => (
            <TodoView key={todo.key} todo={todo} />
          ))}
        </ul>
        {move.item !== undefined && (
          <p className="muted">The others as they are known from the loaded part.</p>
        )}
      </Block>
    </>
  );
}

function TodoView({ todo }: { todo: MovedTodo }) {
  const icon = ICONS[todo.state];
  return (
    <li data-state={todo.state} data-moved={todo.moved}>
      <span className="todo-mark">{icon !== null && <Icon name={icon} />}</span>
      <span className="todo-text">
        <span className="visually-hidden">{WORDS[todo.state]}: </span>
        {plain(todo.text)}
      </span>
      {todo.moved && (
        <span className="todo-moved">
          {todo.before === undefined ? "new" : `was ${WORDS[todo.before]}`}
        </span>
      )}
    </li>
  );
}
