import { needsPerson } from "../../attention/attention";
import { reasonOf } from "../../attention/reason";
import type { ListRow } from "../../attention/sections";
import { plainLine } from "../../format/plain";
import { Age } from "../common/Moments";
import { TaskLink } from "../common/PlaceLink";
import { Status } from "../common/Status";
import { Asking } from "./Asking";
import { Origin } from "./Origin";
import { Quiet } from "./Quiet";
import { Unread } from "./Unread";

const DEEPEST_INDENT = 3;

/** What a task is called, why it stands here and since when, and where it is worked on. */
export function TaskRow(row: ListRow & { selected: boolean }) {
  const { task, depth, attention, asking, leaving, selected } = row;
  const title = plainLine(task.displayTitle);
  const { detail, since } = reasonOf(task);
  const needs = needsPerson(attention);
  return (
    <TaskLink
      id={task.id}
      className="task-row"
      data-depth={Math.min(depth, DEEPEST_INDENT)}
      data-child={task.parentTaskId !== undefined}
      data-leaving={leaving}
      aria-current={selected ? "page" : undefined}
      title={title}
    >
      <span className="task-line">
        <Unread task={task} attention={attention} />
        <span className="task-title" dir="auto">
          {title}
        </span>
        <span className="task-age">
          <Age at={attention === "done" ? task.lastActivityAt : since} />
        </span>
      </span>
      <span className="task-line task-meta">
        <Status task={task} />
        {needs && detail !== "" && <span className="task-detail">{detail}</span>}
        <Asking count={asking} />
        {!needs && asking === 0 && <Quiet task={task} />}
        {!needs && asking === 0 && <Origin task={task} />}
      </span>
      {needs && (
        <span className="task-line task-meta">
          <Origin task={task} />
        </span>
      )}
    </TaskLink>
  );
}
