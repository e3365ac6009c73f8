import { plainLine } from "../../format/plain";
import type { Task } from "../../wire.gen";
import { TaskLink } from "../common/PlaceLink";
import { Status } from "../common/Status";

interface Props {
  parent: Task | undefined;
  subagents: readonly Task[];
}

/** The way up to the task that delegated this one, and down to those it delegated. */
export function Relatives({ parent, subagents }: Props) {
  if (parent === undefined && subagents.length === 0) return null;
  return (
    <nav className="relatives" aria-label="Related tasks">
      {parent !== undefined && <Relative word="Delegated by" task={parent} />}
      {subagents.map((task) => (
        <Relative key={task.id} word="Subagent" task={task} />
      ))}
    </nav>
  );
}

function Relative({ word, task }: { word: string; task: Task }) {
  return (
    <TaskLink id={task.id} className="relative">
      <span className="relative-word">{word}</span>
      <span className="relative-title">{plainLine(task.displayTitle, 80)}</span>
      <Status task={task} />
    </TaskLink>
  );
}
