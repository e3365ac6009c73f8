import { useClock } from "../../app/ticker";
import { age } from "../../format/duration";
import { lastSegment } from "../../format/path";
import { plainLine } from "../../format/plain";
import { millis } from "../../format/time";
import { runningSince } from "../../store/running";
import type { Task } from "../../wire.gen";
import { Age, Elapsed } from "../common/Moments";
import { TaskLink } from "../common/PlaceLink";
import { Status } from "../common/Status";

interface Props {
  task: Task;
  depth: number;
  selected: boolean;
}

/** The server's own measure of a running task that has gone quiet. */
const STALE_MS = 30 * 60_000;
const DEEPEST_INDENT = 4;

export function TaskRow({ task, depth, selected }: Props) {
  const title = plainLine(task.displayTitle);
  return (
    <TaskLink
      id={task.id}
      className="task-row"
      data-depth={Math.min(depth, DEEPEST_INDENT)}
      aria-current={selected ? "page" : undefined}
      title={title}
    >
      <span className="task-title" dir="auto">
        {title}
      </span>
      <span className="task-meta">
        <Status task={task} />
        <RunningTime task={task} />
        <Origin task={task} />
        <span className="task-age">
          <Age at={task.lastActivityAt} />
        </span>
      </span>
    </TaskLink>
  );
}

function RunningTime({ task }: { task: Task }) {
  const quiet = useClock((now) => {
    const silence = now - millis(task.lastActivityAt);
    return silence >= STALE_MS ? age(silence) : "";
  });
  if (task.status !== "running") return null;
  if (quiet !== "") return <span className="quiet-note">quiet {quiet}</span>;
  return (
    <span className="tabular">
      <Elapsed since={runningSince(task)} />
    </span>
  );
}

function Origin({ task }: { task: Task }) {
  const folder = task.workspacePath === undefined ? undefined : lastSegment(task.workspacePath);
  const parts = [task.runtimeSource, folder].filter((part) => part !== undefined);
  return <span className="task-origin">{plainLine(parts.join(" · "))}</span>;
}
