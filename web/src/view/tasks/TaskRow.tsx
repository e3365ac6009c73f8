import { hasReason } from "../../attention/items";
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

interface Props extends ListRow {
  /** What the section says of all its rows, so that the row need not say it again. */
  said: Said;
  selected: boolean;
}

export interface Said {
  readonly title: string;
  readonly project: boolean;
}

/** What a task is called, why it stands here and since when, and where it is worked on. */
export function TaskRow(row: Props) {
  const { task, depth, attention, asking, leaving, said, selected } = row;
  const title = plainLine(task.displayTitle);
  const { detail, since, label } = reasonOf(task);
  const reason = hasReason(row);
  const origin = <Origin task={task} project={!said.project} />;
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
        <Status task={task} quiet={label === said.title} />
        {reason && <span className="task-detail">{detail}</span>}
        <Asking count={asking} />
        {!reason && asking === 0 && <Quiet task={task} />}
        {!reason && asking === 0 && origin}
      </span>
      {reason && <span className="task-line task-meta">{origin}</span>}
    </TaskLink>
  );
}
