import { reasonOf } from "../../attention/reason";
import type { ListRow } from "../../attention/sections";
import { plainLine } from "../../format/plain";
import { Age } from "../common/Moments";
import { TaskLink } from "../common/PlaceLink";
import { Status } from "../common/Status";
import { Asking } from "../tasks/Asking";
import { Origin } from "../tasks/Origin";
import { Unread } from "../tasks/Unread";

/** A task on the board. */
export function Card({ row }: { row: ListRow }) {
  const { task, attention, asking, leaving } = row;
  const title = plainLine(task.displayTitle);
  const { detail, since } = reasonOf(task);
  return (
    <TaskLink
      id={task.id}
      className="board-card"
      data-key={task.id}
      data-child={task.parentTaskId !== undefined}
      data-leaving={leaving}
      title={title}
    >
      <span className="task-line task-meta">
        <Unread task={task} attention={attention} />
        <Status task={task} />
        <span className="task-age">
          <Age at={attention === "done" ? task.lastActivityAt : since} />
        </span>
      </span>
      <span className="board-title" dir="auto">
        {title}
      </span>
      {detail !== "" && <span className="board-detail">{detail}</span>}
      <Asking count={asking} />
      <span className="task-line task-meta">
        <Origin task={task} />
      </span>
    </TaskLink>
  );
}
